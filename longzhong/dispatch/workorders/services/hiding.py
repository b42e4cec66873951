"""Forget where an order's customer lives: their matter has become secret, and whoever works on it needn't know the place."""

from datetime import datetime

from django.db import transaction

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.services.moving import enter, tell
from longzhong.kit.actor import Actor


@transaction.atomic
def forget_place(*, order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """The order lies in no cell and no area any more, nor do its clocks' titles name one; hearing it again changes nothing."""
    order = enter(order_id=order_id, by=by)
    if order.grid_id is None and order.area_id is None:
        return order
    order.grid_id, order.area_id, order.by_cell = None, None, False
    order.save(update_fields=["grid", "area", "by_cell"])
    matter = selectors.label(order.pk)
    matters.title_clocks(matter=matter, title=str(order.number), by=by, at=at)
    matters.say(matter=matter, verb="forget_place", said=Said(), by=by, at=at)
    tell(order=order, verb="forget_place", at=at)
    return order
