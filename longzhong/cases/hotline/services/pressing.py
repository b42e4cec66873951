"""What a case does to its work order: make it more urgent, or end it because the case goes another way."""

from datetime import datetime

from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.words import Urgency
from longzhong.cases.hotline.services.ordering import DONE_ORDERS, HOUSE
from longzhong.dispatch.workorders import selectors as order_reads
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import LIVE as LIVE_ORDERS
from longzhong.kit.actor import Actor


def raise_urgency(*, case: Case, reason: str, by: Actor, at: datetime) -> bool:  # noqa: ARG001  every service says who
    """Lift a case of normal urgency to 重要 (not yet saved), its order with it. Never to 紧急: that is danger to life."""
    if case.urgency <= Urgency.HIGH:
        return False
    case.urgency = Urgency.HIGH
    if case.order_id is not None and order_reads.standing(case.order_id).state in LIVE_ORDERS:
        orders.change_priority(order_id=case.order_id, priority=int(Urgency.HIGH), reason=reason, by=HOUSE, at=at)
    return True


def end_order(*, case: Case, reason: str, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who
    """Take back the case's order (not yet saved), so that nobody drives out for it; work that is reported done stays."""
    state = order_reads.standing(case.order_id).state if case.order_id is not None else ""
    if case.order_id is None or state in DONE_ORDERS:
        return
    if state in LIVE_ORDERS:
        orders.cancel(order_id=case.order_id, reason=reason, by=HOUSE, at=at)
    case.order_id = None
