"""The hands of the demo county on what customers told: accept, arrive, say what is broken, mend; or speak, and reply."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders import services as workorders
from longzhong.dispatch.workorders.rules import Diagnosis
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.rules.callers import Pace
from longzhong.surfaces.simulation.services.persons import person

WATCHER = Actor.machine("simulation.hands")
Deed = Callable[[datetime], None]
CAUSES = ("fuse", "joint", "switch", "meter", "customer", "none")
WORDS = {
    "fuse": "更换熔断器后恢复供电。",
    "joint": "重新压接松动接头，复测正常。",
    "switch": "更换损坏的开关，恢复供电。",
    "meter": "更换故障电能表，恢复供电。",
    "customer": "表后开关跳闸，指导客户排除后送电。",
    "none": "现场检查设备正常，已向客户说明。",
}


def next_step(case: Any, pace: Pace) -> tuple[datetime, Deed] | None:
    """When the hands do what next with the case's order; None when it isn't theirs."""
    order = orders.visible_to(WATCHER).filter(pk=case.order_id).first() if case.order_id else None
    if order is None:
        return None
    step = (_repair if order.kind == "repair" else _service)(order, pace)
    if order.state in ("new", "dispatched", "returned"):
        begun = order.finished_at or order.opened_at
        verb = _take if order.owner_id is None else _accept
        return begun + timedelta(minutes=pace.accept), lambda at: verb(order, at)
    return step


def _repair(order: Any, pace: Pace) -> tuple[datetime, Deed] | None:
    match order.state:
        case "accepted":
            return _after(order.accepted_at, pace.arrive), lambda at: _arrive(order, at)
        case "arrived":
            return _after(order.arrived_at, pace.diagnose), lambda at: _diagnose(order, pace, at)
        case "diagnosed":
            return _after(order.diagnosed_at, pace.finish), lambda at: _mend(order, at)
    return None


def _service(order: Any, pace: Pace) -> tuple[datetime, Deed] | None:
    match order.state:
        case "accepted":
            return _after(order.accepted_at, pace.arrive), lambda at: _contact(order, at)
        case "contacted":
            return _after(order.contacted_at, pace.finish * 4), lambda at: _reply(order, at)
    return None


def _after(start: datetime, minutes: float) -> datetime:
    return start + timedelta(minutes=minutes)


def _owner(order: Any) -> Actor:
    role = "grid" if order.by_cell else "crew"
    return person(order.owner_id, role, order.unit_id, order.grid_id if order.by_cell else None)


def _take(order: Any, at: datetime) -> None:
    day = civil_day(at)
    able = org.staff_with_role(order.unit_id, "crew", day) or org.staff_with_role(order.unit_id, "grid", day)
    able = able or org.head_of(order.unit_id, day)
    if able:
        workorders.take(order_id=order.pk, by=person(able[order.pk % len(able)], "crew", order.unit_id), at=at)


def _accept(order: Any, at: datetime) -> None:
    workorders.accept(order_id=order.pk, by=_owner(order), at=at)


def _arrive(order: Any, at: datetime) -> None:
    there = workorders.Position(reason="演示县模拟人员") if order.area is None else workorders.Position(
        order.area.lat, order.area.lon, 12.0
    )  # fmt: skip
    workorders.arrive(order_id=order.pk, position=there, by=_owner(order), at=at)


def _diagnose(order: Any, pace: Pace, at: datetime) -> None:
    cause = CAUSES[order.pk % len(CAUSES)]
    side = "customer" if cause == "customer" else "utility"
    expected = at + timedelta(minutes=max(pace.finish * 1.2, 15))
    found = Diagnosis(expected, "低压线路", side, "guided" if side == "customer" else "")
    workorders.diagnose(order_id=order.pk, diagnosis=found, by=_owner(order), at=at)


def _mend(order: Any, at: datetime) -> None:
    cause = CAUSES[order.pk % len(CAUSES)]
    done = workorders.Outcome(cause, WORDS[cause], "演示县模拟人员，未拍照。", restored_at=at)
    workorders.finish(order_id=order.pk, outcome=done, photos=(), by=_owner(order), at=at)


def _contact(order: Any, at: datetime) -> None:
    workorders.contact(order_id=order.pk, by=_owner(order), at=at)


def _reply(order: Any, at: datetime) -> None:
    said = workorders.Outcome(triage="serve", reply="已与客户联系并按规定处理，客户表示认可。")
    workorders.finish(order_id=order.pk, outcome=said, photos=(), by=_owner(order), at=at)
