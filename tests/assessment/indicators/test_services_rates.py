"""Governance rates: counted as facts come in, and equal to a plain count in SQL."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from longzhong.assessment.indicators import selectors, services
from longzhong.assessment.indicators.models import Snapshot
from longzhong.assessment.indicators.rules import Tally, total
from longzhong.cases.alerts import services as alerts
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import Sighting, State
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.register.org.rules import CST, Role
from tests.register.access.make import person
from tests.register.network.make import MACHINE, Net, network
from tests.register.policies.make import browser, packs

MARCH = date(2026, 3, 1)
AT = datetime(2026, 3, 6, 3, 0, tzinfo=CST)


@pytest.mark.parametrize(
    ("tally", "rate"),
    [
        pytest.param(Tally(), None, id="nothing found is no rate"),
        pytest.param(Tally(found=4, verified=3), 0.75, id="three of four"),
        pytest.param(Tally(found=4, verified=3, dismissed=1), 1.0, id="a dismissed alert is no fault"),
        pytest.param(Tally(found=1, dismissed=1), None, id="only dismissed ones"),
    ],
)
def test_the_rate(tally: Tally, rate: float | None) -> None:
    assert tally.rate == rate


def test_sums_of_tallies_are_tallies() -> None:
    assert total([Tally(1, 1, 0, 0, 1), Tally(2, 0, 1, 1, 0)]) == Tally(3, 1, 1, 1, 1)
    assert total([]) == Tally()


@pytest.fixture
def net(db: None) -> Net:
    packs()
    return network()


def sight(net: Net, kind: str, area: str = "A1") -> None:
    unit = "42060202" if area == "A3" else "42060201"
    grid = "G2" if area == "A3" else "G1"
    sighting = Sighting(
        area_id=net.areas[area], unit_id=net.city.units[unit], grid_id=net.city.grids[grid], kind=kind,
        day=date(2026, 3, 5), days_abnormal=3, days_window=7, beyond_pct=8.0,
    )  # fmt: skip
    alerts.raise_alert(sighting=sighting, by=MACHINE, at=AT)
    deliver_all(twice=True)


def by_sql() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """select u.code, a.kind, count(*), count(*) filter (where a.state = 'verified'),
                      count(*) filter (where a.state = 'dismissed')
               from alerts_alert a join org_unit u on u.id = a.unit_id
               where a.raised_at >= '2026-03-01 00:00+08' and a.raised_at < '2026-04-01 00:00+08'
               group by u.code, a.kind order by u.code, a.kind"""
        )
        return cursor.fetchall()


def kept() -> list[tuple[Any, ...]]:
    rows = Snapshot.objects.order_by("unit__code", "kind")
    return list(rows.values_list("unit__code", "kind", "found", "verified", "dismissed"))


def test_snapshots_follow_the_facts_and_equal_plain_sql(net: Net) -> None:
    for kind, area in [("low_voltage", "A1"), ("overload", "A1"), ("low_voltage", "A2"), ("unbalance", "A3")]:
        sight(net, kind, area)
    assert kept() == by_sql()
    Alert.objects.filter(kind="low_voltage", area=net.areas["A2"]).update(state=State.VERIFIED)
    services.count_month(month=MARCH, by=MACHINE, at=AT)
    assert kept() == by_sql()
    assert [row[3] for row in kept()] == [1, 0, 0]


def test_an_order_that_ran_out_of_time_is_late_without_any_fact(net: Net) -> None:
    sight(net, "low_voltage")
    assert Snapshot.objects.get().late == 0
    services.count_month(month=MARCH, by=MACHINE, at=AT + timedelta(days=60))
    assert Snapshot.objects.get().late == 1


def test_counting_is_for_the_house_and_the_quality_office(net: Net) -> None:
    head = person(net.city, "head", Role.STATION, "42060201", "S3")
    with pytest.raises(Refused) as refusal:
        services.count_month(month=MARCH, by=head, at=AT)
    assert refusal.value.code == "not_allowed"


@pytest.mark.proves(
    "S0-32", "S0-33", page="indicators:home", service="longzhong.assessment.indicators.services.count_kind"
)
def test_the_page_shows_rate_target_and_the_list_behind(net: Net, django_assert_max_num_queries: Any) -> None:
    sight(net, "low_voltage", "A1")
    sight(net, "unbalance", "A3")
    Alert.objects.filter(kind="unbalance").update(state=State.VERIFIED)
    services.count_month(month=MARCH, by=MACHINE, at=AT)
    seen = browser(person(net.city, "youfu", Role.QUALITY, "420602"))
    seen.get(reverse("indicators:home"))
    with django_assert_max_num_queries(10):
        page = seen.get(reverse("indicators:home"), {"month": "2026-03"}).content.decode()
    assert "过/低电压、重过载治理率" in page
    assert "未达标" in page
    behind = "/alerts/?state=all&amp;month=2026-03&amp;group=unbalance"
    assert behind in page
    assert "檀溪一台区" in seen.get(behind.replace("&amp;", "&")).content.decode()


def test_a_station_sees_its_own_figures_only(net: Net) -> None:
    sight(net, "low_voltage", "A1")
    sight(net, "unbalance", "A3")
    head = person(net.city, "head", Role.STATION, "42060201", "S3")
    assert [line.unit_code for line in selectors.lines(head, MARCH)] == ["42060201"]
    grid = person(net.city, "zhang", Role.GRID, "42060201", "S1")
    assert [line.unit_code for line in selectors.lines(grid, MARCH)] == ["42060201"]


def test_an_empty_page_says_what_comes(net: Net) -> None:
    seen = browser(person(net.city, "youfu", Role.QUALITY, "420602"))
    assert "还没有可以计算的月份" in seen.get(reverse("indicators:home")).content.decode()
