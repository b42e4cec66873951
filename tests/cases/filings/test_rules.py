"""The rules of filings, cell by cell."""

from datetime import datetime, timedelta

import pytest

from longzhong.cases.filings.rules import (
    FILERS,
    JUDGES,
    MACHINE,
    Kind,
    Limits,
    Scope,
    Spot,
    State,
    Timing,
    covers,
    months_allowed,
    months_later,
    span_fits,
    timing,
)
from longzhong.kit.errors import Refused
from tests.dispatch.make import at

NOON = at("2026-03-02 12:00")
LIMITS = Limits(storm_lead_h=0, event_lead_h=24, late_most_h=72)
HOUR = timedelta(hours=1)
D, S, R, A, E, W, T, M = (
    State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.EXPIRED, State.WITHDRAWN, State.TRUE, State.MISUSED,
)  # fmt: skip
TABLE = {
    "edit": {D: D, R: D},
    "attach": {D: D, S: S, A: A},
    "tie": {D: D, A: A},
    "submit": {D: S},
    "accept": {S: A},
    "return": {S: R},
    "end": {A: E},
    "expire": {A: E},
    "confirm": {E: T},
    "misuse": {A: M, E: M},
    "withdraw": {D: W, S: W, R: W},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(TABLE))
def test_every_cell_of_the_machine(verb: str, state: State) -> None:
    if state in TABLE[verb]:
        assert MACHINE.move(verb, state).target is TABLE[verb][state]
    else:
        with pytest.raises(Refused):
            MACHINE.move(verb, state)


def test_the_table_has_no_other_verb_and_nobody_both_files_alone_and_judges() -> None:
    assert {row.verb for row in MACHINE.moves} == set(TABLE)
    assert "station" in FILERS
    assert "station" not in JUDGES
    assert MACHINE.move("expire", A).roles == ("system",)


@pytest.mark.parametrize(
    ("kind", "hours", "expected"),
    [
        (Kind.STORM, -1, Timing.AHEAD),
        (Kind.STORM, 0, Timing.AHEAD),
        (Kind.STORM, 1, Timing.LATE),
        (Kind.STORM, 72, Timing.LATE),
        (Kind.STORM, 73, Timing.TOO_LATE),
        (Kind.EVENT, -25, Timing.AHEAD),
        (Kind.EVENT, -24, Timing.AHEAD),
        (Kind.EVENT, -23, Timing.LATE),
        (Kind.EVENT, 72, Timing.LATE),
        (Kind.EVENT, 73, Timing.TOO_LATE),
        (Kind.MEDIA, 0, Timing.AHEAD),
        (Kind.DEMAND, 1, Timing.LATE),
    ],
)
def test_ahead_late_or_too_late(kind: Kind, hours: int, expected: Timing) -> None:
    assert timing(kind, NOON, NOON + hours * HOUR, LIMITS) is expected


@pytest.mark.parametrize(
    ("kind", "days", "fits"),
    [
        (Kind.STORM, 7, True),
        (Kind.STORM, 8, False),
        (Kind.MEDIA, 30, True),
        (Kind.MEDIA, 31, False),
        (Kind.DEMAND, 180, True),
        (Kind.DEMAND, 181, False),
        (Kind.EVENT, 15, True),
        (Kind.EVENT, 16, False),
    ],
)
def test_spans(kind: Kind, days: int, fits: bool) -> None:
    assert span_fits(kind, NOON, NOON + timedelta(days=days), LIMITS) is fits


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-15", 3, "2026-06-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months(start: str, months: int, end: str) -> None:
    assert months_later(datetime.fromisoformat(start), months) == datetime.fromisoformat(end)


@pytest.mark.parametrize(("months", "allowed"), [(0, False), (1, True), (2, True), (3, True), (4, False)])
def test_one_to_three_months(months: int, allowed: bool) -> None:
    assert months_allowed(months, LIMITS) is allowed


PLACE = Scope(unit_id=7, area_ids=frozenset({1}), estates=frozenset({"名仕家天下"}))
UNIT = Scope(unit_id=7, whole_unit=True)
PERSON = Scope(unit_id=7, account_id=5, phone_index="abc", area_ids=frozenset({1}))
NARROW = Scope(unit_id=7, area_ids=frozenset({1}), category_ids=frozenset({3}))


@pytest.mark.parametrize(
    ("scope", "spot", "inside"),
    [
        (PLACE, Spot(area_id=1), True),
        (PLACE, Spot(area_id=2), False),
        (PLACE, Spot(), False),
        (PLACE, Spot(area_id=2, estate="名仕家天下"), True),
        (PLACE, Spot(estate="御龙湾"), False),
        (PLACE, Spot(area_id=9, unit_ids=(7,)), False),
        (UNIT, Spot(unit_ids=(9, 7, 1)), True),
        (UNIT, Spot(unit_ids=(9, 1)), False),
        (PERSON, Spot(account_id=5, area_id=2), True),
        (PERSON, Spot(account_id=6, phone_index="abc"), True),
        (PERSON, Spot(account_id=6, area_id=1), False),
        (PERSON, Spot(phone_index=""), False),
        (NARROW, Spot(area_id=1, category_id=3), True),
        (NARROW, Spot(area_id=1, category_id=4), False),
        (NARROW, Spot(area_id=1), False),
        (NARROW, Spot(area_id=2, category_id=3), False),
    ],
)
def test_what_lies_inside(scope: Scope, spot: Spot, inside: bool) -> None:
    assert covers(scope, spot) is inside


def test_a_scope_says_what_it_names() -> None:
    assert (PLACE.names_place, PLACE.names_customer) == (True, False)
    assert (PERSON.names_customer, Scope(unit_id=7).names_place) == (True, False)
