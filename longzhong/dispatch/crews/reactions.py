"""Repairs that open or move change the plan."""

from longzhong.dispatch.crews import services
from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.rules import Kind
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

_HEARER = Actor.machine("crews")


@on(OrderMoved, when=lambda fact: fact.kind == Kind.REPAIR)
def order_moved(fact: OrderMoved) -> None:
    """A job came, went or was begun: its unit's plan is asked for again."""
    services.hear_order(unit_id=fact.unit_id, by=_HEARER, at=fact.at)
