"""What people do with a case and its order in the tests of the handling: through services only, facts delivered twice."""

from datetime import datetime, timedelta

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Case
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Diagnosis, Outcome, Position
from longzhong.dispatch.workorders.selectors import Standing, standing
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from tests.cases.hotline.make import MORNING, Hotline, a_case

HERE = Position(32.0101, 112.1201, 8.0)


def settle(case: Case) -> Case:
    """Let every fact be heard, twice."""
    outbox.deliver_all(twice=True)
    case.refresh_from_db()
    return case


def minutes(count: float) -> datetime:
    return MORNING + timedelta(minutes=count)


def order_of(case: Case) -> Standing:
    assert case.order_id is not None
    return standing(case.order_id)


def dispatched(hotline: Hotline, **changes: object) -> Case:
    """A case that lies with the cell's manager for acceptance."""
    case = a_case(hotline, **changes)  # type: ignore[arg-type]
    services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(3))
    return settle(case)


def accepted(hotline: Hotline, **changes: object) -> Case:
    case = dispatched(hotline, **changes)
    orders.accept(order_id=case.order_id or 0, by=hotline.manager, at=minutes(6))
    return settle(case)


def do_work(case: Case, by: Actor, at: datetime, *, side: str = "utility", service: str = "") -> Case:
    """Whatever the order still needs until it is reported done."""
    state = order_of(case)
    who = {"order_id": case.order_id or 0, "by": by}
    if state.state in ("dispatched", "returned"):
        orders.accept(**who, at=at)
    if state.kind == "repair":
        if order_of(case).state == "accepted":
            orders.arrive(**who, position=HERE, at=at + timedelta(minutes=10))
        if order_of(case).state == "arrived":
            until = at + timedelta(hours=2) if side == "utility" else None
            said = Diagnosis(until, "哔叭支线02号杆", side, service)
            orders.diagnose(**who, diagnosis=said, at=at + timedelta(minutes=15))
        outcome = Outcome(
            "drop_fuse", "更换跌落式熔断器", no_photo_reason="雨夜", restored_at=at + timedelta(minutes=40)
        )
    else:
        if order_of(case).state == "accepted":
            orders.contact(**who, way="phone", note="已电话联系", at=at + timedelta(minutes=10))
        outcome = Outcome(triage="explain", reply="已向客户解释电价政策", no_photo_reason="电话办理")
    orders.finish(**who, outcome=outcome, photos=(), at=at + timedelta(minutes=45))
    return settle(case)


def replied(hotline: Hotline, **changes: object) -> Case:
    """The order is reported done: a repair waits for the call-back, a complaint for its review."""
    return do_work(accepted(hotline, **changes), hotline.manager, minutes(7))


def closed(hotline: Hotline, **changes: object) -> Case:
    case = replied(hotline, **changes)
    services.record_call(case_id=case.pk, purpose="review", result="satisfied", by=hotline.desk, at=minutes(90))
    return settle(case)
