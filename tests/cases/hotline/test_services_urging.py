"""Urging, counting, oversight, listening: what a customer's next call leads to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Call, Case, Link, Oversight, Urge
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.same import Offer
from longzhong.cases.hotline.rules.words import CallOutcome, LinkKind, Urgency
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.rules.verdicts import PauseReason
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from longzhong.kit.models import Delivery
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_call, a_case, category

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOW, OUT, HALL, BILL = "repair.quality.low", "repair.lv.area_out", "complaint.service.hall_attitude", "enquiry.bill"
WHY = UrgeReason.OVERDUE
pytestmark = pytest.mark.django_db


def refused(code: str, act: Callable[..., Any], **given: Any) -> None:
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.code == code


def verbs(case: Case) -> list[str]:
    return [step.verb for step in reversed(matters.steps(selectors.label(case.pk)))]


def live(case: Case) -> set[str]:
    return {name for name, _key in matters.live_policies(selectors.label(case.pk))}


def finished(case: Case, when: Any, state: State = State.CLOSED) -> None:
    matter_services.stop_clocks(matter=selectors.label(case.pk), names=None, by=SYSTEM, at=when)
    Case.objects.filter(pk=case.pk).update(state=state, closed_at=when)


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
    refused("urge_answered", services.answer_urge, number=1, reply="再答", **again)
    refused("urge_unknown", services.answer_urge, number=9, reply="答", **again)
    services.urge(reason=WHY, **again)
    refused("reply_missing", services.answer_urge, number=2, reply=" ", **again)
    refused(
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
    refused("urge_elsewhere", services.urge, case_id=other.pk, **given)


def test_an_urge_wakes_what_waited_for_the_customer_and_ends_with_the_case(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    matter = selectors.label(case.pk)
    matter_services.pause_clocks(
        matter=matter, names=("reply",), reason=PauseReason.AWAIT_CUSTOMER, note="等客户提供发票", by=hotline.desk,
        at=MORNING + HOUR,
    )  # fmt: skip
    services.urge(case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + 2 * HOUR)
    assert not [card for card in matters.clock_cards(matter, MORNING + 2 * HOUR) if card.state == "paused"]
    refused("urge_reason_unknown", services.urge, case_id=case.pk, reason="x", by=hotline.desk, at=MORNING + 3 * HOUR)
    finished(case, MORNING + 3 * HOUR)
    refused("urge_case_ended", services.urge, case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + 4 * HOUR)


def test_a_follower_is_measured_by_its_parent(hotline: Hotline) -> None:
    parent = a_case(hotline, OUT)
    child = a_case(hotline, OUT, account=2, when=MORNING + HOUR)
    services.join(case_id=child.pk, parent_id=parent.pk, by=hotline.desk, at=MORNING + HOUR)
    row = services.urge(case_id=child.pk, reason=WHY, by=hotline.desk, at=MORNING + 2 * HOUR)
    assert (row.within_limit, row.dispatched) == (False, True)


def test_three_calls_raise_oversight_once_a_level_though_facts_come_twice(hotline: Hotline) -> None:
    cases = []
    for day in range(3):
        when = MORNING + day * DAY
        cases.append(a_case(hotline, BILL, "电费怎么突然多了三百块", when=when))
        outbox.deliver_all(twice=True)
        finished(cases[-1], when + HOUR)
        outbox.deliver_all(twice=True)
        assert Oversight.objects.count() == max(0, day - 1)
    last = cases[-1]
    last.refresh_from_db()
    assert last.calls_count == 3
    (told,) = Oversight.objects.all()
    assert (told.level, told.first_case_id, told.unit_id, told.calls) == (1, cases[0].pk, hotline.county.station, 3)
    assert verbs(last).count("oversee") == 1
    assert last.urgency == Urgency.HIGH
    assert {(row.case_id, row.earlier_id) for row in Link.objects.all()} == {
        (cases[1].pk, cases[0].pk), (cases[2].pk, cases[0].pk), (cases[2].pk, cases[1].pk)
    }  # fmt: skip
    assert set(Link.objects.values_list("kind", flat=True)) == {LinkKind.REPEAT}
    assert not Delivery.objects.exclude(state=Delivery.DONE).exists()


def test_the_next_call_goes_one_level_higher_and_the_owner_stays(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    owner = case.owner_id
    for number in range(1, 5):
        services.urge(case_id=case.pk, reason=WHY, by=hotline.desk, at=MORNING + number * HOUR)
        outbox.deliver_all(twice=True)
    levels = list(Oversight.objects.order_by("level").values_list("level", "unit_id"))
    assert levels == [(1, hotline.county.station), (2, hotline.county.county), (3, hotline.county.city)]
    case.refresh_from_db()
    assert (case.owner_id, case.calls_count) == (owner, 5)
    assert verbs(case).count("oversee") == 3


def test_another_matter_or_another_customer_counts_nothing(hotline: Hotline) -> None:
    a_case(hotline, BILL)
    other = a_case(hotline, HALL, "营业厅的人态度恶劣骂人", when=MORNING + HOUR)
    neighbour = a_case(hotline, BILL, account=2, when=MORNING + 2 * HOUR)
    nobody = a_case(hotline, BILL, account=None, when=MORNING + 3 * HOUR)
    outbox.deliver_all()
    for case in (other, neighbour, nobody):
        case.refresh_from_db()
        assert case.calls_count == 1
    assert not Link.objects.exists()


def test_calls_outside_the_window_are_a_new_run(hotline: Hotline) -> None:
    for days in (0, 40, 41):
        case = a_case(hotline, BILL, when=MORNING + days * DAY)
        outbox.deliver_all()
        finished(case, MORNING + days * DAY + HOUR)
    assert services.count_repeat(case_id=case.pk, by=SYSTEM, at=MORNING + 42 * DAY).calls == 2
    assert not Oversight.objects.exists()


def test_a_mover_is_counted_by_phone(hotline: Hotline) -> None:
    for number, account in enumerate((1, 5)):
        caller = Caller(phone="13900139000", account_id=hotline.accounts[account])
        case = a_case(hotline, BILL, caller=caller, when=MORNING + number * DAY)
        outbox.deliver_all()
        finished(case, MORNING + number * DAY + HOUR)
    case.refresh_from_db()
    assert case.calls_count == 2
    assert "户号不同（可能已搬家）" in Link.objects.get().reasons[0]


def test_after_the_final_answer_a_call_is_heard_with_no_new_clock(hotline: Hotline) -> None:
    case = a_case(hotline, BILL, "要求赔偿停电期间的损失五千元")
    follower = a_case(hotline, BILL, account=2, when=MORNING + HOUR)
    services.join(case_id=follower.pk, parent_id=case.pk, by=hotline.desk, at=MORNING + HOUR)
    refused(
        "wrong_state",
        services.finalize,
        case_id=follower_of_nothing(hotline),
        number="ZD1",
        by=SYSTEM,
        at=MORNING + 2 * HOUR,
    )
    refused("not_allowed", services.finalize, case_id=case.pk, number="ZD1", by=hotline.quality, at=MORNING + 2 * HOUR)
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
    refused("urge_case_ended", services.urge, case_id=case.pk, reason=WHY, by=hotline.desk, at=when)
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
    refused("case_not_final", services.listen, **given)
    services.finalize(case_id=case.pk, number="ZD1", by=SYSTEM, at=MORNING + HOUR)
    taken = case.calls.get()
    refused("call_settled", services.listen, **{**given, "call_id": taken.pk})
    assert Call.objects.get(pk=call.pk).outcome == CallOutcome.KEPT


def test_first_contact_resolution_and_the_list_behind(hotline: Hotline) -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    solved = a_case(hotline, BILL, account=3)
    finished(solved, MORNING + HOUR)
    bad = a_case(hotline, BILL, account=1)
    finished(bad, MORNING + HOUR)
    a_case(hotline, BILL, account=1, when=MORNING + 2 * DAY)
    answered = a_call(hotline, "停电到几点", account=2)
    services.answer_call(
        call_id=answered.pk, outcome=CallOutcome.ANSWERED, reply="十二点前来电", by=hotline.desk, at=MORNING
    )
    services.urge(
        case_id=(late := a_case(hotline, LOW, account=4)).pk, reason=WHY, by=hotline.desk, at=MORNING + 71 * HOUR
    )
    services.urge(
        case_id=(slow := a_case(hotline, LOW, account=5)).pk, reason=WHY, by=hotline.desk, at=MORNING + 73 * HOUR
    )
    outbox.deliver_all()
    at = MORNING + 3 * DAY + HOUR
    found = selectors.fcr(hotline.desk, first, last, at)
    assert (found.contacts, found.resolved, found.waiting, found.hours) == (5, 3, 0, 72)
    assert found.rate == 0.6
    again = {call.case_id for call in selectors.first_contacts(hotline.desk, first, last, at) if call.again}
    assert again == {bad.pk, late.pk}
    assert slow.pk not in again
    early = selectors.fcr(hotline.desk, first, last, MORNING + HOUR)
    assert (early.contacts, early.rate, early.waiting) == (0, None, 5)
    assert selectors.fcr(hotline.head, first, last, at).contacts == 4
    assert selectors.fcr(hotline.desk, first, last, at, hotline.county.other_station).contacts == 1


def test_an_answered_call_is_come_back_to_by_the_same_phone(hotline: Hotline) -> None:
    for hours in (0, 5):
        caller = Caller(phone="13900139001")
        call = a_call(hotline, "停电到几点", account=None, caller=caller, when=MORNING + hours * HOUR)
        services.answer_call(call_id=call.pk, outcome=CallOutcome.ANSWERED, reply="十二点", by=hotline.desk, at=call.at)
    found = selectors.fcr(hotline.desk, date(2026, 3, 1), date(2026, 3, 31), MORNING + 9 * DAY)
    assert (found.contacts, found.resolved) == (2, 1)


def test_thorough_counts_repeats_after_closing_by_unit_and_person(hotline: Hotline) -> None:
    bad = a_case(hotline, BILL)
    finished(bad, MORNING + DAY)
    again = a_case(hotline, BILL, when=MORNING + 3 * DAY)
    good = a_case(hotline, BILL, account=3, when=MORNING + DAY)
    finished(good, MORNING + 2 * DAY)
    repair = a_case(hotline, OUT, account=4)
    finished(repair, MORNING + 2 * DAY)
    outbox.deliver_all()
    given = (date(2026, 3, 1), date(2026, 3, 31), MORNING + 4 * DAY)
    found = selectors.thorough(hotline.desk, *given)
    (unit,), (person,) = found.units, found.people
    assert (unit.id, unit.closed, unit.again, unit.rate) == (hotline.county.station, 2, 1, 0.5)
    assert (person.id, person.name, person.closed) == (bad.owner_id, "王坐席", 2)
    assert {row.pk: row.again for row in selectors.closed_cases(hotline.desk, *given)} == {bad.pk: True, good.pk: False}
    assert bad.pk in selectors.late_cases([bad.pk, again.pk], MORNING + 4 * DAY)


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
