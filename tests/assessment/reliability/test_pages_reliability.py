"""The pages of reliability by role: numbers that open their lists, frequent outage, seasons, guarantee plans."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from longzhong.assessment.reliability import services
from longzhong.assessment.reliability.models import Guarantee, SeasonItem, Watch
from longzhong.kit import clock
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as areas
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow
from tests.assessment.reliability.make import MACHINE, Place, at, off

pytestmark = pytest.mark.django_db
NOW = at("05-20 09:00")
TYPED = {
    "event": "高考保电", "from_on": "2026-06-01", "to_on": "2026-06-10", "sources": "1", "security_kw": "100",
    "generator_kw": "50", "contact": "单雄信", "phone": "13800138004", "client_key": "page-plan-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def thrice(place: Place, area: str = "A1") -> None:
    for day in (1, 5, 9):
        off(place, area, f"05-{day:02} 08:00", f"05-{day:02} 09:00")


@pytest.mark.proves("S0-37", page="reliability:home", service="longzhong.assessment.reliability.services.keep_base")
def test_every_number_opens_its_outages(place: Place) -> None:
    thrice(place)
    services.keep_base(by=MACHINE, at=NOW)
    leader = place.client("leader", "42")
    page = leader.get(reverse("reliability:home"), {"period": "2026-05"})
    assert "小时/户" in page.content.decode()
    saidi, saifi, _caidi, asai = page.context["page"].tiles
    assert (saidi.value, saifi.value) == (pytest.approx(6 / 5), pytest.approx(6 / 5))
    assert asai.value == pytest.approx(100 * (1 - 1.2 / page.context["page"].period.hours))
    behind = leader.get(saidi.href).context["page"].table
    assert [line.account_hours for line in behind.items] == [2.0, 2.0, 2.0]
    for asked in (
        {"period": "2026"},
        {"month": "2026-04"},
        {"period": "x"},
        {"kind": "planned"},
        {"kind": "x"},
        {"major": "1"},
    ):
        assert leader.get(reverse("reliability:home"), asked).status_code == 200
    assert leader.get(reverse("reliability:home"), {"export": "list"})["Content-Type"].endswith("sheet")
    assert leader.get(reverse("reliability:behind"), {"export": "list"})["Content-Type"].endswith("sheet")


def test_a_station_sees_its_own_numbers(place: Place) -> None:
    thrice(place)
    other = place.client("station", "42060202")
    page = other.get(reverse("reliability:home"), {"period": "2026-05"}).context["page"]
    assert [line.name for line in page.table.items] == ["檀溪所"] and page.tiles[0].value == 0
    asked = {"period": "2026-05", "unit": str(place.unit("42060201"))}
    assert other.get(reverse("reliability:behind"), asked).context["page"].table.items == []
    assert place.client("admin", "42").get(reverse("reliability:home")).status_code == 403


@pytest.mark.proves("S4-27", page="reliability:watch", service="longzhong.assessment.reliability.services.watch_areas")
def test_frequent_outage_is_red_has_its_outages_and_can_be_dismissed(place: Place) -> None:
    thrice(place)
    services.watch_areas(by=MACHINE, at=NOW)
    row = Watch.objects.get()
    quality = place.client("quality")
    for asked, number in (
        ({}, 1), ({"show": "red"}, 1), ({"show": "amber"}, 0), ({"show": "all"}, 1), ({"area": "隆中"}, 1), ({"unit": "x"}, 0),
    ):  # fmt: skip
        assert len(quality.get(reverse("reliability:frequent"), asked).context["page"].table.items) == number, asked
    address = reverse("reliability:watch", args=[row.pk])
    shown = quality.get(address)
    assert "隆中一台区" in shown.content.decode() and "红色" in shown.content.decode()
    assert len(shown.context["page"].felt) == 3
    assert place.client("station", "42060202").get(address).status_code == 404
    post = reverse("reliability:dismiss", args=[row.pk])
    assert quality.post(post, {"client_key": "page-dismiss-1"}).status_code == 409
    assert quality.post(post, {"client_key": "page-dismiss-2", "reason": "线路已改造"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "dismissed" and "线路已改造" in quality.get(address).content.decode()


@pytest.mark.proves(
    "S2-12", page="reliability:seasons", service="longzhong.assessment.reliability.services.draw_season"
)
def test_a_seasons_list_is_drawn_given_and_done(place: Place) -> None:
    thrice(place)
    services.watch_areas(by=MACHINE, at=NOW)
    quality, address = place.client("quality"), reverse("reliability:seasons")
    assert "清单还是空的" in quality.get(address).content.decode()
    assert quality.post(reverse("reliability:draw"), {"name": "迎峰度夏"}).status_code == 302
    item = SeasonItem.objects.get(risk="frequent")
    shown = quality.get(address, {"item": str(item.pk)})
    assert "频繁停电" in shown.content.decode() and [move.verb for move in shown.context["page"].opened.moves] == [
        "finish",
        "give",
    ]
    staff = place.net.city.staff["S3"]
    give = {"owner": str(staff), "due_on": "2026-05-30"}
    assert quality.post(reverse("reliability:give", args=[item.pk]), give).status_code == 302
    assert place.client("desk").post(reverse("reliability:finish", args=[item.pk]), {"note": "x"}).status_code == 403
    assert quality.post(reverse("reliability:finish", args=[item.pk]), {"note": "特巡完成"}).status_code == 302
    item.refresh_from_db()
    assert item.owner_id == staff and item.done_at == NOW
    assert len(quality.get(address, {"open": "1"}).context["page"].table.items) == 1
    assert quality.get(address, {"export": "list"})["Content-Type"].endswith("sheet")


@pytest.mark.proves(
    "S2-13", page="reliability:guarantee", service="longzhong.assessment.reliability.services.make_guarantee"
)
@pytest.mark.proves(
    "S2-14", page="reliability:guarantees", service="longzhong.assessment.reliability.services.tick_check"
)
def test_a_guarantee_plan_says_what_it_lacks(place: Place) -> None:
    account = customers.account_ids(["4200000000004"])["4200000000004"]
    quality = place.client("quality")
    empty = quality.get(reverse("reliability:guarantees"))
    assert [card.id for card in empty.context["page"].missing] == [account]
    new = reverse("reliability:new_guarantee", args=[account])
    assert quality.post(new, {**TYPED, "event": ""}).status_code == 200
    address = quality.post(new, TYPED)["Location"]
    shown = quality.get(address).content.decode()
    assert "应不小于保安负荷的 120%（120 kW）" in shown and "13800138004" not in shown
    row = Guarantee.objects.get()
    quality.post(reverse("reliability:tick", args=[row.pk, 0]))
    assert "检查项还有 4 项未完成" in quality.get(address).content.decode()
    revealed = quality.post(reverse("reliability:reveal", args=[row.pk]), {"reason": "核对值守"}, follow=True)
    assert "13800138004" in revealed.content.decode() and "13800138004" not in quality.get(address).content.decode()
    bad = quality.post(reverse("reliability:change_guarantee", args=[row.pk]), {**TYPED, "sources": "x"})
    assert bad.status_code == 200
    longer = {**TYPED, "to_on": "2026-08-01", "generator_kw": "120", "sources": "2"}
    quality.post(reverse("reliability:change_guarantee", args=[row.pk]), longer)
    listed = quality.get(reverse("reliability:guarantees")).context["page"].table.items
    assert [line.amber for line in listed] == [False]
    desk = place.client("desk")
    assert desk.get(address).context["page"].moves == []
    assert desk.post(reverse("reliability:end_guarantee", args=[row.pk]), {"reason": "x"}).status_code == 403
    assert quality.post(reverse("reliability:end_guarantee", args=[row.pk]), {"reason": "结束"}).status_code == 302
    assert "还没有保电方案" in quality.get(reverse("reliability:guarantees")).content.decode()


def test_lists_cost_few_queries(place: Place, django_assert_max_num_queries: Any) -> None:
    rows = [AreaRow(f"N{n:03}", f"新台区{n}", 200, section_code="S3", grid_code="G1") for n in range(55)]
    network.keep_areas(rows=rows, by=MACHINE, at=at("03-02 09:00"))
    place.net.areas.update(areas.area_ids([row.code for row in rows]))
    thrice(place, " ".join(row.code for row in rows))
    assert services.watch_areas(by=MACHINE, at=NOW) == 55
    quality = place.client("quality")
    quality.post(reverse("reliability:draw"), {"name": "迎峰度夏"})
    for name in ("home", "behind", "frequent", "seasons", "guarantees"):
        quality.get(reverse(f"reliability:{name}"))
        with django_assert_max_num_queries(10):
            page = quality.get(reverse(f"reliability:{name}")).context["page"]
        assert len(page.table.items) == 50 or name not in ("frequent", "seasons")


def test_the_alerts_board_shows_frequent_outage_with_its_prevention(place: Place) -> None:
    head = place.client("station", "42060201")
    assert "频繁停电预警" not in head.get("/alerts/").content.decode(), "nothing to say: no card"
    thrice(place)
    thrice(place, "A3")  # another station's
    off(place, "A2", "05-02 08:00", "05-02 09:00")
    off(place, "A2", "05-06 08:00", "05-06 09:00")
    services.watch_areas(by=MACHINE, at=NOW)
    shown = head.get("/alerts/").content.decode()
    watch = Watch.objects.get(area__code="A1")
    assert "红色 1 个台区，黄色 1 个" in shown
    assert reverse("reliability:watch", args=[watch.pk]) in shown
    assert reverse("reliability:watch", args=[Watch.objects.get(area__code="A3").pk]) not in shown
    assert watch.order_id is not None, "each has its prevention order"
