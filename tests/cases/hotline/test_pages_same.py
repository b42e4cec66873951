"""The pages of repeats and of the same matter, as people use them."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Case, Link, Oversight, Promise
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.repeats import LISTENING, UrgeReason
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock, outbox
from tests.cases.hotline.make import MORNING, PLAIN, SYSTEM, Hotline, a_case

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BILL, LOW, OUT = "enquiry.bill", "repair.quality.low", "repair.lv.area_out"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> object:
    with clock.frozen(MORNING + 5 * DAY):
        yield


def closed(case: Case, when: object) -> None:
    matters.stop_clocks(matter=f"hotline.case:{case.pk}", names=None, by=SYSTEM, at=when)  # type: ignore[arg-type]
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_at=when)


def told_thrice(hotline: Hotline, **changes: object) -> list[Case]:
    cases = []
    for day in range(3):
        cases.append(a_case(hotline, BILL, "电费怎么突然多了三百块", when=MORNING + day * DAY, **changes))  # type: ignore[arg-type]
        outbox.deliver_all()
        if day < 2:
            closed(cases[-1], MORNING + day * DAY + HOUR)
    return cases


def step(client: Client, case: Case, verb: str, **fields: object) -> int:
    given = {"client_key": str(uuid.uuid4()), **fields}
    return client.post(f"/calls/same/{case.pk}/{verb}/", given).status_code


@pytest.mark.proves("S4-17", page="hotline:thorough", service="longzhong.cases.hotline.services.count_repeat")
def test_each_case_on_time_and_solved_thoroughly(hotline: Hotline) -> None:
    first, second, third = told_thrice(hotline)
    good = a_case(hotline, BILL, account=3, when=MORNING)
    closed(good, MORNING + HOUR)
    services.count_repeat(case_id=third.pk, by=SYSTEM, at=MORNING + 3 * DAY)
    page = hotline.client("office", "quality").get("/calls/repeats/thorough/?month=2026-03")
    text = page.content.decode()
    assert page.status_code == 200
    assert [(line.closed, line.again) for line in page.context["page"].units] == [(3, 2)]
    assert [(line.name, line.again) for line in page.context["page"].people] == [("王坐席", 2)]
    again = hotline.client("head", "station").get("/calls/repeats/thorough/?month=2026-03&again=1")
    assert {row.pk for row, _late in again.context["page"].table.items} == {first.pk, second.pk}
    assert "未再来" in text
    assert "重复率" in text
    assert hotline.client("zhang", "grid").get("/calls/repeats/thorough/?month=x").status_code == 200


def test_the_repeats_list_says_who_what_how_often_owner_and_promise(hotline: Hotline) -> None:
    *_earlier, last = told_thrice(hotline)
    a_case(hotline, LOW, account=3)
    Promise.objects.create(case=last, text="周五前上门核表", made_at=MORNING, due_at=MORNING + 9 * DAY)
    desk = hotline.client()
    page = desk.get("/calls/repeats/")
    (line,) = page.context["page"].table.items
    assert (line.case.pk, line.case.calls_count, line.earlier, line.level) == (last.pk, 3, 2, 1)
    text = page.content.decode()
    for word in ("王坐席", "周五前上门核表", "1 级督办", "电量电费", "还剩"):
        assert word in text
    for plain in PLAIN:
        if plain != "张惠芳":  # also a manager's name
            assert plain not in text
    assert len(desk.get("/calls/repeats/?times=3&open=1&type=enquiry").context["page"].table.items) == 1
    assert desk.get("/calls/repeats/?times=4").context["page"].table.items == []
    book = load_workbook(BytesIO(desk.get("/calls/repeats/?export=list").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=1)][-1] == last.number
    far = hotline.client("other", "desk")
    assert far.get("/calls/repeats/").status_code == 200
    assert Client().get("/calls/repeats/").status_code == 302
    assert hotline.client("chief", "auditor").get("/calls/repeats/").status_code == 403


def test_a_confidential_caller_is_not_named(hotline: Hotline) -> None:
    told_thrice(hotline, secrecy=Secrecy.CONFIDENTIAL)
    page = hotline.client("head", "station").get("/calls/repeats/")
    (line,) = page.context["page"].table.items
    assert (line.caller, line.phone) == ("", "")
    assert "未登记或保密" in page.content.decode()


def test_fifty_rows_cost_at_most_ten_queries(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    rows = []
    for number in range(55):
        row = Case.objects.get(pk=case.pk)
        row.pk, row.number, row.calls_count, row.external_no = None, f"SQX{number}", 3, ""
        rows.append(row)
    Case.objects.bulk_create(rows)
    desk = hotline.client()
    for address in ("/calls/repeats/", "/calls/repeats/first/?month=2026-03", "/calls/repeats/thorough/?month=2026-03"):
        Case.objects.filter(number__startswith="SQX").update(
            **({"state": State.CLOSED, "closed_at": MORNING + HOUR} if "thorough" in address else {})
        )
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(address)
        items = page.context["page"].table.items
        assert len(items) == (1 if "first" in address else 50), address
        assert len(asked) <= 10, [row["sql"][:120] for row in asked]


def test_first_contact_page_opens_the_list_that_it_counts(hotline: Hotline) -> None:
    case = a_case(hotline, LOW)
    services.urge(case_id=case.pk, reason=UrgeReason.OVERDUE, by=hotline.desk, at=MORNING + 5 * HOUR)
    desk = hotline.client()
    page = desk.get("/calls/repeats/first/?month=2026-03")
    assert [tile.value for tile in page.context["page"].tiles] == [0.0, 1, 1, 0]
    assert "72 小时内没有再来" in page.content.decode()
    assert len(desk.get("/calls/repeats/first/?month=2026-03&again=1").context["page"].table.items) == 1
    assert desk.get("/calls/repeats/first/?month=2026-03&again=0").context["page"].table.items == []
    assert desk.get("/calls/repeats/first/?month=2026-02").context["page"].tiles[0].value is None


def test_the_same_page_explains_joins_parts_and_urges(hotline: Hotline) -> None:
    parent = a_case(hotline, OUT, when=MORNING + 4 * DAY)
    child = a_case(hotline, OUT, account=2, when=MORNING + 4 * DAY + HOUR)
    desk = hotline.client()
    text = desk.get(f"/calls/same/{child.pk}/").content.decode()
    assert f"/calls/same/{child.pk}/" in desk.get(f"/calls/cases/{child.pk}/").content.decode()
    assert f"/finals/new/{child.pk}/" in text
    for word in ("同一台区，24 小时内报同类问题", "并入这一件", "不是同一件事", parent.number or ""):
        assert word in text
    assert step(desk, child, "join", other=parent.pk) == 302
    text = desk.get(f"/calls/same/{child.pk}/").content.decode()
    assert "主单" in text
    assert "拆出主单" in text
    assert step(desk, child, "leave", reason="查明是表箱问题") == 302
    assert step(desk, child, "link", other=parent.pk) == 302
    assert "重复致电" in desk.get(f"/calls/same/{child.pk}/").content.decode()
    assert step(desk, child, "override", other=parent.pk, reason="两个台区") == 302
    assert "人工判为不同事项" in desk.get(f"/calls/same/{child.pk}/").content.decode()
    assert Link.objects.get().by_staff_id == hotline.county.staff["wang"]
    assert step(desk, child, "urge", code="overdue", reason="等了一天") == 302
    text = desk.get(f"/calls/same/{child.pk}/").content.decode()
    assert "待答复" in text
    assert "超过承诺时间未办结" in text
    assert step(desk, child, "answer_urge", number=1, reason="今晚八点前恢复") == 302
    assert "已答复" in desk.get(f"/calls/same/{child.pk}/").content.decode()


def test_a_press_twice_is_one_urge_and_what_isnt_whole_is_refused(hotline: Hotline) -> None:
    case = a_case(hotline, LOW)
    desk = hotline.client()
    for _press in range(2):
        assert step(desk, case, "urge", code="overdue", client_key="urge-key-1") == 302
    assert case.urges.count() == 1
    assert step(desk, case, "urge", code="angry") == 409  # urge_reason_unknown
    assert step(desk, case, "join") == 409  # field_missing
    assert step(desk, case, "burn") == 409  # no_such_move
    assert step(desk, case, "leave") == 409
    assert step(hotline.client("other", "station"), case, "urge", code="overdue") in (302, 404)
    boss = hotline.client("boss", "leader")
    assert step(boss, case, "urge", code="overdue") == 403


def test_the_page_of_a_final_answer_gives_the_words_to_say(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    services.finalize(case_id=case.pk, number="ZD1", by=SYSTEM, at=MORNING + HOUR)
    text = hotline.client().get(f"/calls/same/{case.pk}/").content.decode()
    assert LISTENING[:20] in text
    assert "登记催办" not in text


def test_oversight_is_shown(hotline: Hotline) -> None:
    *_earlier, last = told_thrice(hotline)
    assert Oversight.objects.count() == 1
    text = hotline.client("head", "station").get(f"/calls/same/{last.pk}/").content.decode()
    assert "已提级督办" in text
    assert "上一件已归档" in text
