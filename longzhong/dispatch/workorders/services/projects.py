"""What operation can't cure becomes a project with milestones (低电压工程进度管控, S4-32)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules.counting import Limit, Measure
from longzhong.dispatch.matters.rules.terms import number
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import Milestone, WorkOrder
from longzhong.dispatch.workorders.rules import DECIDERS, MILESTONES, State, check_reason
from longzhong.dispatch.workorders.services.moving import begin, complete, enter, refresh_due, tell
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

FINISH_KEY = "orders.project.finish"
KEEPERS = ("grid", "crew", *DECIDERS)


@transaction.atomic
def make_project(
    *, order_id: int, reason: str, due: Mapping[str, date] | None = None, by: Actor, at: datetime
) -> WorkOrder:
    """Turn an order into a project; `due` gives milestone days, by policy where it gives none. Milestones are watched by clocks."""
    order, row = begin(order_id=order_id, verb="make_project", by=by)
    words = {"reason": check_reason(reason)}
    days = {code: (due or {}).get(code) or _by_policy(order, code, at) for code in MILESTONES}
    for code, day in days.items():
        _check_day(code, day, at)
    Milestone.objects.bulk_create(
        [Milestone(order=order, code=code, position=n, due_on=day) for n, (code, day) in enumerate(days.items(), 1)]
    )
    _start_finish(order, by, at)
    matters.start_clocks(clocks=[_clock(order, code, day, civil_day(at)) for code, day in days.items()], by=by, at=at)
    data = {"milestones": {code: day.isoformat() for code, day in days.items()}}
    return complete(order=order, row=row, said=Said(data, words), by=by, at=at)


@transaction.atomic
def reach_milestone(*, order_id: int, code: str, note: str, by: Actor, at: datetime) -> Milestone:
    """A milestone is reached."""
    order, milestone = _open_milestone(order_id, code, by)
    milestone.done_at = at
    milestone.save(update_fields=["done_at"])
    matter = selectors.label(order.pk)
    verdicts = matters.stop_clocks(matter=matter, names=(_name(code),), by=by, at=at)
    data = {"code": code, "verdict": str(verdicts.get(_name(code), ""))}
    _keep(order, matters.NewStep("milestone_done", data, {"note": note}), by, at)
    return milestone


@transaction.atomic
def move_milestone(*, order_id: int, code: str, due_on: date, reason: str, by: Actor, at: datetime) -> Milestone:
    """Promise another day, with a reason; the clock goes on from its original start."""
    order, milestone = _open_milestone(order_id, code, by)
    words = {"reason": check_reason(reason)}
    _check_day(code, due_on, at)
    was, milestone.due_on = milestone.due_on, due_on
    milestone.save(update_fields=["due_on"])
    started_at = matter_reads.started_at(selectors.label(order.pk), _name(code)) or at
    new = _clock(order, code, due_on, civil_day(started_at))
    matters.supersede_clock(new=new, reason=words["reason"], by=by, at=at)
    _keep(order, matters.NewStep("milestone_moved", {"code": code, "was": was, "now": due_on}, words), by, at)
    return milestone


def _open_milestone(order_id: int, code: str, by: Actor) -> tuple[WorkOrder, Milestone]:
    order = enter(order_id=order_id, by=by)
    if not selectors.may(by, KEEPERS, order):
        raise Refused("not_allowed", _("您的岗位不能更新工程进度；什么都没有改动。"), roles=sorted(KEEPERS))
    milestone = order.milestones.filter(code=code, done_at=None).first() if order.state == State.PROJECT else None
    if milestone is None:
        raise Refused(
            "no_such_milestone", _("没有这个未完成的里程碑；什么都没有改动。"), order=order_id, milestone=code
        )
    return order, milestone


def _keep(order: WorkOrder, step: matters.NewStep, by: Actor, at: datetime) -> None:
    refresh_due(order=order)
    order.save(update_fields=["due_at", "due_clock"])
    matters.add_step(matter=selectors.label(order.pk), step=step, by=by, at=at)
    tell(order=order, verb=step.verb, at=at)


def _start_finish(order: WorkOrder, by: Actor, at: datetime) -> None:
    """The whole project's limit: from the original start if the first attempt still runs, else from now."""
    matter = selectors.label(order.pk)
    new = matters.NewClock(matter, "finish", "工程完成", order.unit_id, order.owner_id, FINISH_KEY, title=str(order))
    live = {name for name, _key in matter_reads.live_policies(matter)}
    if "rework" in live:
        matters.stop_clocks(matter=matter, names=("rework",), by=by, at=at)
    if "finish" in live:
        matters.supersede_clock(new=new, reason="", by=by, at=at)
    else:
        matters.start_clocks(clocks=(new,), by=by, at=at)


def _clock(order: WorkOrder, code: str, day: date, from_on: date) -> matters.NewClock:
    promise = Limit(float((day - from_on).days), Measure.DAYS)
    return matters.NewClock(
        matter=selectors.label(order.pk), name=_name(code), label=f"里程碑：{MILESTONES[code]}", unit_id=order.unit_id,
        owner_id=order.owner_id, promise=promise, title=str(order),
    )  # fmt: skip


def _by_policy(order: WorkOrder, code: str, at: datetime) -> date:
    day = civil_day(at)
    return day + timedelta(days=number(policies.value(f"orders.project.{code}_d", unit_id=order.unit_id, day=day)))


def _check_day(code: str, day: date, at: datetime) -> None:
    if day <= civil_day(at):
        raise Refused(
            "milestone_past", _("里程碑日期要晚于今天；什么都没有改动。"), milestone=code, day=day.isoformat()
        )


def _name(code: str) -> str:
    return f"milestone:{code}"
