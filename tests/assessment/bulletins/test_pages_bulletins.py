"""The pages of bulletins: every number opens the list that it counts."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from longzhong.assessment.bulletins import jobs, services
from longzhong.assessment.bulletins.models import Answer, Bulletin
from longzhong.assessment.bulletins.rules import FIGURES, Figure
from longzhong.cases.hotline.models import Case
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org
from tests.assessment.bulletins.make import MONDAY, WEEK, many_cases
from tests.cases.hotline.make import Hotline, hotline_county
from tests.dispatch.make import sign_in

pytestmark = pytest.mark.django_db
HOUSE = Actor.machine("bulletins")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def hotline() -> Hotline:
    made = hotline_county()
    many_cases(made)
    return made


def drafted(hotline: Hotline) -> Bulletin:
    return services.draft_week(week=WEEK, unit_id=hotline.county.county, by=HOUSE, at=MONDAY)


def issued(hotline: Hotline, office: Client) -> Bulletin:
    made = drafted(hotline)
    office.post(
        reverse("bulletins:move", args=[made.pk, "issue"]), {"comment": "盯紧承诺", "client_key": "issue-page-01"}
    )
    return Bulletin.objects.get(pk=made.pk)


@pytest.mark.proves("S4-18", page="bulletins:board", service="longzhong.assessment.bulletins.services.draft_missing")
def test_the_house_drafts_and_the_office_issues(hotline: Hotline) -> None:
    jobs.draft_bulletins()
    office, head = hotline.client("office", "quality"), hotline.client("head", "station")
    rows = office.get(reverse("bulletins:board")).context["page"].table.items
    assert rows[0].week == WEEK and {row.state for row in rows} == {"draft"}
    assert head.get(reverse("bulletins:board")).context["page"].table.items == []
    made = Bulletin.objects.get(week=WEEK)
    empty = office.post(
        reverse("bulletins:move", args=[made.pk, "issue"]), {"comment": "", "client_key": "empty-000001"}
    )
    assert empty.status_code == 200 and Bulletin.objects.get(pk=made.pk).state == "draft"
    issued(hotline, office)
    (row,) = head.get(reverse("bulletins:board")).context["page"].table.items
    assert (row.pk, row.waiting == row.asked > 0) == (made.pk, True)
    assert office.get(reverse("bulletins:board"), {"export": "list"}).status_code == 200


@pytest.mark.proves("S4-18", page="bulletins:bulletin", service="longzhong.assessment.bulletins.services.answer")
def test_a_unit_answers_on_the_page(hotline: Hotline) -> None:
    made = issued(hotline, hotline.client("office", "quality"))
    head = hotline.client("head", "station")
    page = head.get(reverse("bulletins:bulletin", args=[made.pk])).context["page"]
    mine = [one for one in page.presses if one.moves]
    assert mine and {one.unit for one in mine} == {"檀溪供电所"} and len(mine) < len(page.presses)
    line = mine[0].line_id
    typed = {"measure": "", "promise_on": "2026-03-12", "client_key": "answer-00001", "bulletin": str(made.pk)}
    assert head.post(reverse("bulletins:answer", args=[line]), typed).status_code == 200
    head.post(reverse("bulletins:answer", args=[line]), {**typed, "measure": "周四前全部办结"})
    assert Answer.objects.get().line_id == line
    shown = head.get(reverse("bulletins:bulletin", args=[made.pk])).content.decode()
    assert "周四前全部办结" in shown and "2026-03-12" in shown


def test_every_number_opens_the_list_that_it_counts(hotline: Hotline) -> None:
    office = hotline.client("office", "quality")
    made = issued(hotline, office)
    for line in made.lines.all():
        asked = {"figure": line.figure, "unit": str(line.unit_id)}
        table = office.get(reverse("bulletins:behind", args=[made.pk]), asked).context["page"].table
        assert table.total == (line.base if FIGURES[Figure(line.figure)].share else line.number), line
    whole = office.get(reverse("bulletins:behind", args=[made.pk]), {"figure": "slow"}).context["page"].table
    assert whole.total == sum(line.number for line in made.lines.filter(figure="slow"))
    good = office.get(reverse("bulletins:behind", args=[made.pk]), {"figure": "satisfaction", "good": "1"})
    assert good.context["page"].table.total == sum(line.number for line in made.lines.filter(figure="satisfaction"))
    assert office.get(reverse("bulletins:behind", args=[made.pk]), {"figure": "x"}).status_code == 404


def test_the_list_behind_keeps_to_the_readers_scope(hotline: Hotline) -> None:
    made = issued(hotline, hotline.client("office", "quality"))
    head = hotline.client("head", "station")
    own = head.get(reverse("bulletins:behind", args=[made.pk]), {"figure": "slow"}).context["page"].table
    assert own.total == made.lines.get(figure="slow", unit=hotline.county.station).number


def test_the_workbook_has_a_sheet_a_unit(hotline: Hotline) -> None:
    office = hotline.client("office", "quality")
    made = issued(hotline, office)
    book = load_workbook(
        io.BytesIO(office.get(reverse("bulletins:bulletin", args=[made.pk]), {"export": "book"}).content)
    )
    assert book.sheetnames == ["全部单位", "太平供电所", "檀溪供电所"]
    told = book["全部单位"]
    assert told.max_row == 4
    slow = made.lines.get(figure="slow", unit=hotline.county.station)
    assert sum(row[0].value == "未在短时间办结" for row in book["檀溪供电所"].iter_rows()) == slow.number


def test_a_draft_can_be_recounted_and_nothing_else_done(hotline: Hotline) -> None:
    office, made = hotline.client("office", "quality"), drafted(hotline)
    page = office.get(reverse("bulletins:bulletin", args=[made.pk])).context["page"]
    assert [one.verb for one in page.moves] == ["recount", "issue"]
    office.post(reverse("bulletins:move", args=[made.pk, "recount"]), {"client_key": "recount-0001"})
    assert "重新统计" in office.get(reverse("bulletins:bulletin", args=[made.pk])).content.decode()
    assert (
        office.post(reverse("bulletins:move", args=[made.pk, "dance"]), {"client_key": "dance-00001"}).status_code
        == 404
    )
    assert hotline.client("head", "station").get(reverse("bulletins:bulletin", args=[made.pk])).status_code == 404


def test_the_list_of_bulletins_costs_few_queries(hotline: Hotline, django_assert_max_num_queries: Any) -> None:
    for n in range(55):
        Bulletin.objects.create(week=WEEK - timedelta(days=7 * n + 7), unit_id=hotline.county.county, counted_at=MONDAY)
    office = hotline.client("office", "quality")
    office.get(reverse("bulletins:board"))
    with django_assert_max_num_queries(10):
        assert len(office.get(reverse("bulletins:board")).context["page"].table.items) == 50


def office_of(_hotline: Hotline) -> int:
    """The county's quality office, a unit of its own."""
    return org.unit_ids(["YF"])["YF"]


def subscribed(dept: Client, unit: int, category: str, of_unit: int) -> Any:
    address = reverse("bulletins:subscribe", args=[unit])
    return dept.post(address, {"category": category, "of_unit": str(of_unit)})


@pytest.mark.proves("S2-02", page="bulletins:feed", service="longzhong.assessment.bulletins.services.subscribe")
def test_a_department_reads_what_it_subscribed_to(hotline: Hotline) -> None:
    county, own, address = hotline.county, office_of(hotline), reverse("bulletins:feed")
    dept = sign_in(county, "boss", "dept", unit=county.county)
    assert "还没有订阅" in dept.get(address).content.decode()
    subscribed(dept, own, "", county.station)
    page = dept.get(address).context["page"]
    wanted = Case.objects.filter(unit=county.station, opened_at__gte=MONDAY - timedelta(days=14), opened_at__lte=MONDAY)
    assert page.table.total == page.new == wanted.exclude(state="void").count() > 10
    newest = page.table.items[0].case_id
    Case.objects.filter(pk=newest).update(secrecy="confidential", content="不能给别人看")
    shown = dept.get(address).content.decode()
    assert "客户要求保密" in shown and "不能给别人看" not in shown
    Case.objects.filter(pk=newest).update(about_unit=own)
    assert dept.get(address).context["page"].table.total == page.table.total - 1
    dept.post(reverse("bulletins:read", args=[own]), {})
    assert dept.get(address).context["page"].new == 0
    assert dept.post(reverse("bulletins:subscribe", args=[own]), {"of_unit": "x"}).status_code == 200
    (kept,) = dept.get(address).context["page"].subscriptions
    dept.post(reverse("bulletins:unsubscribe", args=[kept.id]), {})
    assert dept.get(address, {"unit": own}).context["page"].table.total == 0


def test_who_works_for_no_department_is_told_so(hotline: Hotline) -> None:
    county, address = hotline.county, reverse("bulletins:feed")
    station_only = sign_in(county, "other", "dept", unit=county.other_station)
    assert "没有可以看共享信息的部门" in station_only.get(address).content.decode()
    assert hotline.client("head", "station").get(address).status_code == 403


def test_a_subscription_to_a_class_takes_all_below_it(hotline: Hotline) -> None:
    county, own = hotline.county, office_of(hotline)
    dept = sign_in(county, "boss", "dept", unit=county.county)
    subscribed(dept, own, str(categories.category("complaint").id), county.county)
    table = dept.get(reverse("bulletins:feed")).context["page"].table
    recent = Case.objects.filter(type="complaint", opened_at__gte=MONDAY - timedelta(days=14), opened_at__lte=MONDAY)
    assert table.total == recent.exclude(state="void").count() > 3
