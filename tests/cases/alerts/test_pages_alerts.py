"""The board and the API of alerts: scope, filters, few queries, empty and overlong."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import Level
from longzhong.register.org.rules import CST, Role
from tests.register.access.make import person
from tests.register.network.make import Net, network
from tests.register.policies.make import browser, packs

AT = datetime(2026, 3, 6, 3, 0, tzinfo=CST)
pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> Net:
    packs()
    return network()


def alerts(net: Net, number: int) -> None:
    """Many alerts at once: one a meter, as a night of dying meters leaves them."""
    Alert.objects.bulk_create(
        Alert(
            area_id=net.areas["A1"], unit_id=net.city.units["42060201"], grid_id=net.city.grids["G1"], kind="flat",
            quality=True, meter=f"M{n:04d}", level=Level.BLUE, raised_at=AT, first_on=date(2026, 3, 3), last_on=date(2026, 3, 5),
        )
        for n in range(number)
    )  # fmt: skip


def quality(net: Net) -> Client:
    return browser(person(net.city, "youfu", Role.QUALITY, "420602"))


def shown(page: Any) -> int:
    """How many alerts a page links to."""
    return len(set(re.findall(r'"/alerts/(\d+)/"', page.content.decode())))


def test_a_page_of_fifty_costs_few_queries(net: Net, django_assert_max_num_queries: Any) -> None:
    alerts(net, 60)
    seen = quality(net)
    seen.get(reverse("alerts:board"))
    with django_assert_max_num_queries(10):
        page = seen.get(reverse("alerts:board"))
    assert shown(page) == 50


def test_the_board_filters_by_kind_level_area_and_day(net: Net) -> None:
    alerts(net, 3)
    seen = quality(net)
    for asked, number in [
        ({"kind": "flat"}, 3), ({"kind": "low_voltage"}, 0), ({"level": "3"}, 3), ({"level": "1"}, 0),
        ({"area": "隆中"}, 3), ({"area": "A1"}, 3), ({"since": "2026-03-07"}, 0), ({"since": "nonsense"}, 3),
        ({"state": "verified"}, 0), ({"state": "all"}, 3),
    ]:  # fmt: skip
        assert shown(seen.get(reverse("alerts:board"), asked)) == number, asked


def test_an_empty_board_says_what_comes_next(net: Net) -> None:
    assert "曲线研判后出现" in quality(net).get(reverse("alerts:board")).content.decode()


def test_the_api_shows_what_the_scope_covers(net: Net) -> None:
    alerts(net, 2)
    listed = quality(net).get("/api/alerts/").json()
    assert [(row["area_code"], row["kind"]) for row in listed] == [("A1", "flat")] * 2
    assert quality_of_elsewhere(net).get("/api/alerts/").json() == []
    refusal = quality_of_elsewhere(net).get(f"/api/alerts/{listed[0]['id']}")
    assert (refusal.status_code, refusal.json()["error"]["code"]) == (404, "not_found")
    assert Client().get("/api/alerts/").status_code == 401


def quality_of_elsewhere(net: Net) -> Client:
    login = f"fancheng{Alert.objects.count()}{id(object())}"
    return browser(person(net.city, login, Role.QUALITY, "420606"))
