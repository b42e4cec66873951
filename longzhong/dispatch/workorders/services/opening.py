"""Open orders: once for a cause, kind and unit, with an owner where the cell has a manager, and with clocks in any case."""

from datetime import datetime

from django.db import IntegrityError, transaction

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import CLOSED, STARTS, Kind, Place, Priority, State
from longzhong.dispatch.workorders.services import moving
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org


@transaction.atomic
def open_order(
    *,
    kind: str,
    cause: str,
    place: Place,
    priority: int,
    fault: str = "",
    persistent: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Open an order for a cause, and return its id; the live one if it is open already.

    The owner is who manages the grid cell on this day; without one the order lies in the station's pool, and its clocks run.
    """
    day = clock.civil_day(at)
    owner_id = org.manager_of(place.grid_id, day) if place.grid_id else None
    order = WorkOrder(
        kind=Kind(kind), cause=cause, fault=fault, persistent=persistent, unit_id=place.unit_id, grid_id=place.grid_id,
        area_id=place.area_id, owner_id=owner_id, by_cell=owner_id is not None, priority=Priority(priority), opened_at=at,
        state=State.NEW if owner_id is None else State.DISPATCHED,
    )  # fmt: skip
    try:
        with transaction.atomic():
            WorkOrder.objects.bulk_create([order])
    except IntegrityError:
        return _live(cause, kind, place.unit_id)
    order.number = f"GD{day:%Y%m%d}{order.pk:06d}"
    moving.start(order=order, names=STARTS["open"], by=by, at=at)
    moving.refresh_due(order=order)
    order.save(update_fields=["number", "due_at", "due_clock"])
    data = {"kind": kind, "cause": cause, "fault": fault, "to": order.state, "owner": owner_id, "priority": priority}
    matters.add_step(matter=selectors.label(order.pk), step=matters.NewStep("open", data), by=by, at=at)
    moving.tell(order=order, verb="open", at=at)
    return order.pk


def _live(cause: str, kind: str, unit_id: int) -> int:
    return (
        WorkOrder.objects.exclude(state__in=CLOSED)
        .values_list("pk", flat=True)
        .get(cause=cause, kind=kind, unit_id=unit_id)
    )
