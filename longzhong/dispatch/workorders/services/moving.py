"""The four beats that every step of an order shares: door and lock · rule · change and step · tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    CLOCK_LABELS,
    CLOSED,
    MACHINES,
    NOT_OWN,
    OVERSEERS,
    OWNERS_ONLY,
    STAMPS,
    Kind,
    Priority,
    State,
    clock_key,
    started_by,
    stopped_by,
)
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.org import selectors as org

MOVING = ["state", "owner", "by_cell", "offered_to", "due_at", "due_clock", "closed_at"]


def enter(*, order_id: int, by: Actor) -> WorkOrder:
    """Door and lock: the order as nobody else can change it until the end of the transaction."""
    order = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise Refused("not_found", _("没有这张工单，或不在您的管辖范围内。"), order=order_id)
    return order


def begin(*, order_id: int, verb: str, by: Actor) -> tuple[WorkOrder, Move]:
    """Door, lock and rule: the order and the row of its machine, if this actor may take the step now."""
    order = enter(order_id=order_id, by=by)
    row = MACHINES[Kind(order.kind)].move(verb, State(order.state))
    if not selectors.may(by, row.roles, order):
        raise Refused(
            "not_allowed", _("您的岗位不能对这张工单做这一步；什么都没有改动。"), verb=verb, roles=sorted(row.roles)
        )
    if verb in OWNERS_ONLY and not by.system and order.owner_id != by.staff_id:
        raise Refused("not_owner", _("这张工单由别人负责；请先改派或交接。什么都没有改动。"), owner=order.owner_id)
    if verb in NOT_OWN and by.staff_id is not None and by.staff_id == order.owner_id:
        raise Refused("own_work", _("自己处理的工单要由别人认定或答复；什么都没有改动。"), order=order.pk)
    return order, row


def complete(
    *, order: WorkOrder, row: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> WorkOrder:
    """Change, step, and tell: the order stands in the move's target with its clocks stopped and started as the tables say."""
    matter = selectors.label(order.pk)
    was, order.state = order.state, row.target.value
    if order.state in CLOSED:
        order.closed_at, order.offered_to_id = at, None
        matters.withdraw_handover(matter=matter, by=by, at=at)
    stopped = _turn_clocks(order, row.verb, by, at)
    refresh_due(order=order)
    order.save(update_fields=[*MOVING, *_stamp(order, row.verb, at), *fields])
    matters.say(matter=matter, verb=row.verb, said=said.moved(was, order.state, stopped), by=by, at=at)
    tell(order=order, verb=row.verb, at=at)
    return order


def start(*, order: WorkOrder, names: Sequence[str], by: Actor, at: datetime) -> None:
    """Start the clocks of these names; one that runs already runs on, and who reworks has the time of the rework only."""
    live = {name for name, _key in matter_reads.live_policies(selectors.label(order.pk))} if names else set()
    wanted = [name for name in names if name not in live and not (name == "restore" and "rework" in live)]
    matters.start_clocks(clocks=[clock_of(order=order, name=name) for name in wanted], by=by, at=at)


def clock_of(*, order: WorkOrder, name: str) -> matters.NewClock:
    """A clock of an order, by its own limits or its kind's."""
    kind = Kind(order.kind)
    return matters.NewClock(
        matter=selectors.label(order.pk), name=name, label=CLOCK_LABELS[kind][name], unit_id=order.unit_id,
        owner_id=None if name in OVERSEERS else order.owner_id,
        policy_key=clock_key(kind, Priority(order.priority).code, name, order.limits),
        title=f"{order.number} {order.area or ''}".strip(),
    )  # fmt: skip


def refresh_due(*, order: WorkOrder) -> None:
    """Repeat the earliest running deadline on the order (not yet saved)."""
    nearest = matter_reads.next_deadline(selectors.label(order.pk))
    order.due_clock, order.due_at = nearest if nearest else ("", None)


def give(*, order: WorkOrder, owner_id: int | None, by: Actor, at: datetime) -> None:
    """Name another owner on the order (not yet saved) and on its clocks; an open offer is withdrawn."""
    order.owner_id, order.offered_to_id = owner_id, None
    manager_id = org.manager_of(order.grid_id, civil_day(at)) if order.grid_id else None
    order.by_cell = owner_id is not None and owner_id == manager_id
    matter = selectors.label(order.pk)
    matters.withdraw_handover(matter=matter, by=by, at=at)
    matters.give_clocks(matter=matter, owner_id=owner_id, by=by, at=at)


def tell(*, order: WorkOrder, verb: str, at: datetime) -> None:
    """Tell what the order did, in the transaction of the deed."""
    outbox.tell(
        OrderMoved(
            order_id=order.pk, number=order.number or "", cause=order.cause, kind=order.kind, verb=verb, state=order.state,
            area_id=order.area_id, unit_id=order.unit_id, grid_id=order.grid_id, owner_id=order.owner_id, at=at,
        )
    )  # fmt: skip


def _turn_clocks(order: WorkOrder, verb: str, by: Actor, at: datetime) -> Mapping[str, object]:
    matter, kind = selectors.label(order.pk), Kind(order.kind)
    names = None if order.state in CLOSED else stopped_by(kind, verb)
    stopped = {} if names == () else matters.stop_clocks(matter=matter, names=names, by=by, at=at)
    start(order=order, names=started_by(kind, verb), by=by, at=at)
    return stopped


def _stamp(order: WorkOrder, verb: str, at: datetime) -> list[str]:
    """Set the moment of a stage the first time that it is reached; names what was set."""
    stage = STAMPS.get(verb)
    if stage is None or getattr(order, stage) is not None:
        return []
    setattr(order, stage, at)
    return [stage]
