"""The one door of work orders, and who may take which step."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import SYSTEM
from longzhong.kit.actor import Actor, within

PREFIX = "workorders.order"
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")


def visible_to(actor: Actor) -> QuerySet[WorkOrder]:
    """Orders of the actor's units and cells, those in their own hands, and those offered to them."""
    if actor.system:
        return WorkOrder.objects.all()
    own = Q(pk__in=())
    if actor.staff_id is not None:
        own |= Q(owner=actor.staff_id) | Q(offered_to=actor.staff_id)
    return WorkOrder.objects.filter(within(actor, roles=READERS) | own)


def may(actor: Actor, roles: Collection[str], order: WorkOrder) -> bool:
    """Whether the actor holds one of the roles over this order: in its unit and cell, or by having it in hand."""
    if actor.system:
        return True
    if SYSTEM in roles and len(roles) == 1:
        return False
    own = order.owner_id is not None and order.owner_id == actor.staff_id
    return any(
        scope.role in roles
        and (own or (order.unit_id in scope.units and (scope.grids is None or order.grid_id in scope.grids)))
        for scope in actor.scopes
    )


def label(order_id: int) -> str:
    """An order's name in timelines, clocks and files."""
    return f"{PREFIX}:{order_id}"


def order_id_of(matter: str) -> int | None:
    """The order behind a label; None if the label isn't an order's."""
    prefix, _, number = matter.rpartition(":")
    return int(number) if prefix == PREFIX and number.isdigit() else None


def is_visible(actor: Actor, order_id: int) -> bool:
    """Whether the actor may see the order and its files."""
    return visible_to(actor).filter(pk=order_id).exists()


def state_of(order_id: int) -> str:
    """Where an order stands; the caller has just been let through its door."""
    return WorkOrder.objects.values_list("state", flat=True).get(pk=order_id)


def title(order_id: int) -> str:
    """How an order is called elsewhere."""
    row = WorkOrder.objects.filter(pk=order_id).select_related("area").first()
    return "" if row is None else f"{row.number} {row.area or ''}".strip()
