"""Orders in any state, reached through services only."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from longzhong.dispatch.matters.services import Upload
from longzhong.dispatch.workorders import services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import PERSISTENT, Diagnosis, Outcome, Place, Position, State
from longzhong.kit.actor import Actor
from tests.dispatch.make import MORNING, SYSTEM, County
from tests.dispatch.matters.pictures import jpeg

HERE = Position(32.0105, 112.1213, 12.0)
DONE = Outcome("unbalance", "调整 12 户相别，三相电流差降到 8%", measured={"ua": 228.5})
OUTCOMES = {
    "area_fault": DONE,
    "meter_fault": Outcome("meter", "换表"),
    "repair": Outcome("drop_fuse", "更换跌落式熔断器 A 相熔管", restored_at=MORNING + timedelta(minutes=50)),
    "service": Outcome(triage="explain", reply="已向客户说明阶梯电价按年计算，客户认可"),
}
BROKEN = Diagnosis(MORNING + timedelta(hours=5), "10kV 檀溪线 23 号杆", "utility")
PROOF = {"days": ["2026-03-03", "2026-03-04"], "proofs": ["clean", "clean"], "round": 0}


def photo() -> Upload:
    return Upload("photo", "现场.jpg", jpeg(lat=32.01, lon=112.12))


def opened(
    county: County, *, cause: str = "tests.cause:1", kind: str = "area_fault", grid: int | None = 0, area: int | None = None,
    priority: int = 3, persistent: bool = False, limits: Mapping[str, str] | None = None, at: datetime = MORNING,
) -> WorkOrder:  # fmt: skip
    """An order in zhang's cell (or another, or none)."""
    place = Place(county.station, county.grid if grid == 0 else grid, area)
    order_id = services.open_order(
        kind=kind,
        cause=cause,
        place=place,
        priority=priority,
        fault="low_voltage",
        limits=PERSISTENT if persistent else limits,
        by=SYSTEM,
        at=at,
    )
    return WorkOrder.objects.get(pk=order_id)


ON_SITE = ["accept", "arrive", "finish"]
TO_THE_END = {"repair": ["accept", "arrive", "diagnose", "finish"], "service": ["accept", "contact", "finish"]}


def in_state(
    county: County, state: State, *, kind: str = "area_fault", cause: str = "tests.cause:1", owner: Actor | None = None
) -> WorkOrder:
    """An order that stands in a state, by the shortest way there."""
    order = opened(county, kind=kind, cause=cause, grid=county.empty_grid if state is State.NEW else 0)
    who = owner or county.zhang
    moment = MORNING + timedelta(hours=1)
    pk = {"order_id": order.pk, "at": moment}
    done = {**pk, "by": who}
    end = TO_THE_END.get(kind, ON_SITE)
    way = {
        State.ACCEPTED: ["accept"],
        State.ARRIVED: ["accept", "arrive"],
        State.DIAGNOSED: ["accept", "arrive", "diagnose"],
        State.CONTACTED: ["accept", "contact"],
        State.REPORTED: ["accept", "report"],
        State.PROJECT: ["accept", "project"],
        State.FINISHED: end,
        State.RETURNED: [*end, "back"],
        State.UNPROVEN: [*end, "hold"],
        State.VERIFIED: [*end, "verify"],
        State.CANCELLED: ["cancel"],
    }
    steps = {
        "accept": lambda: services.accept(**done),
        "arrive": lambda: services.arrive(**done, position=HERE),
        "diagnose": lambda: services.diagnose(**done, diagnosis=BROKEN),
        "contact": lambda: services.contact(**done),
        "report": lambda: services.report_up(**done, reason="要改造线路，不归本所定"),
        "finish": lambda: services.finish(**done, outcome=OUTCOMES[kind], photos=[photo()]),
        "back": lambda: services.send_back(**pk, by=SYSTEM, evidence=PROOF),
        "hold": lambda: services.hold_unproven(**pk, by=SYSTEM, evidence=PROOF),
        "verify": lambda: services.verify(**pk, by=SYSTEM, evidence=PROOF),
        "project": lambda: services.make_project(**pk, by=county.head, reason="线径过细，需改造"),
        "cancel": lambda: services.cancel(**pk, by=county.head, reason="计划停电试验"),
    }
    for step in way.get(state, []):
        steps[step]()
    order.refresh_from_db()
    assert order.state == state
    return order
