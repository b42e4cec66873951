"""The pages of the handling as people use them, and the proofs of what was asked for."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import Channel
from longzhong.cases.hotline.services import Caller
from longzhong.kit import clock
from longzhong.kit.models import JournalEntry
from tests.cases.hotline.acts import (
    accepted,
    closed,
    dispatched,
    do_work,
    listed,
    minutes,
    order_of,
    replied,
    seen,
    settle,
    step,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case

pytestmark = pytest.mark.django_db


PAGES = ("cases", "mine", "promises", "callbacks", "audit")


MOST = 10


def test_the_board_filters_searches_and_exports(hotline: Hotline, desk: Client) -> None:
    repair = a_case(hotline, text="楼道灯亮着家里没电")
    asks = a_case(hotline, code="enquiry", text="阶梯电价怎么算", channel=Channel.HALL)
    done = closed(hotline, account=2)
    assert set(listed(desk, "cases/")) == {repair.number, asks.number}
    assert listed(desk, "cases/?state=closed") == [done.number]
    assert listed(desk, "cases/?type=enquiry") == listed(desk, "cases/?channel=hall") == [asks.number]
    assert listed(desk, "cases/?q=阶梯电价") == listed(desk, f"cases/?q={asks.number}") == [asks.number]
    assert listed(desk, "cases/?state=all&unit=ST&back=1") == []
    assert repair.number in listed(desk, "cases/?state=late", minutes(60))
    with clock.frozen(minutes(10)):
        book = load_workbook(BytesIO(desk.get("/calls/cases/?export=list").content))
    assert len(list(book.active.iter_rows(min_row=2))) >= 2
    other = hotline.client("other", "station")
    assert hotline.county.other_station
    with clock.frozen(minutes(10)):
        assert other.get(f"/calls/cases/{repair.pk}/").status_code in (200, 404)


@pytest.mark.parametrize("address", PAGES)
def test_fifty_cases_cost_at_most_ten_queries(hotline: Hotline, desk: Client, address: str) -> None:
    who = hotline.client("office", "quality")
    cases = [a_case(hotline, text=f"第{n}件没电") for n in range(12)]
    for case in cases:
        services.promise(case_id=case.pk, text="明早恢复", due_at=minutes(900), by=hotline.desk, at=minutes(4))
    ended = {"closed_at": minutes(9), "state": State.CLOSED, "outcome": "satisfied"}
    Case.objects.filter(pk__in=[case.pk for case in cases[:4]]).update(**ended)
    Case.objects.filter(pk__in=[case.pk for case in cases[4:8]]).update(state=State.CALLING)
    with clock.frozen(minutes(10)):
        assert who.get(f"/calls/{address}/").status_code == 200
        with CaptureQueriesContext(connection) as asked:
            page = who.get(f"/calls/{address}/")
    assert page.status_code == 200
    assert len(asked) <= MOST, "\n".join(row["sql"][:150] for row in asked.captured_queries)


def test_empty_pages_say_what_to_do_next(hotline: Hotline, desk: Client) -> None:
    quality = hotline.client("office", "quality")
    for address in PAGES:
        text = quality.get(f"/calls/{address}/").content.decode()
        assert "lz-empty" in text, address
    assert desk.get("/calls/audit/").status_code == 403


def test_a_case_through_its_pages(hotline: Hotline, desk: Client, zhang: Client) -> None:
    case = a_case(hotline, text="家里没电，我叫张惠芳，电话13800138001")
    page = seen(desk, case)
    for word in ("为什么是这个时限", "派单", "首问负责人", "王坐席", "作出承诺"):
        assert word in page, word
    assert "13800138001" not in page
    assert step(desk, case, "dispatch") == 302
    settle(case)
    assert case.state == State.DISPATCHED
    assert "接单前仍由首问负责人负责" in seen(desk, case)
    do_work(settle(case), hotline.manager, minutes(11))
    assert case.state == State.CALLING
    own = seen(zhang, case, minutes(80))
    assert "登记回访" not in own, "nobody calls back about their own work"
    assert step(desk, case, "call", minutes(80), code="review", result="dissatisfied") == 409
    assert step(desk, case, "call", minutes(80), code="review", result="satisfied") == 302
    assert settle(case).state == State.CLOSED
    assert "抢修四句" in seen(desk, case, minutes(90))


def test_what_was_typed_stays_when_the_form_isnt_whole(hotline: Hotline, desk: Client) -> None:
    case = a_case(hotline)
    with clock.frozen(minutes(10)):
        answer = desk.post(f"/calls/cases/{case.pk}/promise/", {"client_key": "k" * 12, "reason": "明早八点前恢复"})
    assert answer.status_code == 200
    assert "明早八点前恢复" in answer.content.decode()


def test_mine_shows_what_is_mine_offered_and_free(hotline: Hotline, head: Client, zhang: Client) -> None:
    free, mine_ = a_case(hotline, text="没人认领"), accepted(hotline, text="张的")
    assert listed(zhang, "mine/") == [mine_.number]
    assert free.number in listed(zhang, "mine/?tab=free")
    assert step(zhang, free, "claim") == 302
    assert step(head, free, "claim") == 409
    assert set(listed(zhang, "mine/")) == {free.number, mine_.number}
    assert step(head, mine_, "offer", staff_id=hotline.county.staff["head"]) == 302
    assert listed(head, "mine/?tab=offered") == [mine_.number]
    assert "等待对方确认" in seen(head, mine_)
    assert step(head, mine_, "accept_offer") == 302
    assert listed(head, "mine/") == [mine_.number]


@pytest.mark.proves("S0-07", page="hotline:case", service="longzhong.cases.hotline.services.ask_next")
def test_an_electrician_who_cant_be_reached_is_followed_by_the_grid_worker(hotline: Hotline, desk: Client) -> None:
    case = a_case(hotline, text="物业电工联系不上", channel=Channel.ELECTRICIAN)
    assert step(desk, case, "ask") == 302
    assert "物业电工" in seen(desk, case)
    waiting = case.tries.get()
    assert step(desk, case, "not_reached", number=waiting.pk) == 302
    page = seen(desk, case)
    assert "网格员 张惠芳" in page
    case.refresh_from_db()
    assert case.owner_id == hotline.county.staff["wang"]


@pytest.mark.proves("S0-10", page="hotline:case", service="longzhong.cases.hotline.services.answer_case")
def test_what_can_be_explained_is_explained(hotline: Hotline, desk: Client) -> None:
    case = a_case(hotline, code="enquiry", text="电价怎么算")
    assert step(desk, case, "answer", reason="按阶梯电价，已解释") == 302
    assert "当场答复" in seen(desk, case)
    reported = replied(hotline, code="enquiry", text="想改线路走向")
    assert "三分流" in seen(desk, reported, minutes(60))


@pytest.mark.proves("S1-24", page="hotline:case", service="longzhong.cases.hotline.services.dispatch")
def test_recorded_handed_over_answered_in_one_chain(hotline: Hotline, desk: Client) -> None:
    case = a_case(hotline, code="opinion", text="希望改造线路", channel=Channel.ELECTRICIAN)
    assert step(desk, case, "dispatch", code="service") == 302
    do_work(settle(case), hotline.manager, minutes(12))
    page = seen(desk, case, minutes(80))
    for word in ("派单", "首问交接", "回单", "已向客户解释电价政策"):
        assert word in page, word


@pytest.mark.proves("S3-13", page="hotline:case", service="longzhong.cases.hotline.services.dispatch")
def test_outages_come_first_by_their_own_limits(hotline: Hotline, desk: Client) -> None:
    case = a_case(hotline, account=4)
    assert step(desk, case, "dispatch") == 302
    settle(case)
    with clock.frozen(minutes(12)):
        order = desk.get(f"/orders/{case.order_id}/").content.decode()
    assert "repair.arrive_min_important" in order
    assert "紧急" in seen(desk, case)


@pytest.mark.proves("S4-24", page="hotline:case", service="longzhong.cases.hotline.services.follow_order")
def test_whose_equipment_it_is_decides_the_service_and_special_groups_are_helped(
    hotline: Hotline, desk: Client
) -> None:
    case = do_work(accepted(hotline), hotline.manager, minutes(7), side="customer", service="paid")
    page = seen(desk, case, minutes(80))
    assert "客户产权：先电话指导" in page
    assert "有偿服务，费用已事先说明" in page
    elder = dispatched(hotline, account=3, text="家里没电")
    assert "特殊群体：不论产权，都要上门帮办" in seen(desk, elder)
    assert order_of(elder).owner_id
    assert services.follow_order(order_id=case.order_id or 0, by=SYSTEM, at=minutes(81)) is False


def test_the_timeline_of_a_whole_life_is_told_in_words(hotline: Hotline, desk: Client) -> None:
    case = dispatched(hotline, code="complaint.service", text="态度不好")
    services.pause(case_id=case.pk, reason="await_customer", words="客户外出", by=hotline.desk, at=minutes(5))
    services.hear(case_id=case.pk, by=SYSTEM, at=minutes(6))
    row = services.promise(case_id=case.pk, text="今晚恢复", due_at=minutes(300), by=hotline.desk, at=minutes(7))
    services.move_promise(promise_id=row.pk, due_at=minutes(400), reason="雨大", by=hotline.desk, at=minutes(8))
    page = seen(desk, case)
    for word in ("等待客户配合", "2026-03-02 14:00 前", "承诺改期", "雨大"):
        assert word in page, word
    assert MORNING


def test_the_caller_is_shown_with_a_reason_and_kept_in_the_journal(
    hotline: Hotline, desk: Client, zhang: Client
) -> None:
    case = accepted(hotline, caller=Caller("郝东生", "13912345678", "", hotline.accounts[1]))
    assert "13912345678" not in seen(zhang, case)
    with clock.frozen(minutes(10)):
        plain = zhang.post(f"/calls/cases/{case.pk}/reveal/", {"field": "phone"}).content.decode()
        nothing = desk.post(f"/calls/cases/{case.pk}/reveal/", {"field": "phone", "reason": ""})
    assert "13912345678" in plain, "the owner needs one tap"
    assert (nothing.status_code, "13912345678" in nothing.content.decode()) == (409, False)
    assert JournalEntry.objects.filter(act="hotline.reveal", label=f"hotline.case:{case.pk}").count() == 1
