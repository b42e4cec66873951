"""Every step of a repair or a fault is a new moment to say when the power will be back."""

from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.rules import Kind
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.sensing.outages.events import OutageMoved
from longzhong.sensing.restorations import services

_HEARER = Actor.machine("restorations")


@on(OrderMoved, when=lambda fact: fact.kind == Kind.REPAIR)
def order_moved(fact: OrderMoved) -> None:
    """A repair was dispatched, accepted, reached, diagnosed or finished."""
    services.follow_order(order_id=fact.order_id, verb=fact.verb, by=_HEARER, at=fact.at)


@on(OutageMoved, when=lambda fact: fact.kind == "fault")
def outage_moved(fact: OutageMoved) -> None:
    """A fault was reported, confirmed or restored."""
    services.follow_outage(outage_id=fact.outage_id, by=_HEARER, at=fact.at)
