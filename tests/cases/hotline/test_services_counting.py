"""Counting a customer's calls: oversight a level higher, first-contact resolution, thoroughness."""

from datetime import date, timedelta

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Link, Oversight
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.words import CallOutcome, LinkKind, Urgency
from longzhong.cases.hotline.services import Caller
from longzhong.kit import outbox
from longzhong.kit.models import Delivery
from tests.cases.hotline.acts import finished, verbs
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_call, a_case

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


LOW, OUT, HALL, BILL = "repair.quality.low", "repair.lv.area_out", "complaint.service.hall_attitude", "enquiry.bill"


WHY = UrgeReason.OVERDUE


pytestmark = pytest.mark.django_db


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
