"""Persistence: 64-bit histories against plain sets of days, and what lasts (长期, 季节性, 偶发)."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longzhong.sensing.curves.rules import Lasting, Limits
from longzhong.sensing.curves.rules.history import days_in_window, lasting, persistent, season_of, write_day

START = date(2026, 1, 1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 30), st.booleans()), min_size=1, max_size=60), st.integers(1, 64))
def test_histories_equal_plain_sets_of_days(steps, window):
    """Days come in, mostly forward, sometimes late or again; only the last 64 days up to the newest are kept."""
    bits, newest, known = np.zeros(1, dtype=np.uint64), START, set()
    day = START
    for step, abnormal in steps:
        day = max(newest + timedelta(days=step), START)
        bits = write_day(bits, newest, day, np.array([abnormal]))
        if (newest - day).days < 64:
            known = (known | {day}) if abnormal else known - {day}
        newest = max(newest, day)
    expected = sum(0 <= (newest - one).days < window for one in known)
    assert days_in_window(bits, newest, window)[0] == expected


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("07-01", "迎峰度夏"),
        ("06-14", ""),
        ("12-31", "迎峰度冬"),
        ("01-15", "迎峰度冬"),
        ("03-01", ""),
        ("04-20", "春灌"),
    ],
)
def test_season_of(day, name):
    assert season_of(date.fromisoformat(f"2026-{day}"), Limits().seasons) == name


def every(first: str, count: int, step: int = 1) -> list[date]:
    return [date.fromisoformat(first) + timedelta(days=n * step) for n in range(count)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(every("2026-05-20", 2), Lasting.OCCASIONAL, id="twice"),
        pytest.param(every("2026-07-01", 5), Lasting.SEASONAL, id="five summer days"),
        pytest.param(every("2026-07-01", 30), Lasting.SEASONAL, id="a whole summer month is still the season"),
        pytest.param(every("2026-10-01", 20), Lasting.LONG_TERM, id="twenty autumn days"),
        pytest.param(every("2026-10-01", 6), Lasting.OCCASIONAL, id="six autumn days"),
        pytest.param(every("2026-09-01", 30), Lasting.LONG_TERM, id="from summer on into autumn"),
    ],
)
def test_what_lasts(days, expected):
    assert lasting(days, Limits()) is expected


@pytest.mark.parametrize(("days", "expected"), [(2, False), (3, True)])
def test_persistent(days, expected):
    assert persistent(days, Limits()) is expected
