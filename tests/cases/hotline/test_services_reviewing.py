"""From the reply to the end of a case: reviews, answers on the spot, what fails again, audits."""

from datetime import date, timedelta

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import Hazard, Outcome, Secrecy
from longzhong.dispatch.matters import selectors as matters
from tests.cases.hotline.acts import (
    accepted,
    clocks,
    closed,
    do_work,
    minutes,
    order_of,
    refused,
    replied,
    settle,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_call, a_case

pytestmark = pytest.mark.django_db


def test_a_plain_repair_goes_on_to_the_call_back_by_itself(hotline: Hotline) -> None:
    case = replied(hotline)
    assert case.state == State.CALLING
    assert case.replied_at == order_of(case).finished_at
    assert clocks(case)["callback"][0] == "running"
    assert clocks(case)["review"] == ("stopped", "met")


@pytest.mark.parametrize("changes", [{"hazard": Hazard.SHOCK}, {"grade": "major"}, {"code": "complaint.service"}])
def test_what_is_grave_waits_for_a_person(hotline: Hotline, changes: dict[str, object]) -> None:
    assert replied(hotline, **changes).state == State.REPLIED


def a_complaint(hotline: Hotline) -> Case:
    return replied(hotline, code="complaint.service", text="营业厅态度不好")


def test_a_review_sends_back_while_the_clocks_run_on(hotline: Hotline) -> None:
    case = a_complaint(hotline)
    with refused("own_work"):
        services.review(case_id=case.pk, passed=True, by=hotline.county.actor("zhang", "station"), at=minutes(60))
    with refused("reason_missing"):
        services.review(
            case_id=case.pk, passed=False, reason=" ", ground="incomplete", by=hotline.quality, at=minutes(60)
        )
    with refused("ground_unknown"):
        services.review(
            case_id=case.pk, passed=False, reason="x", ground="nonsense", by=hotline.quality, at=minutes(60)
        )
    with refused("root_cause_unknown"):
        services.review(case_id=case.pk, passed=True, root_cause="moon", by=hotline.quality, at=minutes(60))
    services.review(
        case_id=case.pk, passed=False, reason="没有说明整改，请联系13800138001", ground="incomplete", root_cause="attitude",
        by=hotline.quality, at=minutes(60),
    )  # fmt: skip
    settle(case)
    assert (case.state, case.times_returned, case.root_cause) == (State.HANDLING, 1, "attitude")
    assert case.owner_id == hotline.county.staff["zhang"]
    assert order_of(case).state == "returned"
    assert clocks(case)["reply"] == ("running", "open")
    assert clocks(case)["answer"] == ("running", "open")
    step = next(one for one in matters.steps(selectors.label(case.pk)) if one.verb == "send_back")
    assert "13800138001" not in str(step.words)
    do_work(case, hotline.manager, minutes(70))
    assert case.state == State.REPLIED
    services.review(case_id=case.pk, passed=True, by=hotline.quality, at=minutes(200))
    settle(case)
    assert case.state == State.CALLING
    assert clocks(case)["reply"] == ("stopped", "met")
    with refused("wrong_state"):
        services.review(case_id=case.pk, passed=True, by=hotline.quality, at=minutes(210))


def test_the_reply_counts_at_the_moment_of_the_reply(hotline: Hotline) -> None:
    """A reviewer who takes a fortnight doesn't make the handler late."""
    case = a_complaint(hotline)
    services.review(case_id=case.pk, passed=True, by=hotline.quality, at=MORNING + timedelta(days=14))
    settle(case)
    assert clocks(case)["reply"] == ("stopped", "met")
    assert "review" not in clocks(case), "governance counts its own review"


def test_those_who_follow_are_called_each_for_itself(hotline: Hotline) -> None:
    case = accepted(hotline)
    mute = a_case(hotline, account=2, text="匿名反映停电", secrecy=Secrecy.ANONYMOUS)
    child = a_case(hotline, account=2, text="我家也停了")
    for one in (mute, child):
        services.join(case_id=one.pk, parent_id=case.pk, by=hotline.desk, at=minutes(8))
    do_work(case, hotline.manager, minutes(9))
    late = a_case(hotline, account=4, text="厂里也停了")
    services.join(case_id=late.pk, parent_id=case.pk, by=hotline.desk, at=minutes(70))
    assert [settle(one).state for one in (child, mute, late)] == [State.CALLING, State.CLOSED, State.CALLING]
    assert mute.outcome == Outcome.NO_CALL_BACK
    services.record_call(
        case_id=child.pk, purpose="review", result="dissatisfied", words="还是没电", by=hotline.head, at=minutes(90)
    )
    settle(child)
    assert (child.state, order_of(child).state) == (State.HANDLING, "dispatched")


def test_an_answer_on_the_spot_ends_what_can_be_explained(hotline: Hotline) -> None:
    case = a_case(hotline, code="enquiry", text="阶梯电价怎么算")
    with refused("reply_missing"):
        services.answer_case(case_id=case.pk, reply=" ", by=hotline.desk, at=minutes(3))
    services.answer_case(case_id=case.pk, reply="按年累计", by=hotline.desk, at=minutes(3))
    settle(case)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.ANSWERED)
    repair = a_case(hotline)
    with refused("answer_not_enough"):
        services.answer_case(case_id=repair.pk, reply="等着", by=hotline.desk, at=minutes(3))


def test_a_void_case_lets_its_followers_go(hotline: Hotline) -> None:
    case, child = a_case(hotline, text="测试"), a_case(hotline, account=2, text="真的停电了")
    services.join(case_id=child.pk, parent_id=case.pk, by=hotline.desk, at=minutes(4))
    services.void_case(case_id=case.pk, reason="误录", by=hotline.desk, at=minutes(5))
    assert (settle(case).state, settle(child).state, child.parent_id) == (State.VOID, State.TAKEN, None)


def test_first_fix_a_case_is_reopened_within_days(hotline: Hotline) -> None:
    case = closed(hotline)
    was = case.order_id
    assert order_of(case).state == "verified"
    with refused("reason_missing"):
        services.reopen(case_id=case.pk, reason="", by=hotline.desk, at=minutes(200))
    with refused("reopen_too_late"):
        services.reopen(case_id=case.pk, reason="又停了", by=hotline.desk, at=MORNING + timedelta(days=8))
    call = a_call(hotline, "又停了", when=minutes(200))
    services.reopen(case_id=case.pk, reason="又停了", call_id=call.pk, by=hotline.desk, at=minutes(201))
    settle(case)
    assert (case.state, case.times_reopened, case.closed_at, case.outcome) == (State.HANDLING, 1, None, "")
    assert case.order_id != was
    assert (order_of(case).owner_id, case.calls_count) == (hotline.county.staff["zhang"], 2)
    call.refresh_from_db()
    assert (call.case_id, call.outcome) == (case.pk, "joined")
    do_work(case, hotline.manager, minutes(210))
    assert case.state == State.REPLIED, "what came back is looked at by a person"


def test_first_fix_the_same_meter_again_is_a_failure_of_the_first(hotline: Hotline) -> None:
    case = closed(hotline)
    again = a_case(hotline, text="又没电了", when=MORNING + timedelta(days=3))
    settle(again)
    case.refresh_from_db()
    assert case.times_reopened == 1
    assert again.links.get(earlier=case).kind == "reopened"
    assert services.note_return(case_id=again.pk, by=SYSTEM, at=minutes(0)) is False
    elsewhere = a_case(hotline, text="没电", account=2, when=MORNING + timedelta(days=3))
    assert services.note_return(case_id=elsewhere.pk, by=SYSTEM, at=minutes(0)) is False
    much_later = a_case(hotline, text="没电", when=MORNING + timedelta(days=30))
    assert services.note_return(case_id=much_later.pk, by=SYSTEM, at=minutes(0)) is False


def test_an_audit_of_the_whole_process(hotline: Hotline) -> None:
    case = closed(hotline)
    live = accepted(hotline, account=2, text="别的事")
    with refused("not_allowed"):
        services.audit(case_id=case.pk, result="passed", words="", by=hotline.desk, at=minutes(300))
    with refused("case_live"):
        services.audit(case_id=live.pk, result="passed", words="", by=hotline.quality, at=minutes(300))
    with refused("audit_unknown"):
        services.audit(case_id=case.pk, result="fine", words="", by=hotline.quality, at=minutes(300))
    with refused("reason_missing"):
        services.audit(case_id=case.pk, result="false", words="", by=hotline.quality, at=minutes(300))
    services.audit(case_id=case.pk, result="flawed", words="没有上传照片", by=hotline.quality, at=minutes(300))
    case.refresh_from_db()
    assert (case.audit, case.audited_at) == ("flawed", minutes(300))


def test_the_sample_of_a_month_is_the_same_for_everybody(hotline: Hotline) -> None:
    cases = [closed(hotline, text=f"第{n}次停电{n}") for n in range(3)]
    first = [row.pk for row in selectors.audit_sample(hotline.quality, date(2026, 3, 5))]
    assert sorted(first) == sorted(case.pk for case in cases)
    assert first == [row.pk for row in selectors.audit_sample(SYSTEM, date(2026, 3, 5))]
    assert not selectors.audit_sample(hotline.quality, date(2026, 4, 5))
