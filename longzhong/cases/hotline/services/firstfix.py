"""What was repaired must hold (首到必修、修必修好, S4-22): a closed case is reopened or told again within some days."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call, Case, Link
from longzhong.cases.hotline.rules.firstfix import is_return
from longzhong.cases.hotline.rules.limits import CONTACT, DISPATCH
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import CallOutcome, CaseType, LinkKind, Outcome
from longzhong.cases.hotline.selectors.owners import at_work
from longzhong.cases.hotline.services.moving import begin, complete, enter, note
from longzhong.cases.hotline.services.ordering import clock_of, planned, send_order_back
from longzhong.cases.hotline.services.taking import open_call, tell_call
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import number
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.policies import selectors as policies

DAYS_KEY = "hotline.reopen_days"


@transaction.atomic
def reopen(*, case_id: int, reason: str, call_id: int | None = None, by: Actor, at: datetime) -> Case:
    """The customer says that it isn't mended after all: the case goes back to its owner with a new order, and the first fix failed.

    Later than the days of the policy it is a new matter.
    """
    case, row = begin(case_id=case_id, verb="reopen", by=by)
    words = redact(written(reason, _("理由")))
    days = reopen_days(unit_id=case.unit_id, at=at)
    if not is_return(case.closed_at, at, days):
        text = _("办结已超过 %(days)s 天，请按新的诉求受理并关联；什么都没有改动。")
        raise Refused("reopen_too_late", text % {"days": f"{days:g}"})
    case.times_reopened += 1
    case.owner_id = at_work(case.owner_id, case.unit_id, at) or case.owner_id
    case.outcome, case.replied_at, case.parent, case.expected_at = Outcome.NONE, None, None, None
    again = [one for one in planned(case=case) if one.name not in (DISPATCH, CONTACT)]
    clocks = [clock_of(case=case, name=one.name, label=one.label, policy_key=one.policy_key) for one in again]
    matters.start_clocks(clocks=clocks, by=by, at=at)
    send_order_back(case=case, evidence={"reopened": case.times_reopened}, reason=words, by=by, at=at)
    _take_in(case, call_id, by, at)
    said = Said({"order": case.order_id, "owner": case.owner_id, "call": call_id}, {"reason": words})
    fields = ("times_reopened", "outcome", "replied_at", "parent", "expected_at", "order_id", "calls_count")
    return complete(case=case, row=row, said=said, fields=fields, by=by, at=at)


@transaction.atomic
def note_return(*, case_id: int, by: Actor, at: datetime) -> bool:
    """A new repair of an account or meter whose repair was closed days ago: the earlier fix didn't hold. Safe twice."""
    case = Case.objects.filter(pk=case_id, type=CaseType.REPAIR).first()
    if case is None or not (case.account_id or case.meter_code):
        return False
    same = Q(pk__in=())
    if case.account_id:
        same |= Q(account=case.account_id)
    if case.meter_code:
        same |= Q(meter_code=case.meter_code)
    since = case.opened_at - timedelta(days=reopen_days(unit_id=case.unit_id, at=case.opened_at))
    closed = Case.objects.filter(
        same, type=CaseType.REPAIR, state=State.CLOSED, closed_at__range=(since, case.opened_at)
    )
    earlier_id = closed.exclude(pk=case.pk).order_by("-closed_at", "-id").values_list("id", flat=True).first()
    return earlier_id is not None and _tie(case, earlier_id, by, at)


def reopen_days(*, unit_id: int, at: datetime) -> float:
    """How many days a repair has to hold."""
    return number(policies.value(DAYS_KEY, unit_id=unit_id, day=civil_day(at)))


def _tie(case: Case, earlier_id: int, by: Actor, at: datetime) -> bool:
    held = Link.objects.select_for_update().filter(case=case, earlier=earlier_id).first()
    if held is not None and held.kind in (LinkKind.REOPENED, LinkKind.OVERRIDDEN):
        return False
    if held is None:
        Link.objects.create(
            case=case, earlier_id=earlier_id, kind=LinkKind.REOPENED, score=1.0, reasons=["修后再报"], at=at
        )
    else:
        held.kind = LinkKind.REOPENED
        held.save(update_fields=["kind"])
    earlier = enter(case_id=earlier_id, by=by)
    Case.objects.filter(pk=earlier_id).update(times_reopened=F("times_reopened") + 1)
    note(case=earlier, verb="returned", said=Said({"later": case.pk}), by=by, at=at)
    return True


def _take_in(case: Case, call_id: int | None, by: Actor, at: datetime) -> None:
    """The kept call in which the customer said so belongs to the case."""
    if call_id is None:
        return
    call: Call = open_call(call_id=call_id, by=by)
    call.outcome, call.case, call.ended_at = CallOutcome.JOINED, case, call.ended_at or at
    call.save(update_fields=["outcome", "case", "ended_at"])
    case.calls_count += 1
    tell_call(call=call, at=at)
