"""What happens between taking a complaint and ending it: returned, withdrawn, given to others, dissatisfied, voided."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.events import ComplaintDecided, ComplaintUpheld
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State, Verdict
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules.words import Channel
from longzhong.cases.nearmisses.models import StaffMark
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.selectors import standing
from longzhong.kit import outbox
from longzhong.kit.events import REACTIONS
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from longzhong.register.policies import services as policy_services
from tests.cases.complaints.make import (
    a_complaint,
    called_back,
    decided_given,
    dispatch_given,
    next_step,
    people,
    replied,
    step,
    taken_to,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case

HOUR = timedelta(hours=1)
NOON = MORNING + 2 * HOUR


def verbs(complaint: Complaint) -> list[str]:
    return [one.verb for one in reversed(matters.steps(selectors.label(complaint.pk)))]


def live(complaint: Complaint) -> set[str]:
    return {name for name, _key in matters.live_policies(selectors.label(complaint.pk))}


def test_upheld_after_a_professional_return(hotline: Hotline) -> None:
    clerk = hotline.county.staff["zhang"]
    complaint = taken_to(hotline, a_complaint(hotline, about_staff_id=clerk), State.REPLIED)
    assert StaffMark.objects.get(cause=hotline_reads.label(complaint.case_id)).standing == "open"
    assert live(complaint) == {"review"}
    step(complaint, "return", people(hotline).dept, NOON, reason="没有附录像，请补充证据")
    complaint.case.refresh_from_db()
    assert (complaint.state, complaint.times_returned, complaint.case.state) == (State.INVESTIGATING, 1, "handling")
    assert live(complaint) == set()
    replied(hotline, complaint, NOON + HOUR)
    assert complaint.case.order_id and standing(complaint.case.order_id).state == "finished"
    taken_to(hotline, complaint, State.DECIDED, at=NOON + 2 * HOUR)
    assert [(one.number, one.passed) for one in complaint.replies.order_by("number")] == [(1, False), (2, True)]
    assert StaffMark.objects.get(cause=hotline_reads.label(complaint.case_id)).standing == "upheld"
    assert (complaint.verdict, complaint.final_verdict, complaint.root_cause) == ("upheld", "upheld", "attitude")
    taken_to(hotline, complaint, State.CLOSED, at=NOON + 3 * HOUR)
    assert complaint.keep_until and complaint.keep_until.year == MORNING.year + 3
    assert live(complaint) == set() and complaint.due_at is None
    assert verbs(complaint) == [
        "accept", "dispatch", "contact", "find", "reply", "return", "reply", "pass", "decide", "answer", "close",
    ]  # fmt: skip


def test_the_office_sends_a_review_back(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.REVIEWED)
    step(complaint, "send_back", people(hotline).office, NOON, reason="分析没有回应客户诉求")
    assert (complaint.state, live(complaint)) == (State.REPLIED, {"review"})
    assert taken_to(hotline, complaint, State.DECIDED, at=NOON + HOUR).verdict == Verdict.UPHELD


def test_a_customer_withdraws_and_is_called_back(hotline: Hotline) -> None:
    for account, state in ((1, State.ACCEPTED), (2, State.DISPATCHED), (3, State.INVESTIGATING), (4, State.REPLIED)):
        complaint = taken_to(hotline, a_complaint(hotline, account=account), state)
        step(complaint, "withdraw", people(hotline).desk, NOON, reason="客户来电表示误会，不再投诉")
        complaint.case.refresh_from_db()
        assert (complaint.state, complaint.case.state, complaint.verdict) == (State.WITHDRAWN, "calling", "")
        called_back(hotline, complaint, NOON + HOUR)
        complaint.case.refresh_from_db()
        assert (complaint.state, complaint.case.state) == (State.WITHDRAWN, "closed")
        assert complaint.keep_until is not None


def test_a_withdrawal_under_pressure_comes_back(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.INVESTIGATING)
    step(complaint, "withdraw", people(hotline).desk, NOON, reason="客户表示不再投诉")
    called_back(hotline, complaint, NOON + HOUR, "dissatisfied")
    assert (complaint.state, complaint.round, complaint.closed_at) == (State.INVESTIGATING, 2, None)
    assert (complaint.keep_until, complaint.due_at is not None) == (None, True)


def test_a_dissatisfied_customer_brings_it_back_for_another_round(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.ANSWERED, verdict=Verdict.DISMISSED)
    called_back(hotline, complaint, NOON, "dissatisfied")
    assert (complaint.state, complaint.round, complaint.verdict) == (State.INVESTIGATING, 2, "dismissed")
    next_step(hotline, complaint, NOON + HOUR)
    assert complaint.state == State.REPLIED and complaint.findings.filter(round=2).count() == 1
    taken_to(hotline, complaint, State.CLOSED, at=NOON + 2 * HOUR)
    assert (complaint.verdict, complaint.final_verdict, complaint.decisions.count()) == ("upheld", "upheld", 2)


def test_staff_who_move_in_between(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.INVESTIGATING)
    who = people(hotline)
    row = StaffRow("crew", "孙抢修", "13800000013", "S2", "抢修工", "crew")
    org_services.keep_staff(rows=[row], by=SYSTEM, at=MORNING + HOUR)
    tomorrow = MORNING + 24 * HOUR
    assert who.handler.staff_id not in dict(selectors.handlers(complaint, tomorrow))
    given = dispatch_given(hotline, complaint, handler_id=hotline.head.staff_id, reason="原调查人已调离")
    step(complaint, "redispatch", who.office, tomorrow, **given)
    complaint.case.refresh_from_db()
    assert (complaint.state, complaint.handler_id) == (State.DISPATCHED, hotline.head.staff_id)
    assert standing(complaint.case.order_id or 0).owner_id == hotline.head.staff_id
    taken_to(hotline, complaint, State.DECIDED, at=tomorrow + HOUR)
    assert complaint.verdict == "upheld"


def test_an_over_level_complaint_is_answered_the_way_it_came(hotline: Hotline) -> None:
    complaint = a_complaint(hotline, over_level=True, channel=Channel.REGULATOR_12398)
    assert (complaint.over_level, complaint.channel, complaint.grade) == (True, "12398", "important")
    taken_to(hotline, complaint, State.ANSWERED)
    told = selectors.told(matters.steps(selectors.label(complaint.pk)))
    assert any("越级诉求，按原渠道（12398" in line for line in told)


def test_the_unit_refuses_and_it_is_dispatched_again(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.INVESTIGATING)
    step(complaint, "refuse", people(hotline).handler, NOON, reason="不属于我所供电范围")
    complaint.case.refresh_from_db()
    assert (complaint.state, complaint.handler_id, complaint.case.state) == (State.ACCEPTED, None, "taken")
    assert complaint.due_clock == "dispatch"
    assert taken_to(hotline, complaint, State.REPLIED, at=NOON + HOUR).state == State.REPLIED


def test_what_is_done_on_the_orders_own_page_is_followed(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.DISPATCHED)
    complaint.case.refresh_from_db()
    order = complaint.case.order_id or 0
    orders.decline(order_id=order, ground="not_ours", reason="不是我负责", by=people(hotline).handler, at=NOON)
    outbox.deliver_all(twice=True)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.handler_id, verbs(complaint)[-1]) == (State.ACCEPTED, None, "refuse")


def test_void_by_the_office(hotline: Hotline) -> None:
    for account, state in ((1, State.ACCEPTED), (2, State.DISPATCHED), (3, State.INVESTIGATING), (4, State.DECIDED)):
        complaint = taken_to(hotline, a_complaint(hotline, account=account), state)
        step(complaint, "void", people(hotline).office, NOON, reason="测试录入，不是投诉")
        complaint.case.refresh_from_db()
        assert (complaint.state, complaint.case.state) == (State.VOID, "void")


def test_a_void_case_voids_its_complaint(hotline: Hotline) -> None:
    complaint = a_complaint(hotline)
    hotline_services.void_case(case_id=complaint.case_id, reason="测试来电", by=hotline.desk, at=NOON)
    outbox.deliver_all(twice=True)
    complaint.refresh_from_db()
    assert complaint.state == State.VOID


def test_other_types_are_not_governed(hotline: Hotline) -> None:
    case = a_case(hotline)
    outbox.deliver_all(twice=True)
    case.refresh_from_db()
    assert not case.governed and services.accept(case_id=case.pk, by=SYSTEM, at=NOON) is None
    assert services.follow_case(case_id=case.pk, by=SYSTEM, at=NOON) == ""


def test_another_edition_of_the_policy_changes_no_running_promise(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    (before,) = matters.clock_cards(selectors.label(complaint.pk), NOON)
    for key, value in (("complaint.review_wd", 5), ("complaint.evidence_y_minor", 9)):
        change(key, value)
    (after,) = matters.clock_cards(selectors.label(complaint.pk), NOON)
    assert (after.due_at, after.limit) == (before.due_at, before.limit)
    taken_to(hotline, complaint, State.CLOSED, at=NOON)
    assert complaint.keep_until and complaint.keep_until.year == MORNING.year + 3


def change(key: str, value: float) -> None:
    """A person of the office sets another value from tomorrow on."""
    policy_services.change_policy(
        key=key, value=value, unit_id=None, edition="", from_on=(MORNING + 24 * HOUR).date(), reason="新版管理办法",
        by=SYSTEM, at=NOON,
    )  # fmt: skip


def test_who_hears_of_a_verdict(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    for fact in (ComplaintDecided, ComplaintUpheld):
        monkeypatch.setitem(REACTIONS[fact], "tests.listen", told.append)
    complaint = taken_to(hotline, a_complaint(hotline), State.REVIEWED)
    given = decided_given(Verdict.PARTLY, violations=("shirk",))
    step(complaint, "decide", people(hotline).office, NOON, **given)
    assert (complaint.verdict, complaint.violations) == ("partly", ["shirk"])
    assert {type(one) for one in told} == {ComplaintDecided, ComplaintUpheld}
    told.clear()
    other = taken_to(hotline, a_complaint(hotline, account=2), State.DECIDED, verdict=Verdict.DISMISSED)
    heard = {type(one) for one in told if one.complaint_id == other.pk}
    assert heard == {ComplaintDecided} and other.final_verdict == "dismissed"
