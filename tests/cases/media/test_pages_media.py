"""Public opinion through its pages, by role."""

import uuid
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import State
from longzhong.kit import clock
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case
from tests.cases.media.make import CONTENT, MINUTE, TEXT, in_state

NOW = MORNING + 20 * MINUTE
pytestmark = pytest.mark.django_db


def step(client: Client, row: Item, verb: str, key: str = "", **fields: object) -> int:
    given = {"client_key": key or str(uuid.uuid4()), **fields}
    return client.post(f"/media/{row.pk}/{verb}/", given).status_code


def typed(hotline: Hotline, **changes: object) -> dict[str, object]:
    given = {
        "unit": hotline.county.county, "platform": "douyin", "topic": "outage", "title": "又停电了", "content": CONTENT,
        "url": "https://example.com/v/1", "area": "A1", "views": 200000, "comments": 10, "reposts": 2, "client_key": "find-key-1",
    }  # fmt: skip
    return {**given, **changes}


@pytest.mark.proves("S1-33", page="media:detail", service="longzhong.cases.media.services.answer")
def test_a_post_about_an_outage_is_graded_reported_and_answered(hotline: Hotline) -> None:
    report = NewReport(devices=Devices(areas=(hotline.areas["A1"],)), confirmed=True)
    outage = outages.report_outage(report=report, by=SYSTEM, at=MORNING)
    case = a_case(hotline)
    office, head, boss = (
        hotline.client("office", "quality"),
        hotline.client("head", "station"),
        hotline.client("boss", "leader"),
    )
    with clock.frozen(NOW):
        made = office.post("/media/new/", typed(hotline))
        assert made["Location"] == office.post("/media/new/", typed(hotline))["Location"]
        row = Item.objects.get()
        board = office.get("/media/").content.decode()
        assert "停电中" in board
        page = office.get(f"/media/{row.pk}/").content.decode()
        assert "这个台区正在停电" in page
        assert "13900139000" not in page
        assert reverse("outages:detail", args=[outage]) in page
        assert step(office, row, "grade", grade="major") == 302
        assert step(office, row, "assign", owner=hotline.county.staff["head"]) == 302
        assert step(office, row, "tie", label=reverse("hotline:case", args=[case.pk])) == 302
        assert step(office, row, "tie", label=f"outages.outage:{outage}") == 302
        assert step(head, row, "draft", text=TEXT) == 302
        assert step(head, row, "approve") == 403
        assert "批准口径" in boss.get(f"/media/{row.pk}/").content.decode()
        assert step(boss, row, "approve", reason="可以", key="approve-key") == 302
        assert step(boss, row, "approve", reason="可以", key="approve-key") == 302
        assert step(head, row, "answer", where="公司官微") == 409  # report_first
        assert step(head, row, "report", reason="电话报陈经理") == 302
        assert step(head, row, "answer", where="公司官微") == 302
        assert step(office, row, "close", reason="热度回落") == 302
        page = head.get(f"/media/{row.pk}/").content.decode()
        for word in (TEXT, "陈经理", "王所长", "已平息", "电话报陈经理", "公司官微", "重大"):
            assert word in page
        assert row.title in head.get(reverse("hotline:case", args=[case.pk])).content.decode()


def test_what_was_typed_stays(hotline: Hotline) -> None:
    office = hotline.client("office", "quality")
    answer = office.post("/media/new/", typed(hotline, platform=""))
    assert (answer.status_code, "又停电了" in answer.content.decode()) == (200, True)
    row = in_state(hotline, State.HANDLING)
    short = office.post(f"/media/{row.pk}/draft/", {"text": "太短", "client_key": "draft-key-1"})
    assert (short.status_code, "太短" in short.content.decode()) == (200, True)
    wrong = office.post(f"/media/{row.pk}/reassign/", {"owner": "999999", "reason": "换人", "client_key": "owner-key"})
    assert wrong.status_code == 200
    assert step(office, row, "burn") == 409
    assert step(office, row, "measure", views=300, comments=1, reposts=1) == 302


def test_a_pasted_list(hotline: Hotline) -> None:
    office = hotline.client("office", "quality")
    assert "粘贴" in office.get("/media/paste/").content.decode()
    given = {"unit": hotline.county.county, "text": "平台,标题\n微博,停电\n飞鸽,停电", "client_key": "paste-key-1"}
    page = office.post("/media/paste/", given).content.decode()
    assert "不认识的平台：飞鸽" in page
    assert "飞鸽,停电" in page
    assert Item.objects.count() == 1
    clean = {**given, "text": "平台,标题\n微信,停电", "client_key": "paste-key-2"}
    assert office.post("/media/paste/", clean)["Location"] == "/media/"
    assert office.post("/media/paste/", {**given, "text": "", "client_key": "paste-key-3"}).status_code == 200


def test_who_may_look(hotline: Hotline) -> None:
    row = in_state(hotline, State.GRADED)
    desk = hotline.client()
    assert desk.get(f"/media/{row.pk}/").status_code == 200
    assert desk.get("/media/new/").status_code == 200
    assert hotline.client("boss", "leader").get("/media/new/").status_code == 403
    assert hotline.client("zhang", "grid").get("/media/").status_code == 403
    assert hotline.client("chief", "auditor").get("/media/").status_code == 403
    assert Client().get("/media/").status_code == 302
    assert "没有符合条件的舆情" in desk.get("/media/?state=closed").content.decode()


def test_fifty_rows_cost_at_most_ten_queries_and_export(hotline: Hotline) -> None:
    Item.objects.bulk_create(
        Item(
            platform="weibo", topic="outage", title="很长的标题" * 24, posted_at=MORNING, found_at=MORNING, measured_at=MORNING,
            unit_id=hotline.county.station, area_id=hotline.areas["A1"], suggested="minor", views=number,
        )
        for number in range(55)
    )  # fmt: skip
    desk = hotline.client()
    desk.get("/media/")
    with CaptureQueriesContext(connection) as asked:
        page = desk.get("/media/")
    assert len(page.context["page"].table.items) == 50
    assert len(asked) <= 10, [row["sql"][:100] for row in asked]
    book = load_workbook(BytesIO(desk.get("/media/?topic=outage&platform=weibo&export=list").content))
    assert len(list(book.active.iter_rows())) >= 55
