"""Rules of bulletins, cell by cell."""

from datetime import date, datetime
from math import isclose

import pytest

from longzhong.assessment.bulletins.rules import (
    FIGURES,
    PRESSED,
    Figure,
    RisingLimits,
    Stage,
    monday,
    rising,
    stage_figure,
    tally,
    until,
    weeks_due,
)
from longzhong.kit.clock import CST


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 8), date(2026, 3, 2)),
        (date(2026, 1, 1), date(2025, 12, 29)),
    ],
)
def test_weeks_begin_on_monday(day: date, first: date) -> None:
    assert monday(day) == first and until(first).weekday() == 0


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        ((2026, 3, 9, 7, 59), date(2026, 2, 23)),
        ((2026, 3, 9, 8, 0), date(2026, 3, 2)),
        ((2026, 3, 15, 23, 59), date(2026, 3, 2)),
        ((2026, 3, 16, 0, 1), date(2026, 3, 2)),
        ((2026, 3, 16, 8, 0), date(2026, 3, 9)),
    ],
)
def test_which_weeks_should_be_drafted(now: tuple[int, ...], newest: date) -> None:
    due = weeks_due(datetime(*now, tzinfo=CST), 8, 3, CST)  # type: ignore[misc,arg-type]
    assert due[-1] == newest and len(due) == 3 and due == sorted(due)


def test_what_units_must_answer() -> None:
    assert PRESSED == (Figure.SLOW, Figure.PROMISES_BROKEN, Figure.LATE)


@pytest.mark.parametrize("figure", list(Figure))
def test_shares_have_a_base_and_counts_have_none(figure: Figure) -> None:
    found = tally(figure, [True, False, True])
    assert (found.number, found.base) == ((2, 3) if FIGURES[figure].share else (3, 0))
    assert tally(figure, []).share is None


def test_small_numbers_do_not_rise() -> None:
    now, before = [["停电"]] * 3 + [["电压"]] * 40, [["电压"]] * 10 + [[]] * 33
    found = {one.word: one for one in rising(now, before, RisingLimits(least_n=10))}
    assert found["停电"].few and not found["电压"].few
    assert found["电压"].is_rising and isclose(found["电压"].ratio, 40.5 / 10.5)
    assert found["停电"].low < 3.5 / 0.5 < found["停电"].high


def test_a_ratio_is_of_shares_not_of_counts() -> None:
    (found,) = rising([["停电"]] * 20, [["停电"]] * 10 + [[]] * 10, RisingLimits())
    (twice,) = rising([["停电"]] * 20 + [[]] * 20, [["停电"]] * 10 + [[]] * 10, RisingLimits())
    assert isclose(found.ratio, 2 * twice.ratio)
    assert rising([["停电"]], [], RisingLimits()) == []  # told once: nothing to compare


def test_a_stage_counts_what_was_reached() -> None:
    found = stage_figure(Stage.ARRIVE, [(30.0, True), (60.0, False), (40.0, True)])
    assert (found.n, found.within, found.median, found.share) == (3, 2, 40.0, 2 / 3)
    told = stage_figure(Stage.INFORM, [(None, True), (None, False)])
    assert (told.median, told.share) == (None, 0.5)
    assert stage_figure(Stage.HOLD, []).share is None
