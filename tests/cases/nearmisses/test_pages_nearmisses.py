"""The pages of averted complaints and of the service record, by role."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from longzhong.cases.nearmisses import selectors, services
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.org import services as org
from longzhong.register.org.rules.rows import StaffRow
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case, hotline_county
from tests.cases.nearmisses.make import a_near_miss, step

pytestmark = pytest.mark.django_db
TYPED = {
    "reason": "temper", "means": ["apologised", "on_site"], "place": "visit", "mood_before": "furious", "mood_after": "calm",
    "words": "上门谈通了", "client_key": "page-key-0001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


@pytest.fixture
def hotline() -> Hotline:
    return hotline_county()


@pytest.mark.proves("S0-16", page="nearmisses:new", service="longzhong.cases.nearmisses.services.record_near_miss")
def test_three_presses_record_what_was_dissolved(hotline: Hotline) -> None:
    browser, staff = hotline.client("zhang", "grid"), hotline.county.staff
    assert "怎么化解的" in browser.get(reverse("nearmisses:new")).content.decode()
    answer = browser.post(reverse("nearmisses:new"), {**TYPED, "staff": staff["zhang"]})
    row = NearMiss.objects.get()
    assert answer["Location"] == reverse("nearmisses:detail", args=[row.pk])
    assert (row.reason, row.means, row.place, row.mood_before) == (
        "temper",
        ["apologised", "on_site"],
        "visit",
        "furious",
    )
    shown = browser.get(answer["Location"]).content.decode()
    assert "当面致歉、上门服务" in shown and "非常激动 → 一般" in shown and "上门谈通了" in shown
    listed = browser.get(reverse("nearmisses:board"), {"reason": "temper"}).content.decode()
    assert str(row.number) in listed and "客户性格情绪" in listed


def test_what_is_missing_is_said_and_nothing_typed_is_lost(hotline: Hotline) -> None:
    typed = {**TYPED, "means": [], "staff": hotline.county.staff["zhang"]}
    answer = hotline.client("zhang", "grid").post(reverse("nearmisses:new"), typed)
    assert answer.status_code == 200 and "上门谈通了" in answer.content.decode()
    assert not NearMiss.objects.exists()


def test_a_case_fills_the_form(hotline: Hotline) -> None:
    case = a_case(hotline, mood="furious", root_cause="supply")
    form = hotline.client().get(reverse("nearmisses:new"), {"case": case.pk}).context["page"].form
    assert (form.initial["case"], form.initial["reason"], form.initial["mood_before"]) == (case.pk, "supply", "furious")
    assert form.initial["category"] == str(case.category_id)
    assert hotline.client("li", "grid").get(reverse("nearmisses:new"), {"case": "99999"}).status_code == 404


def test_the_head_confirms_on_the_page(hotline: Hotline) -> None:
    made = a_near_miss(hotline.manager)
    head = hotline.client("head", "station")
    page = head.get(reverse("nearmisses:detail", args=[made])).context["page"]
    assert [one.verb for one in page.moves] == ["confirm", "send_back"]
    head.post(reverse("nearmisses:move", args=[made, "confirm"]), {"client_key": "confirm-0001"})
    assert NearMiss.objects.get(pk=made).state == "confirmed"
    empty = head.post(reverse("nearmisses:move", args=[made, "revoke"]), {"client_key": "revoke-00001", "words": ""})
    assert empty.status_code == 200 and NearMiss.objects.get(pk=made).state == "confirmed"
    mine = hotline.client("zhang", "grid").get(reverse("nearmisses:detail", args=[made])).context["page"]
    assert mine.moves == []


def test_the_list_filters_exports_and_keeps_to_the_scope(hotline: Hotline) -> None:
    a_near_miss(hotline.manager)
    step(a_near_miss(hotline.desk, place="phone", reason="supply"), "confirm", hotline.quality)
    office = hotline.client("office", "quality")
    for asked, number in (
        ({}, 2), ({"state": "confirmed"}, 1), ({"state": "nonsense"}, 2), ({"place": "phone"}, 1), ({"reason": "temper"}, 0),
        ({"from": "2026-03-03"}, 0), ({"to": "2026-03-01"}, 0), ({"from": "x"}, 2), ({"q": "王坐席"}, 1),
    ):  # fmt: skip
        assert len(office.get(reverse("nearmisses:board"), asked).context["page"].table.items) == number, asked
    assert office.get(reverse("nearmisses:board"), {"export": "list"})["Content-Type"].endswith("sheet")
    zhang = hotline.client("zhang", "grid").get(reverse("nearmisses:board")).context["page"]
    assert [one.staff_id for one in zhang.table.items] == [hotline.county.staff["zhang"]]


def test_an_empty_list_says_what_to_do(hotline: Hotline) -> None:
    assert "三下就记好" in hotline.client().get(reverse("nearmisses:board")).content.decode()


@pytest.mark.proves("S0-11", page="nearmisses:record", service="longzhong.cases.nearmisses.services.mark_case")
def test_fourteen_years_without_a_complaint_until_there_is_one(hotline: Hotline) -> None:
    veteran = StaffRow("old", "郝站长", "13800000099", "ST", "台区经理", "grid")
    org.keep_staff(rows=[veteran], from_on=date(2012, 3, 2), by=SYSTEM, at=MORNING)
    old = next(line for line in selectors.staff_lines(hotline.head, MORNING.date()) if line.code == "old")
    assert (old.streak.words, old.complaints) == ("14年", 0)
    head = hotline.client("head", "station")
    assert "零投诉 14年" in head.get(reverse("nearmisses:record", args=[old.id])).content.decode()
    top = head.get(reverse("nearmisses:staff")).context["page"].table.items
    assert top[0].id == old.id
    leaf = categories.leaves("complaint")[0].code
    case = a_case(hotline, leaf, "态度不好", about_staff_id=old.id)
    services.mark_case(case_id=case.pk, by=Actor.machine("tests"), at=MORNING)
    page = head.get(reverse("nearmisses:record", args=[old.id])).context["page"]
    assert page.tiles[0].value == 0 and page.tiles[1].value == 1
    assert [(mark.kind, mark.standing.label) for mark in page.marks] == [("投诉", "未定性")]
    services.set_standing(cause=f"hotline.case:{case.pk}", standing="dismissed", by=hotline.quality, at=MORNING)
    assert "零投诉 14年" in head.get(reverse("nearmisses:record", args=[old.id])).content.decode()


def test_the_service_record_lists_what_somebody_dissolved(hotline: Hotline) -> None:
    made = a_near_miss(hotline.manager)
    step(made, "confirm", hotline.head)
    zhang = hotline.county.staff["zhang"]
    page = hotline.client("zhang", "grid").get(reverse("nearmisses:record", args=[zhang])).context["page"]
    assert [row.pk for row in page.table.items] == [made] and page.years[0].averted == 1
    assert hotline.client("head", "station").get(reverse("nearmisses:record", args=[0])).status_code == 404


def test_lists_cost_few_queries(hotline: Hotline, django_assert_max_num_queries: Any) -> None:
    for _n in range(55):
        a_near_miss(hotline.manager)
    office = hotline.client("office", "quality")
    for name in ("nearmisses:board", "nearmisses:staff"):
        office.get(reverse(name))
        with django_assert_max_num_queries(10):
            page = office.get(reverse(name)).context["page"]
    assert page.table.total > 5
