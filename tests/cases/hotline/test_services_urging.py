"""Urging, counting, oversight, listening: what a customer's next call leads to."""

from datetime import timedelta

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Call, Link, Oversight, Urge
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.same import Offer
from longzhong.cases.hotline.rules.words import CallOutcome, LinkKind, Urgency
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.rules.verdicts import PauseReason
from longzhong.kit import outbox
from tests.cases.hotline.acts import finished, live, refuses, verbs
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_call, a_case, category

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


LOW, OUT, HALL, BILL = "repair.quality.low", "repair.lv.area_out", "complaint.service.hall_attitude", "enquiry.bill"


WHY = UrgeReason.OVERDUE


pytestmark = pytest.mark.django_db


def test_an_urge_within_the_limit_is_explained_the_second_is_dispatched_the_third_only_kept(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    call = a_call(hotline, "怎么还没人回我", when=MORNING + timedelta(minutes=5))
    first = services.urge(
        case_id=case.pk, call_id=call.pk, reason=UrgeReason.PROGRESS, words="我的电话13800138001，快点", by=hotline.desk,
        at=MORNING + timedelta(minutes=6),
    )  # fmt: skip
    assert (first.number, first.within_limit, first.dispatched, first.urged_unit_id) == (1, True, False, case.unit_id)
    call.refresh_from_db()
    assert (call.outcome, call.case_id) == (CallOutcome.URGED, case.pk)
    assert "13800138001" not in str(matters.steps(selectors.label(case.pk))[0].words)
    second = services.urge(case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + timedelta(minutes=8))
    assert (second.number, second.within_limit, second.dispatched) == (2, True, True)
    assert "urge:2" in live(case)
    third = services.urge(case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + timedelta(minutes=9))
    assert (third.number, third.dispatched) == (3, False)
    case.refresh_from_db()
    assert (case.urges_count, case.urgency) == (3, Urgency.NORMAL)


def test_an_urge_over_the_limit_is_work_for_the_owner_and_told_to_the_head(hotline: Hotline) -> None:
    case = a_case(hotline, LOW)
    row = services.urge(case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + 5 * HOUR)
    assert (row.within_limit, row.dispatched) == (False, True)
    case.refresh_from_db()
    assert case.urgency == Urgency.HIGH
    step = matters.steps(selectors.label(case.pk))[0]
    assert step.data["staff"] == [hotline.county.staff["head"]]
    assert step.data["owner"] == case.owner_id
    (card,) = [one for one in matters.clock_cards(selectors.label(case.pk), MORNING + 5 * HOUR) if one.name == "urge:1"]
    assert card.is_live
    answered = services.answer_urge(
        case_id=case.pk, number=1, reply="已派抢修，一小时内到", by=hotline.desk, at=MORNING + 6 * HOUR
    )
    assert answered.answered_at == MORNING + 6 * HOUR
    assert "urge:1" not in live(case)
    again = {"case_id": case.pk, "by": hotline.desk, "at": MORNING + 7 * HOUR}
    refuses("urge_answered", services.answer_urge, number=1, reply="再答", **again)
    refuses("urge_unknown", services.answer_urge, number=9, reply="答", **again)
    services.urge(reason=WHY, **again)
    refuses("reply_missing", services.answer_urge, number=2, reply=" ", **again)
    refuses(
        "not_allowed",
        services.answer_urge,
        number=2,
        reply="答",
        **{**again, "by": hotline.county.actor("boss", "leader")},
    )


def test_the_same_external_number_is_one_urge(hotline: Hotline) -> None:
    case, other = a_case(hotline, LOW), a_case(hotline, LOW, account=2)
    given = {"reason": WHY, "external_no": "CB-1", "by": hotline.desk, "at": MORNING + HOUR}
    first = services.urge(case_id=case.pk, **given)
    assert services.urge(case_id=case.pk, **given).pk == first.pk
    assert Urge.objects.count() == 1
    refuses("urge_elsewhere", services.urge, case_id=other.pk, **given)


def test_an_urge_wakes_what_waited_for_the_customer_and_ends_with_the_case(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    matter = selectors.label(case.pk)
    matter_services.pause_clocks(
        matter=matter, names=("reply",), reason=PauseReason.AWAIT_CUSTOMER, note="等客户提供发票", by=hotline.desk,
        at=MORNING + HOUR,
    )  # fmt: skip
    services.urge(case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + 2 * HOUR)
    assert not [card for card in matters.clock_cards(matter, MORNING + 2 * HOUR) if card.state == "paused"]
    refuses("urge_reason_unknown", services.urge, case_id=case.pk, reason="x", by=hotline.desk, at=MORNING + 3 * HOUR)
    finished(case, MORNING + 3 * HOUR)
    refuses("urge_case_ended", services.urge, case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + 4 * HOUR)


def test_a_follower_is_measured_by_its_parent(hotline: Hotline) -> None:
    parent = a_case(hotline, OUT)
    child = a_case(hotline, OUT, account=2, when=MORNING + HOUR)
    services.join(case_id=child.pk, parent_id=parent.pk, by=hotline.desk, at=MORNING + HOUR)
    row = services.urge(case_id=child.pk, reason=WHY, by=hotline.desk, at=MORNING + 2 * HOUR)
    assert (row.within_limit, row.dispatched) == (False, True)


def test_after_the_final_answer_a_call_is_heard_with_no_new_clock(hotline: Hotline) -> None:
    case = a_case(hotline, BILL, "要求赔偿停电期间的损失五千元")
    follower = a_case(hotline, BILL, account=2, when=MORNING + HOUR)
    services.join(case_id=follower.pk, parent_id=case.pk, by=hotline.desk, at=MORNING + HOUR)
    refuses(
        "wrong_state",
        services.finalize,
        case_id=follower_of_nothing(hotline),
        number="ZD1",
        by=SYSTEM,
        at=MORNING + 2 * HOUR,
    )
    refuses("not_allowed", services.finalize, case_id=case.pk, number="ZD1", by=hotline.quality, at=MORNING + 2 * HOUR)
    ended = services.finalize(case_id=case.pk, number="ZD1", by=SYSTEM, at=MORNING + 2 * HOUR)
    assert (ended.state, ended.outcome, ended.due_at) == (State.FINAL, "final", None)
    assert live(case) == set()
    follower.refresh_from_db()
    assert (follower.state, follower.parent_id) == (State.TAKEN, None)

    when = MORNING + 400 * DAY
    (one,) = selectors.same_matter(
        hotline.desk, account_id=hotline.accounts[1], category_id=category(BILL), text="还是要赔我停电的损失", at=when
    )
    assert (one.case_id, one.offer, one.state) == (case.pk, Offer.LISTEN, State.FINAL)
    call = a_call(hotline, "还是要赔我停电的损失", when=when)
    heard = services.listen(call_id=call.pk, case_id=case.pk, by=hotline.desk, at=when)
    assert (heard.outcome, heard.case_id) == (CallOutcome.LISTENED, case.pk)
    assert services.listen(call_id=call.pk, case_id=case.pk, by=hotline.desk, at=when).pk == call.pk
    outbox.deliver_all(twice=True)
    assert live(case) == set()
    assert verbs(case)[-1] == "listen"
    assert matters.steps(selectors.label(case.pk))[0].data["grid"] == hotline.county.grid
    case.refresh_from_db()
    assert case.state == State.FINAL
    assert not Oversight.objects.exists()
    refuses("urge_case_ended", services.urge, case_id=case.pk, reason=WHY, by=hotline.desk, at=when)
    new = a_case(hotline, OUT, "家里没电了", when=when + HOUR)
    assert new.state == State.TAKEN
    assert live(new)


def follower_of_nothing(hotline: Hotline) -> int:
    """A case that has ended."""
    case = a_case(hotline, LOW, account=3)
    finished(case, MORNING + HOUR)
    return case.pk


def test_listening_is_only_for_what_was_finally_answered(hotline: Hotline) -> None:
    case, call = a_case(hotline, BILL), a_call(hotline, when=MORNING + HOUR)
    given = {"call_id": call.pk, "case_id": case.pk, "by": hotline.desk, "at": MORNING + HOUR}
    refuses("case_not_final", services.listen, **given)
    services.finalize(case_id=case.pk, number="ZD1", by=SYSTEM, at=MORNING + HOUR)
    taken = case.calls.get()
    refuses("call_settled", services.listen, **{**given, "call_id": taken.pk})
    assert Call.objects.get(pk=call.pk).outcome == CallOutcome.KEPT


def test_a_call_again_is_urged_or_heard_and_a_new_case_joins_or_is_linked(hotline: Hotline) -> None:
    case, when = a_case(hotline, LOW), MORNING + 2 * HOUR
    row = services.hear_again(
        call_id=a_call(hotline, when=when).pk, case_id=case.pk, words="快点", by=hotline.desk, at=when
    )
    assert row is not None
    assert row.number == 1
    twin = a_case(hotline, LOW, when=when)
    assert services.relate(case_id=twin.pk, earlier_id=case.pk, by=hotline.desk, at=when)
    services.finalize(case_id=case.pk, number="ZD1", by=SYSTEM, at=when)
    call = a_call(hotline, when=when + HOUR)
    assert services.hear_again(call_id=call.pk, case_id=case.pk, by=hotline.desk, at=when + HOUR) is None
    call.refresh_from_db()
    assert call.outcome == CallOutcome.LISTENED
    assert not services.relate(case_id=twin.pk, earlier_id=case.pk, by=hotline.desk, at=when + HOUR)
    assert Link.objects.get().kind == LinkKind.REPEAT
