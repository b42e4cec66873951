"""What comes after the work on the pages: promises, call-backs, audits, what failed again, and their proofs."""

from datetime import timedelta

import pytest
from django.test import Client

from longzhong.cases.hotline import services
from longzhong.kit import clock
from tests.cases.hotline.acts import (
    closed,
    do_work,
    listed,
    minutes,
    replied,
    seen,
    settle,
    step,
)
from tests.cases.hotline.make import SYSTEM, Hotline, a_case, at

pytestmark = pytest.mark.django_db


@pytest.mark.proves("S3-04", page="hotline:promises", service="longzhong.cases.hotline.services.keep_promise")
def test_a_word_given_at_night_is_kept_and_told(hotline: Hotline, desk: Client) -> None:
    night = at("2026-03-02 22:00")
    case = a_case(hotline, when=night)
    assert (
        step(desk, case, "promise", night + timedelta(minutes=3), reason="明天中午前恢复", due_at="2026-03-03T12:00")
        == 302
    )
    services.watch_promises(by=SYSTEM, at=night + timedelta(minutes=5))
    assert len(listed(desk, "promises/", night + timedelta(minutes=9))) == 1
    services.dispatch(case_id=case.pk, by=hotline.desk, at=night + timedelta(minutes=4))
    do_work(settle(case), hotline.manager, at("2026-03-03 08:10"))
    assert "哔叭支线02号杆" in seen(desk, case, at("2026-03-03 09:00"))
    row = case.promises.get()
    assert step(desk, case, "keep_promise", at("2026-03-03 09:00"), number=row.pk, reason="已恢复并回电") == 302
    assert step(desk, case, "call", at("2026-03-03 09:05"), code="review", result="satisfied") == 302
    assert listed(desk, "promises/?tab=kept", at("2026-03-03 09:10")) == [case.number]
    assert listed(desk, "promises/", at("2026-03-03 09:10")) == []


@pytest.mark.proves("S3-08", page="hotline:callbacks", service="longzhong.cases.hotline.services.record_call")
def test_the_call_back_desk_says_whom_to_call_and_when(hotline: Hotline, desk: Client) -> None:
    case = replied(hotline)
    with clock.frozen(minutes(90)):
        page = desk.get("/calls/callbacks/").content.decode()
    assert "现在可打" in page
    assert "回访用语" in page
    assert step(desk, case, "call", minutes(91), code="review", result="no_answer") == 302
    with clock.frozen(minutes(92)):
        line = desk.get("/calls/callbacks/").context["page"].table.items[0]
    assert (line.tried, line.needed, line.last, line.is_now) == (1, 3, "无人接听", False)
    with clock.frozen(at("2026-03-02 12:30")):
        assert "现在不宜打扰客户" in desk.get("/calls/callbacks/").content.decode()


@pytest.mark.proves("S3-14", page="hotline:case", service="longzhong.cases.hotline.services.record_call")
def test_only_the_customers_word_ends_a_repair(hotline: Hotline, desk: Client) -> None:
    case = replied(hotline)
    assert step(desk, case, "give_up", minutes(90)) == 409
    assert step(desk, case, "call", minutes(91), code="review", result="fair", reason="师傅很快") == 302
    assert "基本满意" in seen(desk, settle(case), minutes(95))


@pytest.mark.proves("S4-11", page="hotline:audit", service="longzhong.cases.hotline.services.audit")
def test_the_quality_office_traces_a_sample(hotline: Hotline) -> None:
    case = closed(hotline)
    office = hotline.client("office", "quality")
    assert listed(office, "audit/?month=2026-03") == [case.number]
    assert listed(office, "audit/?month=2026-02") == []
    page = seen(office, case, minutes(200))
    for word in ("立单", "派单", "首问交接", "回单", "回访", "全过程核实"):
        assert word in page, word
    assert step(office, case, "audit", minutes(200), result="passed") == 302
    with clock.frozen(minutes(210)):
        assert office.get("/calls/audit/").context["page"].checked == 1


@pytest.mark.proves("S4-22", page="hotline:case", service="longzhong.cases.hotline.services.reopen")
def test_what_was_repaired_and_fails_again_is_seen(hotline: Hotline, desk: Client) -> None:
    case = closed(hotline)
    assert step(desk, case, "reopen", minutes(200), reason="又停了") == 302
    page = seen(desk, settle(case), minutes(201))
    assert "修后再报 1" in page
    assert listed(desk, "cases/?back=1", minutes(202)) == [case.number]


@pytest.mark.proves("S4-23", page="hotline:case", service="longzhong.cases.hotline.services.follow_order")
def test_the_four_stages_of_a_repair_are_timed(hotline: Hotline, desk: Client) -> None:
    case = closed(hotline)
    page = seen(desk, case, minutes(100))
    for word in ("出发快捷", "抢修迅速", "信息畅通", "回访及时", "17 分钟", "30 分钟"):
        assert word in page, word
    assert services.follow_order(order_id=case.order_id or 0, by=SYSTEM, at=minutes(100)) is False
