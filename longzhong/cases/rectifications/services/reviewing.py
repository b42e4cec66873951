"""Look again: periodic re-visits (整改回访, S3-08), the review of the effect (成效评价), and once more if it wasn't enough."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.selectors import untold
from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form, Revisit
from longzhong.cases.rectifications.rules import FOUND, State, Visit
from longzhong.cases.rectifications.services.moving import (
    REVIEW,
    SUBMIT,
    SUBMIT_KEY,
    begin,
    clock,
    complete,
    note,
    number_of,
    reason_of,
    refresh_due,
    start_clock,
    stop,
)
from longzhong.cases.rectifications.services.proving import start_measures
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

REVIEW_KEY, REVISIT_KEY = "rectification.review_wd", "rectification.revisit_wd"
EVERY_KEY, AFTER_KEY = "rectification.revisit_days", "rectification.review_days"
WORK = (State.RECTIFYING, State.DONE)


@transaction.atomic
def plan_review(*, form_id: int, by: Actor, at: datetime) -> bool:
    """All measures are proved: the day from which the effect may be judged. Hearing twice changes nothing."""
    row = Form.objects.select_for_update().get(pk=form_id)
    if row.state != State.DONE or row.done_at is None or row.review_on is not None:
        return False
    row.review_on = civil_day(row.done_at) + timedelta(days=number_of(row, AFTER_KEY, row.done_at))
    row.save(update_fields=["review_on"])
    note(row=row, verb="review_planned", said=Said({"review_on": f"{row.review_on}"}), by=by, at=at)
    return True


def call_due(*, by: Actor, at: datetime) -> int:
    """Whatever the day brings: re-visits that are due, reviews whose day has come; returns how many began."""
    day = civil_day(at)
    visits = Form.objects.filter(state__in=WORK, revisit_on__lte=day).values_list("id", flat=True)
    reviews = Form.objects.filter(state=State.DONE, review_on__lte=day).values_list("id", flat=True)
    called = sum(_call_visit(form_id=one, by=by, at=at) for one in list(visits))
    return called + sum(_call_review(form_id=one, by=by, at=at) for one in list(reviews))


@transaction.atomic
def revisit(
    *, form_id: int, found: str, words: str, uploads: Sequence[Upload] = (), by: Actor, at: datetime
) -> Revisit:  # fmt: skip
    """What the station found when it called back; the next re-visit is due after the policy's days."""
    row, move = begin(form_id=form_id, verb="revisit", by=by)
    due = row.revisits.filter(found=Visit.DUE).order_by("due_on").first()
    if due is None:
        raise Refused("no_revisit_due", _("现在没有到期的整改回访；什么都没有改动。"), form=form_id)
    if found not in FOUND:
        raise Refused("found_missing", _("请选择回访的情况；什么都没有改动。"), found=found)
    text = reason_of(words)
    due.found, due.by_staff_id, due.at = found, by.staff_id, at
    due.save(update_fields=["found", "by_staff", "at"])
    row.revisit_on = civil_day(at) + timedelta(days=number_of(row, EVERY_KEY, at))
    said = Said({"found": found, "clocks": stop(row, (_visit_name(due),), at)}, {"text": text}, uploads)
    complete(row=row, move=move, said=said, fields=("revisit_on",), by=by, at=at)
    return due


@transaction.atomic
def judge(*, form_id: int, verb: str, words: str, by: Actor, at: datetime) -> Form:
    """The effect is reached and the form closed ("effective"), or not enough and once more ("not_effective")."""
    row, move = begin(form_id=form_id, verb=verb, by=by)
    provers = row.measures.filter(dropped_at=None).values_list("owner_id", "proved_by_id")
    if by.staff_id in {row.owner_id}.union(*provers):
        raise Refused("own_form", _("填报、负责或举证的人不能评价成效；什么都没有改动。"), form=form_id)
    if verb == "effective" and (row.review_on is None or civil_day(at) < row.review_on):
        raise Refused("review_early", _("还没有到成效评价日；什么都没有改动。"), review_on=f"{row.review_on}")
    text = untold(by, row.complaint.case, reason_of(words))
    row.review_sealed, row.revisit_on = vault.seal(text), None
    verdicts = stop(row, None, at)
    row.revisits.filter(found=Visit.DUE).update(found=Visit.DROPPED, at=at)
    fields = ["review_sealed", "revisit_on"]
    if verb == "effective":
        row.ended_at = at
        fields.append("ended_at")
    else:
        row.round += 1
        fields.append("round")
        new = clock(row, SUBMIT, _("制定再整改措施"), owner_id=row.owner_id, policy_key=SUBMIT_KEY)
        start_clock(new, at)
    complete(row=row, move=move, said=Said({"clocks": verdicts}, {"text": text}), fields=fields, by=by, at=at)
    return row


@transaction.atomic
def again(*, form_id: int, by: Actor, at: datetime) -> Form:
    """Once more, with new measures."""
    row, move = begin(form_id=form_id, verb="again", by=by)
    if not selectors.open_measures(row).exists():
        raise Refused("measures_missing", _("请先增加再整改的措施；什么都没有改动。"), form=form_id)
    verdicts = stop(row, (SUBMIT,), at)
    start_measures(row, at)
    row.done_at = row.review_on = None
    row.revisit_on = civil_day(at) + timedelta(days=number_of(row, EVERY_KEY, at))
    said = Said({"clocks": verdicts})
    complete(row=row, move=move, said=said, fields=("done_at", "review_on", "revisit_on"), by=by, at=at)
    return row


@transaction.atomic
def _call_visit(*, form_id: int, by: Actor, at: datetime) -> int:
    row = Form.objects.select_for_update().get(pk=form_id)
    if row.state not in WORK or row.revisit_on is None or row.revisit_on > civil_day(at):
        return 0
    made, _new = Revisit.objects.get_or_create(form=row, due_on=row.revisit_on)
    row.revisit_on = None
    new = clock(row, _visit_name(made), _("整改回访"), owner_id=row.owner_id, policy_key=REVISIT_KEY)
    start_clock(new, at)
    refresh_due(row)
    row.save(update_fields=["revisit_on", "due_at"])
    note(row=row, verb="revisit_due", said=Said({"due_on": f"{made.due_on}"}), by=by, at=at)
    return 1


@transaction.atomic
def _call_review(*, form_id: int, by: Actor, at: datetime) -> int:
    row = Form.objects.select_for_update().get(pk=form_id)
    running = {name for name, _key in matter_reads.live_policies(selectors.label(row.pk))}
    if row.state != State.DONE or REVIEW in running:
        return 0
    new = clock(
        row, REVIEW, _("成效评价"), owner_id=None, unit_id=row.department_id or row.unit_id, policy_key=REVIEW_KEY
    )
    start_clock(new, at)
    refresh_due(row)
    row.save(update_fields=["due_at"])
    note(row=row, verb="review_due", said=Said({"review_on": f"{row.review_on}"}), by=by, at=at)
    return 1


def _visit_name(row: Revisit) -> str:
    return f"revisit:{row.pk}"
