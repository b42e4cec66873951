"""Numbers on the screen against plain SQL written by hand: what a tile says is what the tables hold."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse

from longzhong.cases.hotline.models import Case
from longzhong.kit import clock
from longzhong.register.org.rules import Role
from longzhong.sensing.outages.models import Outage
from longzhong.surfaces.portal.models import Rating
from tests.house import around_rows as around
from tests.register.access.make import person
from tests.register.network.make import Net, network
from tests.register.policies.make import browser, packs

TILE = r'lz-tile-label">(?:<svg.*?</svg>)?\s*{label}</span>\s*<span class="lz-tile-row"><span class="lz-tile-value">([\d,.]+)'
pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> Iterator[Net]:
    with clock.frozen(around.AT):
        packs()
        yield network()


def shown(net: Net, role: Role, page: str, *labels: str, unit: str = "42") -> list[float]:
    """The figures of these tiles, as a browser gets them."""
    answer = browser(person(net.city, "somebody", role, unit, "S1")).get(reverse(page))
    html = answer.content.decode()
    found = [re.search(TILE.format(label=re.escape(label)), html, re.S) for label in labels]
    assert all(found), (labels, page)
    return [float(one.group(1).replace(",", "")) for one in found if one]


def sql(query: str, *values: Any) -> float:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return float(cursor.fetchone()[0])


def test_live_late_and_waiting_cases_of_the_cockpit(net: Net) -> None:
    around.loop(net)
    Case.objects.filter(pk__in=list(Case.objects.values_list("pk", flat=True))[::3]).update(
        due_at=around.AT - around.HOUR
    )
    live = "state not in ('closed', 'final', 'void')"
    told = shown(net, Role.LEADER, "cockpit:home", "未办结诉求", "超时诉求", "待回访", "待处理来电")
    assert told == [
        sql(f"select count(*) from hotline_case where {live}"),
        sql(f"select count(*) from hotline_case where {live} and due_at < %s", around.AT),
        sql("select count(*) from hotline_case where state = 'calling'"),
        sql("select count(*) from hotline_call where outcome = 'kept'"),
    ]
    assert told[1] > 0


def test_orders_that_no_crew_got(net: Net) -> None:
    around.crews(net)
    told = shown(net, Role.STATION, "crews:board", "没有排上", "已排工单", unit="42060201")
    current = "join crews_plan p on p.id = plan_id where p.current and p.unit_id = %s"
    assert told == [
        sql(f"select count(*) from crews_unplaced {current}", around.here(net)),
        sql(f"select count(*) from crews_stop {current}", around.here(net)),
    ] == [30, 30]  # fmt: skip


def test_customer_hours_of_the_plans(net: Net) -> None:
    around.plans(net)
    Outage.objects.update(accounts=F("id") % 7, important=F("id") % 3)
    told = shown(net, Role.DESK, "outages:plans", "计划停电时户数", "涉及重要客户")
    hours = "extract(epoch from planned_end - planned_start) / 3600"
    assert told == pytest.approx([
        sql(f"select sum(accounts * {hours}) from outages_outage where state = 'announced'"),
        sql("select sum(important) from outages_outage where state = 'announced'"),
    ])  # fmt: skip


def test_the_average_of_the_stars(net: Net) -> None:
    around.ratings(net)
    Rating.objects.update(stars=F("id") % 5 + 1)
    told = shown(net, Role.QUALITY, "portal:ratings", "评价", "平均", "低评价")
    assert told == pytest.approx([
        sql("select count(*) from portal_rating"),
        sql("select round(avg(stars), 1) from portal_rating"),
        sql("select count(*) from portal_rating where stars <= 2"),
    ])  # fmt: skip


def test_what_a_customer_owes(net: Net) -> None:
    around.owed(net)
    seen = browser(person(net.city, "somebody", Role.STATION, "42060201", "S1"))
    page = seen.get(reverse("disconnections:arrears")).context["page"]
    row = page.table.items[0]
    fen = sql(
        "select sum(amount_fen) from disconnections_arrears where paid_at is null and account_id = %s",
        row["account_id"],
    )
    assert f"{fen / 100:,.2f} 元" in seen.get(reverse("disconnections:arrears")).content.decode()
    assert page.table.total == sql(
        "select count(distinct account_id) from disconnections_arrears where paid_at is null"
    )
