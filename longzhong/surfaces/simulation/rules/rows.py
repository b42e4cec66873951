"""The plan as rows of the register: units, staff, grid cells, network, customers, as its services take them."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from longzhong.register.customers.rules.accounts import AccountKind
from longzhong.register.customers.rules.priority import Grade
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network.rules import AreaRow, FeederRow, MeterRow, SectionRow, SubstationRow
from longzhong.register.org.rules import Role
from longzhong.register.org.rules.rows import GridRow, StaffRow, UnitRow
from longzhong.surfaces.simulation.rules import people
from longzhong.surfaces.simulation.rules.codes import account_code, area_meter, customer_meter, unit_code
from longzhong.surfaces.simulation.rules.county import HOME, SHOP, SITES, County
from longzhong.surfaces.simulation.rules.faults import GRID_KINDS, Fault
from longzhong.surfaces.simulation.rules.metering import ct_ratio

PROVINCE, CITY, COUNTY = "42", "4206", "420602"
QUALITY_OFFICE, OPERATIONS, MARKETING, PROJECTS, CENTRE = "420602Y", "420602D1", "420602D2", "420602D3", "420602T0"
OFFICES = (
    (QUALITY_OFFICE, "优质服务办公室", "office"),
    (OPERATIONS, "运维检修部", "department"),
    (MARKETING, "市场营销部", "department"),
    (PROJECTS, "工程建设部", "department"),
    (CENTRE, "供电服务指挥班", "team"),
)
COUNTY_STAFF = (
    ("leader", COUNTY, "分管副总经理", Role.LEADER),
    ("quality", QUALITY_OFFICE, "优服办主任", Role.QUALITY),
    ("dept", OPERATIONS, "运维检修部专责", Role.DEPT),
    ("dept2", MARKETING, "营销部计量专责", Role.DEPT),
    ("dept3", PROJECTS, "工程建设部专责", Role.DEPT),
    ("dept4", OPERATIONS, "运维检修部配电专责", Role.DEPT),
    ("dept5", MARKETING, "营销部业扩专责", Role.DEPT),
    ("quality2", QUALITY_OFFICE, "优服办投诉专责", Role.QUALITY),
    ("quality3", QUALITY_OFFICE, "优服办稽查专责", Role.QUALITY),
    ("desk", CENTRE, "指挥班值班员", Role.DESK),
    ("admin", COUNTY, "系统管理员", Role.ADMIN),
    ("security", COUNTY, "安全管理员", Role.SECURITY),
    ("auditor", COUNTY, "审计员", Role.AUDITOR),
)
WITHOUT_LOGIN = frozenset({"dept2", "dept3", "dept4", "dept5", "quality2", "quality3"})
CREWS_PER_STATION = 2
RECENT, RECENT_FROM = 10, 0.7  # weight of faults that come in the last 30 % of the days
GRADES = (
    (Grade.LONE_ELDER, 0.004),
    (Grade.POOR, 0.003),
    (Grade.MEDICAL_DEVICE, 0.0006),
    (Grade.SENSITIVE, 0.002),
    (Grade.SECOND, 0.0004),
)


def unit_rows(county: County) -> list[UnitRow]:
    """Province to team, with the county's departments."""
    rows = [
        UnitRow(PROVINCE, "湖北省电力有限公司（演示）", "province", "", "省公司"),
        UnitRow(CITY, "襄阳供电公司（演示）", "city", PROVINCE, "襄阳公司"),
        UnitRow(COUNTY, "襄城供电中心（演示）", "county", CITY, "襄城中心", 32.010, 112.134),
    ]
    rows += [UnitRow(code, name, kind, COUNTY, name) for code, name, kind in OFFICES]
    for station in county.stations:
        code, short = unit_code(station.code), station.name.removesuffix("供电所")
        rows.append(
            UnitRow(code, station.name, "station", COUNTY, f"{short}所", round(station.lat, 5), round(station.lon, 5))
        )
        rows.append(UnitRow(f"{code}T1", f"{short}抢修班", "team", code, f"{short}抢修班"))
    return rows


def staff_rows(county: County) -> list[StaffRow]:
    """People of the county's offices, of every station, and a manager for each grid cell."""
    wanted = [(code, unit, title, role) for code, unit, title, role in COUNTY_STAFF]
    for station in county.stations:
        unit = unit_code(station.code)
        wanted.append((head_code(station.code), unit, "供电所长", Role.STATION))
        wanted.append((clerk_code(station.code), unit, "营业厅受理员", Role.DESK))
        wanted += [(crew_code(station.code, n), f"{unit}T1", "抢修班员", Role.CREW) for n in range(CREWS_PER_STATION)]
    wanted += [
        (manager_code(cell.code), unit_code(county.stations[cell.station].code), "台区经理", Role.GRID)
        for n, cell in enumerate(county.cells)
        if n != unmanned_cell(county)
    ]
    return [
        StaffRow(code, people.staff_name(county.seed, n), people.staff_phone(n), unit, title, role)
        for n, (code, unit, title, role) in enumerate(wanted)
    ]


def head_code(station: str) -> str:
    return f"{station}H"


def clerk_code(station: str) -> str:
    return f"{station}T"


def crew_code(station: str, number: int) -> str:
    return f"{station}C{number + 1}"


def manager_code(cell: str) -> str:
    return f"{cell}M"


def unmanned_cell(county: County) -> int:
    """A cell whose manager's post is vacant: its orders lie in the station's pool (-1 in a very small county)."""
    return len(county.cells) - 1 if len(county.cells) >= 6 else -1


def busiest_cell(county: County, faults: tuple[Fault, ...], days: int) -> int:
    """The cell with the most clear faults of the grid, late ones first: its manager is the demo's grid login."""
    clear = [fault for fault in faults if fault.kind in GRID_KINDS and not fault.marginal]
    weight = [RECENT if (fault.from_day - county.first_day).days >= days * RECENT_FROM else 1 for fault in clear]
    cells = county.areas.cell[[fault.area for fault in clear]]
    count = np.bincount(cells, weights=weight, minlength=len(county.cells))
    if (vacant := unmanned_cell(county)) >= 0:
        count[vacant] = 0
    return int(count.argmax())


def grid_rows(county: County) -> list[GridRow]:
    """Cells with manager, social grid (one to one) and party branch (one a station)."""
    rows = []
    for number, cell in enumerate(county.cells):
        station = county.stations[cell.station]
        short = station.name.removesuffix("供电所")
        rows.append(
            GridRow(
                cell.code, cell.name, unit_code(station.code), round(cell.lat, 5), round(cell.lon, 5),
                "" if number == unmanned_cell(county) else manager_code(cell.code),
                f"SG{number + 1:04d}", f"{short}街道社会治理网格{cell.code[-2:]}", f"DZB{cell.station + 1:02d}",
                f"{short}片区联合党支部", )
        )  # fmt: skip
    return rows


def substation_rows(county: County) -> list[SubstationRow]:
    return [
        SubstationRow(one.code, f"110kV{one.name}", round(one.lat, 5), round(one.lon, 5)) for one in county.substations
    ]


def feeder_rows(county: County) -> list[FeederRow]:
    return [FeederRow(one.code, f"10kV{one.name}", county.substations[one.substation].code) for one in county.feeders]


def section_rows(county: County) -> list[SectionRow]:
    return [
        SectionRow(
            one.code, one.name, county.feeders[one.feeder].code, county.sections[one.upstream].code if one.upstream >= 0 else "",
            "pole", round(one.lat, 5), round(one.lon, 5),
        )
        for one in county.sections
    ]  # fmt: skip


def area_row(county: County, area: int, kva: int) -> AreaRow:
    """One area with the rating that it has now."""
    a = county.areas
    return AreaRow(
        a.code[area], a.name[area], float(kva), "Dyn11" if a.dyn11[area] else "Yyn0", SITES[a.site[area]],
        "dedicated" if a.dedicated[area] else "public", county.sections[a.section[area]].code, county.cells[a.cell[area]].code,
        "", round(float(a.lat[area]), 5), round(float(a.lon[area]), 5),
    )  # fmt: skip


def area_rows(county: County) -> list[AreaRow]:
    return [area_row(county, area, int(kva)) for area, kva in enumerate(county.areas.kva)]


def meter_rows(county: County) -> list[MeterRow]:
    """Area meters with their ratio, customer meters with their phase."""
    ratio = ct_ratio(county.areas.kva).tolist()
    rows = [
        MeterRow(area_meter(county, n), "area", "ABC", 3, ratio[n], code) for n, code in enumerate(county.areas.code)
    ]
    return rows + [
        customer_meter_row(county, n, int(county.grid.phase[county.customers.row[n]]))
        for n in range(len(county.customers))
    ]


def customer_meter_row(county: County, customer: int, phase: int) -> MeterRow:
    """A customer's meter with the phase (0 1 2) on which it hangs."""
    three = county.customers.wiring[customer] == 3
    code = customer_meter(county, customer)
    return MeterRow(
        code,
        "customer",
        "ABC" if three else "ABC"[phase],
        3 if three else 1,
        1,
        county.areas.code[county.customers.area[customer]],
    )


def account_rows(county: County) -> Iterator[AccountRow]:
    """Supply contracts with invented people; one in a hundred with a mark, a few leaving."""
    lots = np.random.default_rng((county.seed, 9)).random((len(county.customers), 3))
    opened = _opening_days(county)
    pv = county.rows.pv[county.customers.row] > 0
    for n, home in enumerate(people.homes(county)):
        kind = int(county.customers.kind[n])
        yield AccountRow(
            code=account_code(county, n), name=home.name, phone=home.phone, opened_on=opened[n],
            kind=AccountKind.RESIDENT if kind == HOME else AccountKind.BUSINESS if kind == SHOP else AccountKind.INDUSTRY,
            area_code=county.areas.code[county.customers.area[n]], meter_code=customer_meter(county, n),
            town=home.town, village=home.village, estate=home.estate, building=home.building, room=home.room,
            priority=_grade(kind, float(lots[n, 0])), tag="光伏户" if pv[n] else "",
            state="closing" if kind == HOME and lots[n, 1] < 0.0008 else "active",
        )  # fmt: skip


def _grade(kind: int, lot: float) -> str:
    """Homes get the groups of people, businesses the sensitive and important ones."""
    start = 0.0
    for grade, share in GRADES:
        personal = grade in (Grade.LONE_ELDER, Grade.POOR, Grade.MEDICAL_DEVICE)
        width = share if personal == (kind == HOME) else 0.0
        width *= 1.0 if personal else 25.0
        if start <= lot < start + width:
            return grade.value
        start += width
    return ""


def _opening_days(county: County) -> list[date]:
    days = np.random.default_rng((county.seed, 10)).integers(1200, 8000, len(county.customers))
    return [county.first_day - timedelta(days=int(n)) for n in days]
