"""Demo logins, one a role, and who does what: made through the services of access and org. Only in a demo county."""

import json
import secrets
from datetime import date, datetime, time, timedelta

from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST
from longzhong.register.access import services as access
from longzhong.register.access.rules import Mandate
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules import Role
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.codes import unit_code
from longzhong.surfaces.simulation.rules.county import County

LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"
SHARES = (
    ("voltage", "供电质量（电压）", register.OPERATIONS),
    ("load", "配变重过载与不平衡", register.OPERATIONS),
    ("metering", "计量与采集", register.MARKETING),
    ("outage", "停电与抢修", register.OPERATIONS),
    ("business", "营业服务", register.MARKETING),
    ("project", "低电压工程", register.PROJECTS),
    *(
        (f"{kind}.{topic}", f"{words}：{name}", department)
        for kind, words in (("complaint", "投诉"), ("opinion", "意见"))
        for topic, name, department in (
            ("service", "服务", register.MARKETING), ("business", "营业", register.MARKETING),
            ("outage", "停送电", register.OPERATIONS), ("quality", "供电质量", register.OPERATIONS),
            ("grid", "电网建设", register.PROJECTS),
        )
    ),
    ("report", "举报", register.MARKETING),
)  # fmt: skip
DUTY_WEEKS = 10


def make_logins(*, county: County, cell: int, by: Actor, at: datetime) -> str:
    """A login for each role, all with one new password; returns them sealed. `cell`: whose manager the grid login is."""
    password = _new_password()
    station = county.stations[county.cells[cell].station]
    centre = register.COUNTY
    wanted = [
        ("grid", Role.GRID, unit_code(station.code), register.manager_code(county.cells[cell].code)),
        ("crew", Role.CREW, unit_code(station.code), register.crew_code(station.code, 0)),
        ("station", Role.STATION, unit_code(station.code), register.head_code(station.code)),
        *(
            (login, role, centre, login)
            for login, _unit, _title, role in register.COUNTY_STAFF
            if login not in register.WITHOUT_LOGIN
        ),
        ("partner", Role.PARTNER, unit_code(station.code), ""),
    ]
    units, staff = org.unit_ids({row[2] for row in wanted}), org.staff_ids({row[3] for row in wanted if row[3]})
    cells = org.grid_ids({county.cells[cell].code})
    for login, role, unit, code in wanted:
        user = access.create_user(
            login=login, password=password, title="演示账号", staff_id=staff.get(code), must_change=False, by=by, at=at
        )
        narrowed = tuple(cells.values()) if role in (Role.GRID, Role.PARTNER) else ()
        mandate = Mandate(user.pk, role, units[unit], at.date(), None, narrowed)
        access.grant(mandate=mandate, reason="演示县", by=by, at=at)
    logins = [{"login": login, "role": str(role), "password": password} for login, role, _unit, _code in wanted]
    return vault.seal(json.dumps(logins))


def _new_password() -> str:
    """Ten characters of four kinds, easy to type, new for each county."""
    return (
        "Lz-" + "".join(secrets.choice(LETTERS) for _ in range(4)) + "".join(secrets.choice(DIGITS) for _ in range(4))
    )


def share_responsibility(*, by: Actor, at: datetime) -> None:
    """The 1+1+1 map (S4-02): the service office leads, one department coordinates, the unit answers."""
    units = org.unit_ids({register.COUNTY, register.QUALITY_OFFICE, *(row[2] for row in SHARES)})
    for category, name, department in SHARES:
        share = org_services.Share(
            category, name, units[register.COUNTY], units[register.QUALITY_OFFICE], units[department]
        )
        org_services.set_responsibility(share=share, from_on=at.date(), by=by, at=at)


def plan_duty(*, county: County, by: Actor, at: datetime) -> None:
    """Repair crews take turns week by week, for some weeks ahead."""
    start = _first_monday(at.date())
    for station in county.stations:
        unit = org.unit_ids({unit_code(station.code)})[unit_code(station.code)]
        crew = org.staff_ids({register.crew_code(station.code, n) for n in range(register.CREWS_PER_STATION)})
        for week in range(DUTY_WEEKS):
            who = crew[register.crew_code(station.code, week % register.CREWS_PER_STATION)]
            begins = datetime.combine(start + timedelta(weeks=week), time(8, 30), CST)
            org_services.set_duty(
                staff_id=who, unit_id=unit, starts_at=begins, ends_at=begins + timedelta(weeks=1), by=by, at=at
            )


def _first_monday(day: date) -> date:
    """The next Monday from a day on."""
    return day + timedelta(days=(7 - day.weekday()) % 7)
