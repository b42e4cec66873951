"""A county that stands for a whole module of tests, full or empty, its pages served, one signed-in person a role."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from longzhong.cases.alerts.models import Alert
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.customers import services as customers
from longzhong.register.customers.models import Account
from longzhong.register.network import services as network
from longzhong.register.network.models import Area
from longzhong.register.network.rules import AreaRow
from longzhong.register.org import selectors
from longzhong.register.org import services as org
from longzhong.register.org.rules import Role
from longzhong.register.org.services import Share, UnitRow
from tests.browser.around import around, crew_people, rated
from tests.browser.calling import call_in, hotline_of, seats
from tests.browser.governing import office_people
from tests.register.access.make import person
from tests.register.customers.make import ROWS as ACCOUNTS
from tests.register.org.make import DAY, MACHINE, NOW, City
from tests.register.policies.make import browser, packs
from tests.stories.make import AREAS, FIRST, GOOD, LOW, a_village, evening, flat, night

LONG = "隆中风景名胜区古隆中村卧龙岗自然湾第三居民小组农网改造升级工程新增台区（含抗旱灌溉专用变压器）"
ROLES = tuple(role for role in Role if role != Role.PUBLIC)


@dataclass(frozen=True)
class Standing:
    """Where the pages are, who is signed in (session key by role), and the ids of what there is."""

    base: str
    full: bool
    sessions: dict[Role, str]
    ids: dict[str, int | str]


@contextmanager
def standing(folder: Path, *, full: bool) -> Iterator[Standing]:
    """Build, serve, and leave an empty database behind. Needs an open test database."""
    if not str(connection.settings_dict["NAME"]).startswith("test_"):
        raise RuntimeError("this would flush a database that isn't a test's")
    with override_settings(VAR=folder):
        try:
            made = _full() if full else _empty()
            with clock.frozen(made.now):
                sessions = {role: browser(who).session.session_key or "" for role, who in made.people.items()}
                server = LiveServer("localhost")
                try:
                    yield Standing(server.url, full, sessions, made.ids)
                finally:
                    server.stop()
        finally:
            _alone()
            call_command("flush", verbosity=0, interactive=False)


def _alone() -> None:
    """Wait for the server's last threads, so that nothing holds the database any more."""
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    for _ in range(50):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.1)


@dataclass(frozen=True)
class _Made:
    now: datetime
    people: dict[Role, Actor]
    ids: dict[str, int | str]


def _empty() -> _Made:
    """A company with its units and rules, before anybody imported anything."""
    packs()
    org.keep_units(rows=[UnitRow("42", "湖北省电力公司", "province")], from_on=DAY, by=MACHINE, at=NOW)
    here = City(selectors.unit_ids(["42"]), {}, {})
    return _Made(NOW, {role: person(here, f"u-{role}", role) for role in ROLES}, {})


def _full() -> _Made:
    """One alert verified, a worse one under way next door, customers, a long name, a row of the 1+1+1 map."""
    village = a_village()
    city = village.net.city
    _furnish(city)
    sink = evening(flat(220.0), 165.0)
    for m1 in (LOW, LOW, LOW, None, GOOD, GOOD):
        if m1 is None:
            village.repair()
        else:
            night(village.day, {"M1": m1, "M2": flat(226.0, seed=1), "M3": sink}, AREAS)
            village.day += timedelta(days=1)
    people = {Role.GRID: village.zhang, Role.STATION: village.head, Role.QUALITY: village.quality}
    people[Role.DESK] = person(city, "u-desk", Role.DESK, "42", "S5")
    people[Role.CREW] = person(city, "u-crew", Role.CREW, "42060201", "Q1")
    people |= {role: person(city, f"u-{role}", role) for role in ROLES if role not in people}
    now = clock.day_start(village.day) + timedelta(hours=9)
    called: dict[str, int | str] = {**call_in(village.net, (FIRST, FIRST + timedelta(days=2)), now)}
    called |= around(village.net, hotline_of(village.net), Area.objects.get(code="A4").pk, now)
    rated(int(called["closed case"]), city.units["42060201"], city.staff["S1"], now)
    orders, alerts = (
        {row.area.code: row.pk for row in model.objects.filter(area__code__in=("A1", "A2")).select_related("area")}
        for model in (WorkOrder, Alert)
    )
    return _Made(
        now, people,
        called | {
            "alert": alerts["A1"], "open alert": alerts["A2"], "order": orders["A1"], "open order": orders["A2"],
            "area": village.net.areas["A1"], "feeder": village.net.feeders["F1"], "account": Account.objects.earliest("id").pk,
            "unit": city.units["42060201"], "grid": city.grids["G1"], "staff": city.staff["S1"], "user": village.zhang.user_id or 0,
        },
    )  # fmt: skip


def _furnish(city: City) -> None:
    """What the voltage loop doesn't need: customers, a place with a very long name, who answers for voltage."""
    long_one = AreaRow("A4", LONG, 630, "Dyn11", "rural", "public", "S3", "G1", "", 32.01, 112.02)
    network.keep_areas(rows=[long_one], by=MACHINE, at=NOW)
    customers.keep_accounts(rows=ACCOUNTS, by=MACHINE, at=NOW)
    seats(city)
    crew_people(city)
    office_people(city)
    share = Share("voltage", "电压质量", city.units["420602"], city.units["420602Y"], city.units["420602D"])
    org.set_responsibility(share=share, from_on=DAY, by=MACHINE, at=NOW)
