"""A customer urges (催办): each urge has its own record; within the limit it is explained, over the limit it becomes work."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Call, Case, Urge
from longzhong.cases.hotline.rules.given import TAKERS
from longzhong.cases.hotline.rules.machine import DONE
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.repeats import UrgeLimits, UrgeReason, is_dispatched
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.services.moving import enter, note, refresh_due
from longzhong.cases.hotline.services.pressing import raise_urgency
from longzhong.cases.hotline.services.taking import open_call, tell_call
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

ANSWER_KEY = "urge.answer_h"
CLOCK = "urge"


@dataclass(frozen=True)
class _Found:
    """An urge as it stands against the clocks."""

    number: int
    within_limit: bool
    dispatched: bool


@transaction.atomic
def urge(
    *, case_id: int, call_id: int | None = None, reason: UrgeReason, words: str = "", external_no: str = "", by: Actor,
    at: datetime,
) -> Urge:  # fmt: skip
    """Record that a customer urges an open case; once for an `external_no`.

    A case that follows another is measured by its root's clocks too. What waited for the customer runs on: they got in touch.
    Dispatched, it starts a clock of its own for the owner, raises the urgency and tells the unit's heads.
    """
    need(by, *TAKERS)
    case = enter(case_id=case_id, by=by)
    if external_no and (known := Urge.objects.filter(external_no=external_no).first()):
        return _same_urge(known, case)
    if reason not in set(UrgeReason):
        raise Refused("urge_reason_unknown", _("请从清单里选择催办原因；什么都没有改动。"), reason=reason)
    if case.state in DONE:
        raise Refused("urge_case_ended", _("这件诉求已经结束，不能催办；请按重复致电另行受理。什么都没有改动。"))
    found = _against_clocks(case, at)
    matters.hear_customer(matter=selectors.label(case.pk), by=by, at=at)
    row = Urge.objects.create(
        case=case, call=_settled(call_id, case, by, at), number=found.number, reason=reason, at=at, by_staff_id=by.staff_id,
        urged_unit_id=case.unit_id, within_limit=found.within_limit, dispatched=found.dispatched, external_no=external_no,
    )  # fmt: skip
    case.urges_count = found.number
    told = _dispatch(case, row, by=by, at=at) if found.dispatched else []
    refresh_due(case=case)
    case.save(update_fields=["urges_count", "urgency", "due_at", "due_clock"])
    data = {
        "urge": row.number, "reason": reason, "within_limit": row.within_limit, "dispatched": row.dispatched,
        "unit": case.unit_id, "owner": case.owner_id, "staff": told,
    }  # fmt: skip
    note(case=case, verb="urge", said=Said(data, {"text": redact(words.strip())[:1000]}), by=by, at=at)
    return row


@transaction.atomic
def answer_urge(*, case_id: int, number: int, reply: str, by: Actor, at: datetime) -> Urge:
    """The owner (or who oversees) answers an urge: what was said to the customer; its clock stops."""
    case = enter(case_id=case_id, by=by)
    if not selectors.may(by, TAKERS, case):
        raise Refused("not_allowed", _("您的岗位不能答复催办；什么都没有改动。"), roles=list(TAKERS))
    row = Urge.objects.select_for_update().filter(case=case, number=number).first()
    if row is None:
        raise Refused("urge_unknown", _("没有这次催办；什么都没有改动。"), number=number)
    if row.answered_at is not None:
        raise Refused("urge_answered", _("这次催办已经答复；没有重复登记。"), number=number)
    if not reply.strip():
        raise Refused("reply_missing", _("请写一句答复了什么；什么都没有改动。"))
    row.answered_at = at
    row.save(update_fields=["answered_at"])
    matters.stop_clocks(matter=selectors.label(case.pk), names=[clock_name(number)], by=by, at=at)
    refresh_due(case=case)
    case.save(update_fields=["due_at", "due_clock"])
    said = Said({"urge": number}, {"text": redact(reply.strip())[:1000]})
    note(case=case, verb="answer_urge", said=said, by=by, at=at)
    return row


def clock_name(number: int) -> str:
    return f"{CLOCK}:{number}"


def _same_urge(known: Urge, case: Case) -> Urge:
    if known.case_id != case.pk:
        raise Refused("urge_elsewhere", _("这个催办单号已登记在另一件诉求上；没有重复登记。"), case=known.case_id)
    return known


def _against_clocks(case: Case, at: datetime) -> _Found:
    limits = policies.limits(UrgeLimits, "urge", unit_id=case.unit_id, day=civil_day(at))
    number = case.urges_count + 1
    within = not _is_late(case.pk, at) and (case.parent_id is None or not _is_late(case.parent_id, at))
    return _Found(number, within, is_dispatched(number, within, limits))


def _is_late(case_id: int, at: datetime) -> bool:
    """Whether a live clock of the case, or of its work order, is past its deadline."""
    matter = selectors.label(case_id)
    order_id = Case.objects.values_list("order_id", flat=True).get(pk=case_id)
    labels = [matter] if order_id is None else [matter, f"workorders.order:{order_id}"]
    cards = [card for one in labels for card in matter_reads.clock_cards(one, at)]
    return any(card.is_live and card.due_at is not None and card.due_at < at for card in cards)


def _settled(call_id: int | None, case: Case, by: Actor, at: datetime) -> Call | None:
    """The kept call in which the customer urged, attached to the case."""
    if call_id is None:
        return None
    call = open_call(call_id=call_id, by=by)
    call.outcome, call.case, call.ended_at = CallOutcome.URGED, case, call.ended_at or at
    call.save(update_fields=["outcome", "case", "ended_at"])
    tell_call(call=call, at=at)
    return call


def _dispatch(case: Case, row: Urge, *, by: Actor, at: datetime) -> list[int]:
    """Start the owner's clock for an answer, raise the urgency; returns the heads who are told."""
    new = matters.NewClock(
        matter=selectors.label(case.pk), name=clock_name(row.number), label=_("催办答复"), unit_id=case.unit_id,
        owner_id=case.owner_id, policy_key=ANSWER_KEY, title=selectors.title(case.pk),
    )  # fmt: skip
    matters.start_clocks(clocks=[new], by=by, at=at)
    if not row.within_limit:
        raise_urgency(case=case, reason=_("客户催办，已超过时限"), by=by, at=at)
    return org.head_of(case.unit_id, civil_day(at))
