"""Time limits of an order: another priority, pauses with an approved reason, alarms that its clocks told."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules.verdicts import PauseReason
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import CLOCK_LABELS, HANDS, LIVE, Kind, Priority, check_reason
from longzhong.dispatch.workorders.services.moving import clock_of, enter, refresh_due, tell
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

DUE = ["due_at", "due_clock"]
RANKERS = ("station", "quality", "desk")
PAUSERS = (*HANDS, "station", "quality", "dept", "leader", "desk")


@transaction.atomic
def change_priority(*, order_id: int, priority: int, reason: str = "", by: Actor, at: datetime) -> WorkOrder:
    """Another priority: each running clock is superseded by the new limit from its original start. The same one changes nothing."""
    order = _live(order_id, RANKERS, by)
    was, order.priority = order.priority, Priority(priority)
    if was == priority:
        return order
    step = matters.NewStep("priority", {"was": was, "now": priority}, {"reason": reason})
    matters.add_step(matter=selectors.label(order.pk), step=step, by=by, at=at)
    own = CLOCK_LABELS[Kind(order.kind)]
    for name, key in matter_reads.live_policies(selectors.label(order.pk)):
        if name in own and "project" not in key and (new := clock_of(order=order, name=name)).policy_key != key:
            matters.supersede_clock(new=new, reason=reason, by=by, at=at)
    refresh_due(order=order)
    order.save(update_fields=["priority", *DUE])
    tell(order=order, verb="priority", at=at)
    return order


@transaction.atomic
def pause(*, order_id: int, reason: PauseReason, note: str, by: Actor, at: datetime) -> WorkOrder:
    """Let the order's clocks stand still for an approved reason."""
    order = _live(order_id, PAUSERS, by)
    matters.pause_clocks(
        matter=selectors.label(order.pk), names=None, reason=reason, note=check_reason(note), by=by, at=at
    )
    return _save_due(order)


@transaction.atomic
def resume(*, order_id: int, note: str, by: Actor, at: datetime) -> WorkOrder:
    """Let them run on; the time that they stood still is added."""
    order = _live(order_id, PAUSERS, by)
    matters.resume_clocks(matter=selectors.label(order.pk), names=None, note=note, by=by, at=at)
    return _save_due(order)


@transaction.atomic
def note_alarm(*, matter: str, alarm: int, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who, and when
    """Repeat on the order what its clocks told; alarms of other nouns' matters are none of ours."""
    order_id = selectors.order_id_of(matter)
    if order_id is None:
        return
    order = WorkOrder.objects.select_for_update().filter(pk=order_id).first()
    if order is not None and order.alarm < alarm:
        order.alarm = alarm
        order.save(update_fields=["alarm"])


def _live(order_id: int, roles: tuple[str, ...], by: Actor) -> WorkOrder:
    order = enter(order_id=order_id, by=by)
    if order.state not in LIVE:
        raise Refused("order_closed", _("工单已经结束；什么都没有改动。"), order=order_id)
    if not selectors.may(by, roles, order):
        raise Refused("not_allowed", _("您的岗位不能对这张工单做这一步；什么都没有改动。"), roles=sorted(roles))
    return order


def _save_due(order: WorkOrder) -> WorkOrder:
    refresh_due(order=order)
    order.save(update_fields=DUE)
    return order
