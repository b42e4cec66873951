"""Every list page costs at most ten queries for fifty rows, the session and the person's scope included."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import Level
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Place
from longzhong.kit import clock, journal
from longzhong.kit.models import Delivery, Fact
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network import services as areas
from longzhong.register.network.rules import AreaRow, FeederRow, SectionRow
from longzhong.register.org.rules import CST, Role
from longzhong.register.org.services import GridRow, StaffRow, UnitRow, keep_grids, keep_staff, keep_units
from longzhong.surfaces.exchange.models import Run
from tests.house import around_rows as around
from tests.house import governed_rows as governed
from tests.house import hotline_rows as hotline
from tests.register.access.make import person, user
from tests.register.network.make import Net, network
from tests.register.org.make import DAY, MACHINE, NOW
from tests.register.policies.make import browser, packs

MOST = 10
ROWS = 60
AT = datetime(2026, 3, 6, 3, 0, tzinfo=CST)
NUMBERS = range(ROWS)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(AT):
        yield


@pytest.fixture
def net() -> Net:
    packs()
    return network()


def nothing(_net: Net) -> None:
    """Fifty rows are there already."""


def units(_net: Net) -> None:
    rows = [UnitRow(f"T{n:03}", f"运维{n}班", "team", "42060201") for n in NUMBERS]
    keep_units(rows=rows, from_on=DAY, by=MACHINE, at=NOW)


def cells(_net: Net) -> None:
    people = [StaffRow(f"P{n:03}", f"张{n}", "", "42060201", "台区经理", "grid") for n in NUMBERS]
    keep_staff(rows=people, from_on=DAY, by=MACHINE, at=NOW)
    rows = [
        GridRow(
            f"C{n:03}",
            f"隆中{n}网格",
            "42060201",
            None,
            None,
            f"P{n:03}",
            f"SG{n:03}",
            f"社区{n}",
            f"PB{n:03}",
            f"支部{n}",
        )
        for n in NUMBERS
    ]
    keep_grids(rows=rows, from_on=DAY, by=MACHINE, at=NOW)


def transformer_areas(net: Net) -> None:
    """An area in each cell, each on a feeder of its own."""
    cells(net)
    at = {"by": MACHINE, "at": NOW}
    areas.keep_feeders(rows=[FeederRow(f"L{n:03}", f"10kV隆中{n}线", "H1") for n in NUMBERS], **at)
    areas.keep_sections(rows=[SectionRow(f"K{n:03}", "出线段", f"L{n:03}") for n in NUMBERS], **at)
    rows = [AreaRow(f"N{n:03}", f"新台区{n}", 200, section_code=f"K{n:03}", grid_code=f"C{n:03}") for n in NUMBERS]
    areas.keep_areas(rows=rows, **at)


def alerts(net: Net) -> None:
    Alert.objects.bulk_create(
        Alert(
            area_id=net.areas["A1"], unit_id=net.city.units["42060201"], grid_id=net.city.grids["G1"], kind="flat", quality=True,
            meter=f"M{n:04}", level=Level.BLUE, raised_at=AT, first_on=date(2026, 3, 3), last_on=date(2026, 3, 5),
        )
        for n in NUMBERS
    )  # fmt: skip


def work_orders(net: Net) -> None:
    place = Place(net.city.units["42060201"], net.city.grids["G1"], net.areas["A1"])
    for n in NUMBERS:
        orders.open_order(
            kind="area_fault", cause=f"tests.cause:{n}", place=place, priority=3, fault="low_voltage", by=MACHINE, at=AT
        )


def accounts(_net: Net) -> None:
    rows = [
        AccountRow(code=f"42000000{n:05}", name="张惠芳", area_code="A1", town="檀溪街道", phone=f"138001380{n:02}")
        for n in NUMBERS
    ]
    customers.keep_accounts(rows=rows, by=MACHINE, at=NOW)


def users(_net: Net) -> None:
    for n in NUMBERS:
        user(f"user-{n:03}")


def entries(_net: Net) -> None:
    for n in NUMBERS:
        journal.record(MACHINE, "export", f"tests.noun:{n}", at=AT, list="rows")


def parked(_net: Net) -> None:
    fact = Fact.objects.create(name="tests.Happened", body={}, at=AT, kept_at=AT)
    Delivery.objects.bulk_create(
        Delivery(fact=fact, reaction=f"tests.reaction_{n}", state=Delivery.PARKED, next_at=AT, error="坏了")
        for n in NUMBERS
    )


def runs(net: Net) -> None:
    Run.objects.bulk_create(
        Run(
            recipe="units", file_name=f"单位{n}.xlsx", sha256=f"{n:064}", size=1000, source="upload", state="done",
            by_name="张惠芳", unit_id=net.city.units["42"], at=AT - timedelta(minutes=n),
        )
        for n in NUMBERS
    )  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A list page, who asks for it over which unit, and what fills it."""

    name: str
    role: Role
    fill: Callable[[Net], None]
    unit: str = "42"
    rows: int = 50
    asked: str = ""
    most: int = MOST


PAGES = (
    Page("org:units", Role.LEADER, units),
    Page("org:units", Role.GRID, units, "42060201"),
    Page("org:grids", Role.LEADER, cells),
    Page("org:grids", Role.GRID, cells, "42060201", rows=1),
    Page("org:responsibilities", Role.QUALITY, units, rows=0),
    Page("network:areas", Role.LEADER, transformer_areas),
    Page("network:feeders", Role.LEADER, transformer_areas),
    Page("alerts:board", Role.QUALITY, alerts),
    Page("alerts:board", Role.GRID, alerts, "42060201"),
    Page("workorders:board", Role.QUALITY, work_orders),
    Page("workorders:board", Role.GRID, work_orders, "42060201"),
    Page("field:home", Role.GRID, work_orders, "42060201", rows=0),
    Page("customers:accounts", Role.DESK, accounts),
    Page("customers:accounts", Role.GRID, accounts, "42060201"),
    Page("policies:list", Role.SECURITY, nothing),
    Page("access:users", Role.ADMIN, users),
    Page("access:journal", Role.AUDITOR, entries),
    Page("outbox", Role.ADMIN, parked),
    Page("exchange:runs", Role.ADMIN, runs),
    Page("curves:findings", Role.LEADER, nothing, rows=0),
    Page("cockpit:due", Role.GRID, work_orders, "42060201", rows=0),
    Page("cockpit:hands", Role.LEADER, work_orders, rows=0),
    Page("hotline:calls", Role.DESK, hotline.cases),
    Page("hotline:calls", Role.DESK, hotline.kept_calls, asked="?tab=kept"),
    Page("hotline:board", Role.QUALITY, hotline.cases),
    Page("hotline:board", Role.GRID, hotline.cases, "42060201"),
    Page("hotline:mine", Role.GRID, hotline.cases, "42060201"),
    Page("hotline:callbacks", Role.DESK, hotline.calling),
    Page("hotline:promises", Role.STATION, hotline.promised),
    Page("hotline:audit", Role.QUALITY, hotline.audited, rows=0),
    Page("hotline:repeats", Role.QUALITY, hotline.repeated),
    Page("hotline:first_contact", Role.QUALITY, hotline.cases),
    Page("hotline:thorough", Role.QUALITY, hotline.audited),
    Page("finals:board", Role.QUALITY, hotline.finals),
    Page("petitioners:list", Role.QUALITY, hotline.petitioners),
    Page("petitioners:desk", Role.STATION, hotline.incidents, "42060201", rows=0),
    Page("explanations:board", Role.STATION, hotline.sheets),
    Page("nearmisses:board", Role.QUALITY, hotline.near_misses),
    Page("nearmisses:staff", Role.QUALITY, hotline.colleagues),
    Page("bulletins:board", Role.QUALITY, hotline.bulletins),
    Page("bulletins:told", Role.QUALITY, hotline.cases, asked="?first=2026-02-23&last=2026-03-12"),
    Page("outages:board", Role.DESK, hotline.dark),
    Page("categories:tree", Role.QUALITY, hotline.tree, rows=0),
    Page("crews:board", Role.STATION, around.crews, "42060201", rows=0),
    Page("crews:places", Role.STATION, around.repairs, "42060201"),
    Page("restorations:board", Role.STATION, around.estimates, "42060201"),
    Page("troubles:board", Role.DESK, around.troubles),
    Page("outages:plans", Role.DESK, around.plans),
    Page("outages:faults", Role.STATION, around.faults),
    Page("outages:stops", Role.DESK, around.account_stops),
    Page("disconnections:board", Role.STATION, around.disconnections, "42060201"),
    Page("disconnections:arrears", Role.STATION, around.owed, "42060201"),
    Page("reliability:home", Role.LEADER, around.faults, rows=0),
    Page("reliability:behind", Role.LEADER, around.faults, rows=0),
    Page("reliability:frequent", Role.STATION, around.watches),
    Page("reliability:seasons", Role.STATION, around.season),
    Page("reliability:guarantees", Role.QUALITY, around.guarantees),
    Page("portal:ratings", Role.QUALITY, around.ratings),
    Page("notifications:board", Role.QUALITY, around.notices),
    Page("notifications:templates", Role.QUALITY, around.templates),
    Page("notifications:providers", Role.ADMIN, around.providers, rows=0),
    Page("bulletins:feed", Role.QUALITY, around.feed),
    Page("announcements:board", Role.STATION, governed.errands, "42060201"),
    Page("complaints:board", Role.QUALITY, governed.complaints),
    Page("complaints:board", Role.STATION, governed.complaints, "42060201"),
    Page("complaints:mine", Role.QUALITY, governed.complaints),
    Page("complaints:mine", Role.STATION, governed.investigated, "42060201"),
    Page("campaigns:board", Role.QUALITY, governed.campaigns),
    Page("filings:board", Role.QUALITY, governed.filings),
    Page("filings:board", Role.STATION, governed.filings, "42060201"),
    Page("media:board", Role.QUALITY, governed.media),
    Page("transfers:board", Role.STATION, governed.transfers, "42060201"),
    Page("closures:board", Role.DESK, governed.closures),
    Page("closures:projects", Role.QUALITY, governed.demolitions),
    Page("closures:mine", Role.GRID, governed.demolitions, "42060201"),
    Page("closures:faults", Role.QUALITY, governed.second_requests),
    Page("appeals:board", Role.QUALITY, governed.appeals),
    Page("rectifications:board", Role.QUALITY, governed.forms),
    Page("analyses:board", Role.QUALITY, governed.reports),
    Page("lessons:board", Role.QUALITY, governed.lessons),
    Page("ledgers:home", Role.QUALITY, governed.complaints, rows=0),
    Page("ledgers:analysis", Role.QUALITY, governed.complaints, rows=0),
    Page("ledgers:behind", Role.QUALITY, governed.complaints),
    Page("cockpit:home", Role.LEADER, around.loop, rows=0),
    Page("cockpit:home", Role.LEADER, around.loop, rows=0, asked="?phase=during"),
    Page("cockpit:home", Role.LEADER, around.loop, rows=0, asked="?phase=before"),
    Page("cockpit:home", Role.LEADER, around.loop, rows=0, asked="?phase=after"),
)


@pytest.mark.parametrize("asked", PAGES, ids=[f"{one.name}-{one.role}{one.asked}" for one in PAGES])
def test_fifty_rows_cost_at_most_ten_queries(net: Net, asked: Page) -> None:
    asked.fill(net)
    seen = browser(person(net.city, "somebody", asked.role, asked.unit, "S1"))
    address = reverse(asked.name) + asked.asked
    assert seen.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        answer = seen.get(address)
    assert len(queries) <= asked.most, "\n".join(query["sql"][:160] for query in queries)
    if asked.rows:
        assert len(answer.context["page"].table.items) == asked.rows
