"""Plans (停电计划): announced in time or by exemption, changed, postponed. Two plans of one time and place are never both kept."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Outage, Scope
from longzhong.sensing.outages.rules import (
    OUTAGE,
    PLANNERS,
    PLANS,
    REASONS,
    Gate,
    Kind,
    NewPlan,
    PlanChange,
    Span,
    State,
    is_harder,
)
from longzhong.sensing.outages.selectors import Draft, PlanCheck
from longzhong.sensing.outages.services.counting import SUMS, affect
from longzhong.sensing.outages.services.moving import begin, complete, enter, needed, plain_words
from longzhong.sensing.outages.services.opening import hold, keep_outage, of_source, title_of, unit_of

PLANS_LOCK = 0x4C5A_0701  # plans are looked at and kept one after another
TIMES = ("planned_start", "planned_end", "expected_end_at", "changes")


@transaction.atomic
def plan_outage(*, plan: NewPlan, by: Actor, at: datetime) -> int:
    """Announce an outage to come and return its id; the live one of the same source if there is one.

    Announced too late it is refused with `notice_too_short`; with an exemption's reason it waits for somebody else's approval.
    A plan that meets another one is refused with `plan_overlaps`, which names the one to join.
    """
    need(by, *PLANNERS)
    if (held := of_source(plan.source)) is not None:
        return held
    if plan.kind not in PLANS or plan.reason_code not in REASONS[plan.kind]:
        raise Refused("reason_unknown", _("停电类型和原因不相符；什么都没有改动。"), reason=plan.reason_code)
    _whole_span(plan.starts_at, plan.ends_at, at)
    outage = Outage(
        kind=plan.kind, planned_start=plan.starts_at, planned_end=plan.ends_at, expected_end_at=plan.ends_at,
        reason_code=plan.reason_code, reason=plain_words(plan.reason, 200), source=plan.source,
        fault_place=plain_words(plan.place, 120), registered_at=at, exemption=plain_words(plan.exemption, 200),
    )  # fmt: skip
    _lock_plans()
    named = selectors.named(by, plan.devices)
    units = selectors.impact(plan.devices, civil_day(at))
    outage.unit_id = unit_of(wanted=plan.unit_id, impact=units, roles=PLANNERS, by=by, at=at)
    check = _checked(Draft(plan.kind, plan.devices, Span(plan.starts_at, plan.ends_at), outage.unit_id), at)
    _announce(outage, check.gate, by)
    return keep_outage(outage=outage, named=named, impact=check.impact, verb="plan", by=by, at=at)


@transaction.atomic
def approve(*, outage_id: int, note: str = "", by: Actor, at: datetime) -> Outage:
    """Somebody else, a leader or a department, lets a plan through that was announced too late."""
    outage = _decided(outage_id, "approve", by)
    row = begin(outage=outage, verb="approve", by=by)
    if outage.planned_end is not None and outage.planned_end <= at:
        raise Refused("plan_over", _("这个计划的时间已经过去；什么都没有改动。"))
    outage.approved_by_user, outage.approved_at = by.user_id, at
    said = Said(words={"note": plain_words(note, 200)})
    return complete(outage=outage, row=row, said=said, fields=("approved_by_user", "approved_at"), by=by, at=at)


@transaction.atomic
def decline(*, outage_id: int, reason: str, by: Actor, at: datetime) -> Outage:
    """The exemption isn't given: the plan is off, and may be planned again in time."""
    outage = _decided(outage_id, "decline", by)
    row = begin(outage=outage, verb="decline", by=by)
    return complete(outage=outage, row=row, said=Said(words={"reason": needed(reason)}), by=by, at=at)


@transaction.atomic
def change_plan(*, outage_id: int, change: PlanChange, by: Actor, at: datetime) -> Outage:
    """Other times or devices before it begins, with the reason. What comes sooner, or hits others, keeps the notice anew."""
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="change_plan", by=by)
    return _rearrange(outage, row, change, by, at)


@transaction.atomic
def postpone(
    *, outage_id: int, starts_at: datetime, ends_at: datetime | None = None, reason: str, by: Actor, at: datetime
) -> Outage:
    """The same work later (延期); without an end it takes as long as it was planned to."""
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="postpone", by=by)
    was, end = _times(outage)
    if starts_at <= was:
        raise Refused("not_later", _("延期的停电时间要晚于原计划；提前请用变更计划。什么都没有改动。"))
    change = PlanChange(starts_at=starts_at, ends_at=ends_at or starts_at + (end - was), reason=reason)
    return _rearrange(outage, row, change, by, at)


def _rearrange(outage: Outage, row: Any, change: PlanChange, by: Actor, at: datetime) -> Outage:
    words, (start, end) = needed(change.reason), _times(outage)
    _whole_span(change.starts_at, change.ends_at, at)
    devices = selectors.off_of(outage.pk)
    wanted = devices if change.devices is None else change.devices
    same = (set(wanted.pairs), set(wanted.kept)) == (set(devices.pairs), set(devices.kept))
    if same and (start, end) == (change.starts_at, change.ends_at):
        raise Refused("plan_unchanged", _("时间和停电设备都没有变化；什么都没有改动。"))
    named = None if same else selectors.named(by, wanted)
    _lock_plans()
    span = Span(change.starts_at, change.ends_at)
    check = _checked(Draft(Kind(outage.kind), wanted, span, outage.unit_id, outage.pk), at)
    adds = selectors.widened(check, selectors.areas_of_outage(outage.pk))
    if is_harder(start, change.starts_at, adds_areas=adds) and check.gate.short:
        raise _too_short(check.gate)
    outage.planned_start, outage.planned_end = change.starts_at, change.ends_at
    outage.expected_end_at, outage.changes = change.ends_at, outage.changes + 1
    if named is not None:
        Scope.objects.filter(outage=outage).delete()
        hold(outage=outage, named=named)
        outage.title = title_of(named, outage.fault_place)
    affect(outage=outage, impact=check.impact)
    data = {
        "was_start": start, "was_end": end, "planned_start": outage.planned_start, "planned_end": outage.planned_end,
        "areas": outage.areas, "accounts": outage.accounts,
    }  # fmt: skip
    if named is not None:
        data["devices"] = [one.key for one in named]
    return complete(
        outage=outage, row=row, said=Said(data, {"reason": words}), fields=("title", *TIMES, *SUMS), by=by, at=at
    )


def _decided(outage_id: int, verb: str, by: Actor) -> Outage:
    outage = enter(outage_id=outage_id, by=by)
    OUTAGE.move(verb, outage.state)
    if selectors.is_own_request(by, outage):
        raise Refused("own_request", _("不能批自己申请的豁免，请由其他领导或专业部门办理；什么都没有改动。"))
    return outage


def _announce(outage: Outage, gate: Gate, by: Actor) -> None:
    """In time: announced. Too late: asked, by this actor, if there is a reason; an exemption that isn't needed isn't kept."""
    outage.state = State.ANNOUNCED
    if not gate.short:
        outage.exemption = ""
        return
    if not outage.exemption:
        raise _too_short(gate)
    outage.state = State.ASKED
    outage.asked_by_user, outage.asked_by_staff = by.user_id, by.staff_id


def _checked(draft: Draft, at: datetime) -> PlanCheck:
    check = selectors.check_plan(draft, at)
    if check.clashes:
        one = check.clashes[0]
        raise Refused(
            "plan_overlaps",
            _("同一时间已有停电计划 %(number)s %(title)s，请并入那一次或改时间；什么都没有改动。")
            % {"number": one.number, "title": one.title},
            outage=one.id, number=one.number,
        )  # fmt: skip
    return check


def _too_short(gate: Gate) -> Refused:
    return Refused(
        "notice_too_short", _("%(words)s；请改时间，或写明理由申请豁免。什么都没有改动。") % {"words": gate.words}
    )


def _whole_span(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("span_empty", _("计划送电时间要晚于计划停电时间；什么都没有改动。"))
    if ends_at <= at:
        raise Refused("plan_over", _("这个计划的时间已经过去；什么都没有改动。"))


def _times(outage: Outage) -> tuple[datetime, datetime]:
    if outage.planned_start is None or outage.planned_end is None:
        raise RuntimeError("an announced plan without its times")
    return outage.planned_start, outage.planned_end


def _lock_plans() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [PLANS_LOCK])
