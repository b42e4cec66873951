"""Fill in the form: what happened and why, which measures by whom until when; then hand it round for signatures."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form, Measure, Signature
from longzhong.cases.rectifications.rules import UNPROVED, Order, Part, Resign, Sign, Slot, flaw, kept
from longzhong.cases.rectifications.services.moving import (
    SUBMIT,
    begin,
    complete,
    reason_of,
    stop,
    telling_nobody,
    word_of,
)
from longzhong.cases.rectifications.services.signing import go_on
from longzhong.dispatch.matters.services import Said
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org

FLAWS = {
    "parts_missing": "请选择至少一个会签部门；没有提交。",
    "parts_wrong": "会签部门重复或过多（最多 6 个）；没有提交。",
}


@transaction.atomic
def edit(*, form_id: int, facts: str, cause: str, aim: str, by: Actor, at: datetime) -> Form:
    """What was found, why it happened, what is to be reached; who complained stays out of it."""
    row, move = begin(form_id=form_id, verb="edit", by=by)
    texts = [telling_nobody(row=row, text=text, by=by) for text in (facts, cause, aim)]
    if not texts[0] or not texts[1]:
        raise Refused("text_missing", _("请写明核查情况和原因分析；什么都没有改动。"))
    row.facts_sealed, row.cause_sealed, row.aim_sealed = (vault.seal(text) for text in texts)
    complete(row=row, move=move, said=Said(), fields=("facts_sealed", "cause_sealed", "aim_sealed"), by=by, at=at)
    return row


@transaction.atomic
def add_measure(*, form_id: int, text: str, owner_id: int, due_on: date, by: Actor, at: datetime) -> Measure:
    """A measure with its owner and its last day; the clock starts when the form is signed."""
    row, move = begin(form_id=form_id, verb="add_measure", by=by)
    words = telling_nobody(row=row, text=text, by=by)
    if not words:
        raise Refused("text_missing", _("请写明整改措施；什么都没有改动。"))
    _check_owner(row, owner_id, at)
    if due_on < civil_day(at):
        raise Refused("due_past", _("完成期限已经过去；什么都没有改动。"), due_on=f"{due_on}")
    last = row.measures.aggregate(last=Max("number"))["last"] or 0
    made = Measure.objects.create(
        form=row,
        number=last + 1,
        round=row.round,
        text_sealed=vault.seal(words[:500]),
        owner_id=owner_id,
        due_on=due_on,
    )
    said = Said({"number": made.number, "owner": owner_id, "due_on": f"{due_on}"})
    complete(row=row, move=move, said=said, by=by, at=at)
    return made


@transaction.atomic
def drop_measure(*, form_id: int, measure_id: int, reason: str, by: Actor, at: datetime) -> Measure:
    """Take back a measure that isn't proved, with the reason."""
    row, move = begin(form_id=form_id, verb="drop_measure", by=by)
    made = row.measures.filter(pk=measure_id, dropped_at=None, state__in=UNPROVED).first()
    if made is None:
        raise Refused("measure_closed", _("没有这条未举证的措施；什么都没有改动。"), measure=measure_id)
    words = {"reason": reason_of(reason)}
    made.dropped_at = at
    made.save(update_fields=["dropped_at"])
    complete(row=row, move=move, said=Said({"number": made.number}, words), by=by, at=at)
    return made


@transaction.atomic
def submit(*, form_id: int, parts: Sequence[Part], order: str = "", by: Actor, at: datetime) -> Form:
    """Hand it round: who signs, in order or all at once. Whoever refused last time is asked again, and the way of signing
    again (everybody or only who hasn't) is that of the first submission.
    """
    row, move = begin(form_id=form_id, verb="submit", by=by)
    _check_whole(row, at)
    before = list(row.signatures.filter(round=row.signing_round))
    _check_parts(row, parts, before, at)
    row.order = order if order in set(Order) else word_of(row, "rectification.order", at)
    first = not row.resign
    row.resign = row.resign or Resign(word_of(row, "rectification.resign", at)).value
    _new_round(row, parts, [] if first else before)
    row.submitted_at = at
    verdicts = stop(row, (SUBMIT,), at)
    said = Said({"order": row.order, "resign": row.resign, "signing_round": row.signing_round, "clocks": verdicts})
    complete(row=row, move=move, said=said, fields=("order", "resign", "signing_round", "submitted_at"), by=by, at=at)
    go_on(row, at)
    return row


def _check_owner(row: Form, owner_id: int, at: datetime) -> None:
    if owner_id == row.complaint.about_staff_id:
        raise Refused("person_accused", _("投诉涉及此人，不能由其负责或代签；什么都没有改动。"))
    if owner_id not in dict(selectors.candidates(row, at)):
        raise Refused("no_such_staff", _("责任单位和专业部门里没有这位在岗人员；什么都没有改动。"), staff=owner_id)


def _check_whole(row: Form, at: datetime) -> None:
    if not (row.facts_sealed and row.cause_sealed):
        raise Refused("text_missing", _("请先写明核查情况和原因分析；没有提交。"))
    standing = row.measures.filter(dropped_at=None)
    if not standing.filter(round=row.round).exists():
        raise Refused("measures_missing", _("请先增加至少一条整改措施；没有提交。"))
    if standing.filter(state__in=UNPROVED, due_on__lt=civil_day(at)).exists():
        raise Refused("due_past", _("有措施的完成期限已经过去，请取消后重新填写；没有提交。"))


def _check_parts(row: Form, parts: Sequence[Part], before: Sequence[Signature], at: datetime) -> None:
    if (code := flaw(parts)) is not None:
        raise Refused(code, _(FLAWS[code]), parts=len(parts))
    refused = {selectors.part_of(one) for one in before if one.state == Sign.REFUSED} if row.resign else set()
    if not refused <= set(parts):
        raise Refused("refuser_missing", _("上次不同意的部门必须重新会签；没有提交。"))
    accused = {row.complaint.about_staff_id} if row.complaint.about_staff_id else set()
    for part in parts:
        if not selectors.holders(part, civil_day(at), accused):
            names = org.unit_names([part.unit_id])
            said = _("%(unit)s 现在没有能签字的人；没有提交，请改选部门或先维护岗位。")
            raise Refused("nobody_signs", said % {"unit": names.get(part.unit_id, part.unit_id)}, unit=part.unit_id)


def _new_round(row: Form, parts: Sequence[Part], before: Sequence[Signature]) -> None:
    """The parts of the next round; signatures that still stand are carried over as they were."""
    row.signing_round += 1
    slots = {selectors.part_of(one): one for one in before}
    keeps = kept(parts, [Slot(part, one.state) for part, one in slots.items()], row.resign)
    made = []
    for place, (part, keep) in enumerate(zip(parts, keeps, strict=True), 1):
        new = Signature(form=row, round=row.signing_round, position=place, unit_id=part.unit_id, role=part.role)
        if keep:
            old = slots[part]
            new.state, new.staff_id, new.for_staff_id, new.at = Sign.SIGNED, old.staff_id, old.for_staff_id, old.at
            new.signer_id, new.is_deputy, new.opinion_sealed = old.signer_id, old.is_deputy, old.opinion_sealed
        made.append(new)
    Signature.objects.bulk_create(made)
