"""Prove the measures (举证), return what is weak; all proved, the form is done and others hear of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.events import Rectified
from longzhong.cases.rectifications.models import Form, Measure
from longzhong.cases.rectifications.rules import HANDS, MACHINE, UNPROVED, Proof, State
from longzhong.cases.rectifications.services.moving import (
    HOUSE,
    REVIEW,
    begin,
    clock,
    complete,
    reason_of,
    start_clock,
    stop,
    telling_nobody,
    until_end_of,
)
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit import outbox, vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

PROVED = ["state", "proof_sealed", "proof_seq", "proved_by", "proved_at"]


@transaction.atomic
def prove(
    *, form_id: int, measure_id: int, words: str, uploads: Sequence[Upload], by: Actor, at: datetime
) -> Measure:  # fmt: skip
    """What was done, with photos or papers: by its owner, or whoever leads the unit where the owner is gone."""
    row, move = begin(form_id=form_id, verb="prove", by=by)
    made = _standing(row, measure_id, UNPROVED)
    if by.staff_id not in (made.owner_id, row.owner_id) and not selectors.may(by, HANDS, row):
        raise Refused("not_yours", _("由措施的责任人或责任单位负责人举证；什么都没有改动。"), measure=measure_id)
    text = telling_nobody(row=row, text=reason_of(words), by=by)
    if not uploads:
        raise Refused("proof_missing", _("请上传照片或资料作为佐证；什么都没有改动。"), measure=measure_id)
    made.state, made.proof_sealed, made.proved_by_id, made.proved_at = Proof.PROVED, vault.seal(text), by.staff_id, at
    verdicts = stop(row, (f"measure:{made.pk}",), at)
    said = Said({"number": made.number, "clocks": verdicts}, {"text": text}, uploads)
    made.proof_seq = complete(row=row, move=move, said=said, by=by, at=at)
    made.save(update_fields=PROVED)
    finish_if_done(row, at)
    return made


@transaction.atomic
def return_proof(
    *, form_id: int, measure_id: int, reason: str, due_on: date, by: Actor, at: datetime
) -> Measure:  # fmt: skip
    """The proof is weak: the measure is done again until another day; by somebody who neither owns nor proved it."""
    row, move = begin(form_id=form_id, verb="return_proof", by=by)
    made = _standing(row, measure_id, (Proof.PROVED,))
    if by.staff_id in (made.owner_id, made.proved_by_id):
        raise Refused("own_proof", _("不能审查自己的举证；什么都没有改动。"), measure=measure_id)
    if due_on < civil_day(at):
        raise Refused("due_past", _("新的完成期限已经过去；什么都没有改动。"), due_on=f"{due_on}")
    words = {"reason": reason_of(reason)}
    made.state, made.due_on, made.times_returned = Proof.RETURNED, due_on, made.times_returned + 1
    made.save(update_fields=["state", "due_on", "times_returned"])
    stop(row, (REVIEW,), at)
    _start(row, made, at)
    row.done_at = row.review_on = None
    data = {"number": made.number, "times": made.times_returned, "due_on": f"{due_on}"}
    complete(row=row, move=move, said=Said(data, words), fields=("done_at", "review_on"), by=by, at=at)
    return made


def start_measures(row: Form, at: datetime) -> None:
    """Start the clock of every measure that is still to be proved."""
    for made in selectors.open_measures(row):
        _start(row, made, at)


def finish_if_done(row: Form, at: datetime) -> None:
    """The last measure is proved: the form is done, and others hear of it."""
    if row.state != State.RECTIFYING or selectors.open_measures(row).exists():
        return
    row.done_at = at
    complete(row=row, move=MACHINE.move("finish", row.state), said=Said(), fields=("done_at",), by=HOUSE, at=at)
    outbox.tell(
        Rectified(
            complaint_id=row.complaint_id, form_id=row.pk, unit_id=row.unit_id, department_id=row.department_id,
            round=row.round, at=at,
        )
    )  # fmt: skip


def _standing(row: Form, measure_id: int, states: Sequence[Proof]) -> Measure:
    made = row.measures.filter(pk=measure_id, dropped_at=None, state__in=states).first()
    if made is None:
        raise Refused("measure_closed", _("没有这条可以办理的措施；什么都没有改动。"), measure=measure_id)
    return made


def _start(row: Form, made: Measure, at: datetime) -> None:
    promise = until_end_of(made.due_on, at)
    start_clock(clock(row, f"measure:{made.pk}", _("整改措施"), owner_id=made.owner_id, promise=promise), at)
