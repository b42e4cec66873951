"""What the demo county's physics hears."""

from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.surfaces.simulation import services

PHYSICS = Actor.machine("simulation.physics")


@on(OrderMoved, when=lambda fact: fact.verb == "finish")
def mend_what_was_repaired(fact: OrderMoved) -> None:
    services.mend(order_id=fact.order_id, by=PHYSICS, at=fact.at)
