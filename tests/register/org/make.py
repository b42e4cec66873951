"""A small city to test with, built through the services: one province, two counties, their stations, people and cells."""

from dataclasses import dataclass
from datetime import date, datetime

from longzhong.kit.actor import Actor, Scope
from longzhong.register.org import selectors
from longzhong.register.org.rules import CST, Role
from longzhong.register.org.services import GridRow, StaffRow, UnitRow, keep_grids, keep_staff, keep_units

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CST)
MACHINE = Actor.machine("test")

UNITS = (
    UnitRow("42", "湖北省电力公司", "province", "", "湖北"),
    UnitRow("4206", "襄阳供电公司", "city", "42", "襄阳"),
    UnitRow("420602", "襄城供电公司", "county", "4206", "襄城"),
    UnitRow("420606", "樊城供电公司", "county", "4206", "樊城"),
    UnitRow("42060201", "隆中供电所", "station", "420602", "隆中所"),
    UnitRow("42060202", "檀溪供电所", "station", "420602", "檀溪所"),
    UnitRow("4206020101", "隆中运维班", "team", "42060201"),
    UnitRow("420602Y", "襄城优质服务办公室", "office", "420602", "优服办"),
    UnitRow("420602D", "襄城营销部", "department", "420602", "营销部"),
)
STAFF = (
    StaffRow("S1", "张惠芳", "18049531999", "42060201", "台区经理", "grid"),
    StaffRow("S2", "尚荣成", "13907271234", "42060202", "台区经理", "grid"),
    StaffRow("S3", "诸葛明", "07103512345", "42060201", "所长", "station"),
    StaffRow("S4", "徐庶", "", "420602", "副经理", "leader"),
)
GRIDS = (
    GridRow("G1", "古隆中网格", "42060201", 32.0, 112.0, "S1", "SG1", "隆中社区第一网格", "P1", "隆中党支部"),
    GridRow("G2", "檀溪网格", "42060202", 32.01, 112.1, "S2", "SG2", "檀溪社区网格"),
)


@dataclass(frozen=True)
class City:
    """Ids by code."""

    units: dict[str, int]
    staff: dict[str, int]
    grids: dict[str, int]


def city() -> City:
    keep_units(rows=UNITS, from_on=DAY, by=MACHINE, at=NOW)
    keep_staff(rows=STAFF, from_on=DAY, by=MACHINE, at=NOW)
    keep_grids(rows=GRIDS, from_on=DAY, by=MACHINE, at=NOW)
    return City(
        selectors.unit_ids([row.code for row in UNITS]),
        selectors.staff_ids([row.code for row in STAFF]),
        selectors.grid_ids([row.code for row in GRIDS]),
    )


def actor(role: Role, *units: int, user_id: int = 99, day: date = DAY) -> Actor:
    """Somebody with one role over these units and all below them."""
    below = frozenset(one for unit in units for one in selectors.descendants(unit, day))
    return Actor(user_id, None, f"{role} for tests", (Scope(role.value, below),))
