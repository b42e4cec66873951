"""Open orders: once for a cause, kind and unit, with an owner where the cell has a manager, and with clocks in any case."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    CLOCK_LABELS,
    CLOSED,
    PERSISTENT,
    Kind,
    Place,
    Priority,
    State,
    started_by,
)
from longzhong.dispatch.workorders.services import moving
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org


@transaction.atomic
def open_order(
    *,
    kind: str,
    cause: str,
    place: Place,
    priority: int,
    fault: str = "",
    limits: Mapping[str, str] | None = None,
    owner_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Open an order for a cause, and return its id; the live one if it is open already.

    The owner is who is named (`owner_id`: the crew on duty), else who manages the grid cell on this day; without one the order
    lies in the pool, and its clocks run. `limits`: clock name → policy key, where the order has its own (`PERSISTENT`, a town's).
    """
    day, own = clock.civil_day(at), dict(limits or {})
    _check(Kind(kind), own, owner_id)
    manager_id = org.manager_of(place.grid_id, day) if owner_id is None and place.grid_id else None
    owner_id = owner_id or manager_id
    order = WorkOrder(
        kind=Kind(kind), cause=cause, fault=fault, persistent=own.items() >= PERSISTENT.items(), limits=own,
        unit_id=place.unit_id, grid_id=place.grid_id, area_id=place.area_id, owner_id=owner_id,
        by_cell=manager_id is not None, priority=Priority(priority), opened_at=at,
        state=State.NEW if owner_id is None else State.DISPATCHED,
    )  # fmt: skip
    try:
        with transaction.atomic():
            WorkOrder.objects.bulk_create([order])
    except IntegrityError:
        return _live(cause, kind, place.unit_id)
    order.number = f"GD{day:%Y%m%d}{order.pk:06d}"
    moving.start(order=order, names=started_by(Kind(kind), "open"), by=by, at=at)
    moving.refresh_due(order=order)
    order.save(update_fields=["number", "due_at", "due_clock"])
    data = {"kind": kind, "cause": cause, "fault": fault, "to": order.state, "owner": owner_id, "priority": priority}
    matters.add_step(matter=selectors.label(order.pk), step=matters.NewStep("open", data), by=by, at=at)
    moving.tell(order=order, verb="open", at=at)
    return order.pk


def _check(kind: Kind, limits: Mapping[str, str], owner_id: int | None) -> None:
    if unknown := sorted(set(limits) - set(CLOCK_LABELS[kind])):
        raise Refused("no_such_clock", _("这类工单没有这个时限；工单没有派出。"), clocks=unknown)
    if owner_id is not None and not org.staff_names([owner_id]):
        raise Refused("no_such_staff", _("没有这位员工；工单没有派出。"), staff=owner_id)


def _live(cause: str, kind: str, unit_id: int) -> int:
    return (
        WorkOrder.objects.exclude(state__in=CLOSED)
        .values_list("pk", flat=True)
        .get(cause=cause, kind=kind, unit_id=unit_id)
    )
