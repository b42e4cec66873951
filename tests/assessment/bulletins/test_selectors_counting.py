"""Every number of the bulletin against plain Python over the same rows."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from longzhong.assessment.bulletins import selectors, services
from longzhong.assessment.bulletins.models import Turn
from longzhong.assessment.bulletins.rules import Figure
from longzhong.cases.hotline.models import Call, CallBack, Case, Link, Promise, Urge
from longzhong.kit.actor import Actor
from tests.assessment.bulletins.make import START, UNTIL, WEEK, many_cases
from tests.cases.hotline.make import Hotline, hotline_county

pytestmark = pytest.mark.django_db
H72 = timedelta(hours=72)
AGAIN = ("repeat", "reopened", "same_matter")
Row = tuple[int, bool]  # unit, good


@pytest.fixture
def hotline() -> Hotline:
    made = hotline_county()
    many_cases(made)
    return made


def live(case: Case, at: datetime) -> bool:
    return case.state != "void" and case.opened_at < at and (case.closed_at is None or case.closed_at >= at)


def week(at: datetime) -> bool:
    return START <= at < UNTIL


def slow() -> Iterator[Row]:
    return ((one.unit_id, True) for one in Case.objects.all() if live(one, UNTIL) and one.opened_at < UNTIL - H72)


def late() -> Iterator[Row]:
    return ((one.unit_id, True) for one in Case.objects.all() if live(one, UNTIL) and one.due_at and one.due_at < UNTIL)


def of_cases(model: Any) -> list[Any]:
    return [one for one in model.objects.select_related("case") if one.case.state != "void"]


def promises_open() -> Iterator[Row]:
    for one in of_cases(Promise):
        if one.made_at < UNTIL <= one.due_at and (one.ended_at is None or one.ended_at >= UNTIL):
            yield one.case.unit_id, True


def promises_due() -> Iterator[Row]:
    for one in of_cases(Promise):
        if week(one.due_at):
            yield one.case.unit_id, one.ended_at is not None and one.ended_at <= one.due_at


def promises_broken() -> Iterator[Row]:
    return ((unit, True) for unit, kept in promises_due() if not kept)


def urges() -> Iterator[Row]:
    return ((one.case.unit_id, True) for one in of_cases(Urge) if week(one.at))


def again() -> set[int]:
    return {one.case_id for one in Link.objects.filter(kind__in=("repeat", "reopened"))}


def repeats() -> Iterator[Row]:
    for call in Call.objects.select_related("case"):
        if call.case and call.case.state != "void" and week(call.at) and call.at > call.case.opened_at:
            yield call.case.unit_id, True
    for case in Case.objects.exclude(state="void"):
        if week(case.opened_at) and case.pk in again():
            yield case.unit_id, True


def satisfaction() -> Iterator[Row]:
    for one in of_cases(CallBack):
        if week(one.at) and one.result in ("satisfied", "fair", "dissatisfied"):
            yield one.case.unit_id, one.result != "dissatisfied"


@pytest.mark.parametrize(
    ("figure", "rows"),
    [
        (Figure.SLOW, slow), (Figure.LATE, late), (Figure.PROMISES_OPEN, promises_open), (Figure.PROMISES_DUE, promises_due),
        (Figure.PROMISES_BROKEN, promises_broken), (Figure.URGES, urges), (Figure.REPEATS, repeats),
        (Figure.SATISFACTION, satisfaction),
    ],
)  # fmt: skip
def test_a_number_is_what_fingers_count(hotline: Hotline, figure: Figure, rows: Callable[[], Iterator[Row]]) -> None:
    units = [hotline.county.station, hotline.county.other_station]
    found = selectors.count(hotline.county.county, units, WEEK)
    mine = Counter((unit, hit.good) for unit in units for hit in found[unit][figure])
    assert mine == Counter(rows()) and mine.total() > 2


def test_first_contacts_judge_those_whose_hours_ended_in_the_week(hotline: Hotline) -> None:
    units = [hotline.county.station, hotline.county.other_station]
    found = selectors.count(hotline.county.county, units, WEEK)
    hits = {hit.item_id: hit.good for unit in units for hit in found[unit][Figure.FCR]}
    known = {link.case_id for link in Link.objects.filter(kind__in=AGAIN)}
    expected = {}
    for call in Call.objects.filter(outcome="case", at__gte=START - H72, at__lt=UNTIL - H72).exclude(case__in=known):
        others = Call.objects.filter(case=call.case, at__gt=call.at, at__lte=call.at + H72).exists()
        urged = Urge.objects.filter(case=call.case, at__gt=call.at, at__lte=call.at + H72).exists()
        later = Link.objects.filter(earlier=call.case, kind__in=AGAIN).values_list("case__opened_at", flat=True)
        expected[call.pk] = not (others or urged or any(call.at < moment <= call.at + H72 for moment in later))
    assert hits == expected
    assert len(hits) > 5 and set(hits.values()) == {True, False}


def test_returns_count_in_the_week_in_which_they_happened(hotline: Hotline) -> None:
    case = Case.objects.filter(unit=hotline.county.station).first()
    assert case is not None
    for when in (START, START, UNTIL - timedelta(seconds=1), UNTIL):
        services.note_turn(case_id=case.pk, unit_id=case.unit_id, verb="send_back", by=Actor.machine("t"), at=when)
    assert Turn.objects.count() == 3
    found = selectors.count(hotline.county.county, [case.unit_id], WEEK)
    assert len(found[case.unit_id][Figure.RETURNED]) == 2


def test_other_units_are_not_counted(hotline: Hotline) -> None:
    found = selectors.count(hotline.county.county, [hotline.county.station], WEEK)
    assert set(found) == {hotline.county.station}
