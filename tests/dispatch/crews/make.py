"""Crews, repairs and places around one station, through services only."""

from datetime import datetime, timedelta

from longzhong.dispatch.crews import services
from longzhong.dispatch.crews.services import NewCrew, Reach
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Place
from longzhong.register.network import selectors as network
from longzhong.register.network import services as network_services
from longzhong.register.network.rules import AreaRow
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from tests.dispatch.make import MORNING, SYSTEM, County, at

BASE = (32.00, 112.10)


def hands(county: County) -> dict[str, int]:
    """Two crews' people of the station, and their ids."""
    rows = [
        StaffRow(code, name, "", "ST", "抢修员", "crew")
        for code, name in (("qian", "钱班长"), ("sun", "孙师傅"), ("wu", "吴班长"))
    ]
    org_services.keep_staff(rows=rows, by=SYSTEM, at=at("2026-01-05 08:00"))
    found = org.staff_ids(["qian", "sun", "wu"])
    county.staff.update(found)
    return found


def a_crew(
    county: County, number: str, staff: list[int], *, skills: tuple[str, ...] = ("low_voltage",), road: str = "road",
    place: tuple[float, float] = BASE, shift: bool = True, now: datetime = MORNING,
) -> int:  # fmt: skip
    """A crew with people, on shift for eight hours around now."""
    kept = NewCrew(number, f"抢修{number}班", county.station, skills, road, *place, "鄂F·A1")
    crew = services.keep_crew(crew=kept, by=SYSTEM, at=now)
    services.set_members(crew_id=crew, staff_ids=staff, by=SYSTEM, at=now)
    if shift:
        services.add_shift(
            crew_id=crew, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8), by=SYSTEM, at=now
        )
    return crew


def a_place(code: str, lat: float, lon: float) -> int:
    """An area of cell G2 (no manager, so that its orders lie in the pool)."""
    row = AreaRow(code, f"{code}台区", 200.0, grid_code="G2", lat=lat, lon=lon)
    network_services.keep_areas(rows=[row], by=SYSTEM, at=at("2026-01-05 08:00"))
    return network.area_ids([code])[code]


def a_repair(
    county: County,
    number: int,
    area: int | None,
    *,
    fault: str = "no_power",
    now: datetime = MORNING,
    priority: int = 2,
) -> int:
    """A repair in the station's pool."""
    return orders.open_order(
        kind="repair", cause=f"tests.call:{number}", place=Place(county.station, county.empty_grid, area), priority=priority,
        fault=fault, by=SYSTEM, at=now,
    )  # fmt: skip


def no_road(area: int, walk: int = 90) -> None:
    services.set_access(area_id=area, reach=Reach("foot", walk, "郑组长", "13900001111"), by=SYSTEM, at=MORNING)
