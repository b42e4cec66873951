"""A small county for orders: one station with two cells and their people, policies loaded; all through services."""

from dataclasses import dataclass
from datetime import date, datetime

from django.test import Client

from longzhong.dispatch.matters.rules.counting import CST
from longzhong.kit.actor import Actor, Scope
from longzhong.register.access.rules import Mandate
from longzhong.register.access.services import create_user, grant
from longzhong.register.network import selectors as network
from longzhong.register.network import services as network_services
from longzhong.register.network.rules import AreaRow
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import GridRow, StaffRow, UnitRow
from longzhong.register.policies.services import load_packs
from tests.warm import warm, world

SYSTEM = Actor.machine("tests")
DAY = date(2026, 3, 2)  # a Monday
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=CST)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CST)


@dataclass(frozen=True)
class County:
    """Ids and people of the county."""

    city: int
    county: int
    station: int
    other_station: int
    grid: int
    empty_grid: int
    staff: dict[str, int]

    def actor(
        self, code: str, role: str, *, grids: tuple[int, ...] | None = None, units: tuple[int, ...] = ()
    ) -> Actor:
        """Somebody with one role over the station (or other units), perhaps only some cells of it."""
        scope = Scope(role, frozenset(units or (self.station,)), None if grids is None else frozenset(grids))
        return Actor(user_id=self.staff[code] + 1000, staff_id=self.staff[code], name=code, scopes=(scope,))

    @property
    def zhang(self) -> Actor:
        return self.actor("zhang", "grid", grids=(self.grid,))

    @property
    def li(self) -> Actor:
        return self.actor("li", "grid", grids=(self.empty_grid,))

    @property
    def head(self) -> Actor:
        return self.actor("head", "station")


def a_county() -> County:
    """Station ST with cells G1 (manager zhang) and G2 (no manager), under county CO, under city CI."""
    return world("county", _a_county)


def _a_county() -> County:
    morning = at("2026-01-05 08:00")
    warm("policies", lambda: load_packs(by=SYSTEM, at=morning))
    units = (
        UnitRow("CI", "襄阳供电公司", "city"),
        UnitRow("CO", "襄城供电公司", "county", "CI"),
        UnitRow("ST", "檀溪供电所", "station", "CO"),
        UnitRow("S2", "太平供电所", "station", "CO"),
    )
    org_services.keep_units(rows=units, by=SYSTEM, at=morning)
    people = (
        StaffRow("zhang", "张惠芳", "13800000001", "ST", "台区经理", "grid"),
        StaffRow("li", "李明", "13800000002", "ST", "台区经理", "grid"),
        StaffRow("head", "王所长", "13800000003", "ST", "所长", "station"),
        StaffRow("boss", "陈经理", "13800000004", "CO", "分管领导", "leader"),
        StaffRow("chief", "周总", "13800000005", "CI", "分管领导", "leader"),
        StaffRow("other", "赵所长", "13800000006", "S2", "所长", "station"),
    )
    org_services.keep_staff(rows=people, by=SYSTEM, at=morning)
    grids = (
        GridRow("G1", "檀溪一网格", "ST", manager_code="zhang"),
        GridRow("G2", "檀溪二网格", "ST"),
    )
    org_services.keep_grids(rows=grids, by=SYSTEM, at=morning)
    units_by = org.unit_ids(["CI", "CO", "ST", "S2"])
    cells = org.grid_ids(["G1", "G2"])
    staff = org.staff_ids([row.code for row in people])
    return County(units_by["CI"], units_by["CO"], units_by["ST"], units_by["S2"], cells["G1"], cells["G2"], staff)


PASSWORD = "Wolong-2026-Spine"


def sign_in(county: County, code: str, role: str, *, grids: tuple[int, ...] = (), unit: int | None = None) -> Client:
    """A browser of a staff member who signed in with this one role."""
    morning = at("2026-01-05 08:00")
    user = create_user(
        login=f"{code}.{role}", password=PASSWORD, staff_id=county.staff[code], must_change=False, by=SYSTEM, at=morning
    )
    mandate = Mandate(user.pk, role, unit or county.station, date(2026, 1, 5), None, grids)
    grant(mandate=mandate, reason="岗位", by=SYSTEM, at=morning)
    client = Client()
    answer = client.post("/login/", {"login": user.login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def an_area(county: County, code: str = "A1", name: str = "檀溪1号台区", grid: str = "G1") -> int:
    """A transformer area of a cell; its id."""
    row = AreaRow(code, name, 200.0, grid_code=grid, lat=32.01, lon=112.12)
    network_services.keep_areas(rows=[row], by=SYSTEM, at=at("2026-01-05 08:00"))
    return network.area_ids([code])[code]
