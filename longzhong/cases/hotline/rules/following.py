"""What the present state of a work order means for its case (首问交接, S1-25, S4-33): facts come late, twice, in any order.

Whoever accepts the order has the case; a declined or cancelled order leaves it with whoever was asked first; a finished one is the
reply, and the hand-over is kept even where the case hears of the acceptance and the end at once. What is known says nothing.
"""

from longzhong.cases.hotline.rules.machine import State
from longzhong.dispatch.workorders.rules import State as Order

HELD = frozenset(
    {Order.ACCEPTED, Order.ARRIVED, Order.DIAGNOSED, Order.CONTACTED, Order.REPORTED, Order.RETURNED, Order.PROJECT}
)
READY = frozenset({Order.FINISHED, Order.UNPROVEN, Order.VERIFIED})
_PATHS: dict[State, dict[str, tuple[str, ...]]] = {
    State.TAKEN: {"waiting": ("dispatch",), "held": ("dispatch", "accept"), "ready": ("dispatch", "accept", "reply")},
    State.DISPATCHED: {"held": ("accept",), "ready": ("accept", "reply"), "gone": ("refuse",)},
    State.HANDLING: {"ready": ("reply",), "gone": ("refuse",)},
}


def steps_of(order: Order, case: State, *, turned_away: bool) -> tuple[str, ...]:
    """The verbs that bring a case to where its order stands. `turned_away`: the order came back into the pool by a person's
    word that the case hasn't heard yet; an order that has lain in the pool from the start waits there.
    """
    return _PATHS.get(case, {}).get(_meaning(order, turned_away=turned_away), ())


def _meaning(order: Order, *, turned_away: bool) -> str:
    if order in HELD:
        return "held"
    if order in READY:
        return "ready"
    if order is Order.CANCELLED or turned_away:
        return "gone"
    return "waiting" if order is Order.DISPATCHED else ""
