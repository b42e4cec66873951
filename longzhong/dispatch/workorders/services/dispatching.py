"""Who has an order in hand: assign, take, release, offer and accept, and what becomes of a leaver's orders."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import IN_HAND, LIVE, MACHINES, Kind, State, check_ground, check_reason
from longzhong.dispatch.workorders.services.moving import MOVING, begin, complete, enter, give, tell
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org


@transaction.atomic
def assign(*, order_id: int, owner_id: int, by: Actor, at: datetime) -> WorkOrder:
    """Give an order to somebody who is to accept it; its clocks run on as they were."""
    order, row = begin(order_id=order_id, verb="assign", by=by)
    _check_staff(owner_id, by)
    if order.owner_id == owner_id:
        raise Refused("same_owner", _("这张工单已经由此人负责；什么都没有改动。"), owner=owner_id)
    was = order.owner_id
    give(order=order, owner_id=owner_id, by=by, at=at)
    return complete(order=order, row=row, said=Said({"owner": owner_id, "was": was}), by=by, at=at)


@transaction.atomic
def take(*, order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """Take an order out of the station's pool for oneself."""
    order, row = begin(order_id=order_id, verb="take", by=by)
    if by.staff_id is None:
        raise Refused("not_staff", _("您的账号没有对应员工，不能领取工单；什么都没有改动。"))
    give(order=order, owner_id=by.staff_id, by=by, at=at)
    return complete(order=order, row=row, said=Said({"owner": by.staff_id}), by=by, at=at)


@transaction.atomic
def release(*, order_id: int, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """Put an order back into the station's pool; its clocks run on."""
    order, row = begin(order_id=order_id, verb="release", by=by)
    words, was = {"reason": check_reason(reason)}, order.owner_id
    give(order=order, owner_id=None, by=by, at=at)
    return complete(order=order, row=row, said=Said({"was": was}, words), by=by, at=at)


@transaction.atomic
def decline(*, order_id: int, ground: str, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """The owner sends an order away for a ground of the list (退单): into the pool, its clocks run on."""
    order, row = begin(order_id=order_id, verb="decline", by=by)
    check_ground(ground)
    words, was = {"reason": check_reason(reason)}, order.owner_id
    give(order=order, owner_id=None, by=by, at=at)
    return complete(order=order, row=row, said=Said({"ground": ground, "was": was}, words), by=by, at=at)


@transaction.atomic
def offer(*, order_id: int, to_staff_id: int, by: Actor, at: datetime) -> WorkOrder:
    """Offer one's order to a colleague; until they accept, the owner stays the owner."""
    order = enter(order_id=order_id, by=by)
    if order.state not in LIVE or not (
        by.staff_id == order.owner_id or selectors.may(by, ("station", "quality"), order)
    ):
        raise Refused("not_yours", _("只有负责人或所长可以交接未完结的工单；什么都没有改动。"), order=order_id)
    if not org.staff_names([to_staff_id]):
        raise Refused("no_such_staff", _("没有这位员工；什么都没有改动。"), staff=to_staff_id)
    matters.offer_handover(
        matter=selectors.label(order.pk), from_staff_id=order.owner_id, to_staff_id=to_staff_id, by=by, at=at
    )
    order.offered_to_id = to_staff_id
    order.save(update_fields=["offered_to"])
    return order


@transaction.atomic
def accept_offer(*, order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """Take over an order that was offered to oneself; state and clocks stay as they are."""
    order = enter(order_id=order_id, by=by)
    handover = matters.accept_handover(matter=selectors.label(order.pk), by=by, at=at)
    return _change_owner(order, handover.to_staff_id, by, at)


@transaction.atomic
def decline_offer(*, order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """Say no to an offer; the owner stays."""
    order = enter(order_id=order_id, by=by)
    matters.decline_handover(matter=selectors.label(order.pk), by=by, at=at)
    order.offered_to_id = None
    order.save(update_fields=["offered_to"])
    return order


@transaction.atomic
def hand_over_leavers(*, by: Actor, at: datetime) -> int:
    """Hand over what people have as managers of cells that they manage no more.

    Work that hasn't begun goes to the cell's manager of today; what has begun stays with its owner while they still manage
    some cell, and goes to the manager, else to the pool, when they have left. What was given to somebody by name stays.
    """
    day = civil_day(at)
    rows = WorkOrder.objects.filter(state__in=LIVE, by_cell=True, owner__isnull=False, grid__isnull=False)
    pairs = set(rows.values_list("owner_id", "grid_id"))
    managers = org.managers_of({grid for _owner, grid in pairs}, day)
    moved = 0
    for owner_id in sorted({owner for owner, grid in pairs if managers.get(grid) != owner}):
        left = not org.grids_of_manager(owner_id, day)
        cells = [
            grid for owner, grid in pairs if owner == owner_id != managers.get(grid) and (left or grid in managers)
        ]
        states = LIVE if left else (State.DISPATCHED, State.RETURNED)
        theirs = rows.filter(owner=owner_id, state__in=states, grid__in=cells).order_by("id")
        moved += _reassign(theirs.select_for_update(of=("self",)), owner_id, by, at)
    return moved


def _reassign(rows: Iterable[WorkOrder], leaver_id: int, by: Actor, at: datetime) -> int:
    orders = list(rows)
    managers = org.managers_of({order.grid_id for order in orders if order.grid_id}, civil_day(at))
    for order in orders:
        heir = managers.get(order.grid_id) if order.grid_id else None
        heir = None if heir == leaver_id else heir
        if order.state not in IN_HAND:
            _change_owner(order, heir, by, at)
            continue
        verb = "assign" if heir else "release"
        row = MACHINES[Kind(order.kind)].move(verb, State(order.state))
        give(order=order, owner_id=heir, by=by, at=at)
        complete(order=order, row=row, said=Said({"owner": heir, "was": leaver_id, "why": "leaver"}), by=by, at=at)
    return len(orders)


def _change_owner(order: WorkOrder, owner_id: int | None, by: Actor, at: datetime) -> WorkOrder:
    was = order.owner_id
    give(order=order, owner_id=owner_id, by=by, at=at)
    order.save(update_fields=MOVING)
    data = {"owner": owner_id, "was": was}
    matters.add_step(matter=selectors.label(order.pk), step=matters.NewStep("hand_over", data), by=by, at=at)
    tell(order=order, verb="hand_over", at=at)
    return order


def _check_staff(staff_id: int, by: Actor) -> None:
    if not org.visible_staff(by).filter(pk=staff_id).exists():
        raise Refused("no_such_staff", _("没有这位员工，或不在您的管辖范围内；什么都没有改动。"), staff=staff_id)
