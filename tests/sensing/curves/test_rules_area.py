"""From meters to areas: cell by cell."""

import numpy as np
import pytest

from longzhong.sensing.curves.rules import Limits
from longzhong.sensing.curves.rules.area import area_verdict, by_meter, cross_check_dead, hourly, silent_together, tally
from longzhong.sensing.curves.rules.words import ABNORMAL as A
from longzhong.sensing.curves.rules.words import NORMAL as N
from longzhong.sensing.curves.rules.words import UNDETERMINED as U
from longzhong.sensing.curves.rules.words import UNJUDGED

WORDS = {N: "normal", A: "abnormal", U: "undetermined", UNJUDGED: "unjudged"}


def verdict(meters: list[tuple[int, bool, bool]], **limits: float) -> str:
    """Meters of one area as (verdict, abnormal before, is the area's own)."""
    columns = [np.array(column) for column in zip(*meters, strict=True)] if meters else [np.zeros(0, dtype=int)] * 3
    counts = tally(
        1,
        np.zeros(len(meters), dtype=np.int64),
        columns[0].astype(int),
        columns[1].astype(bool),
        columns[2].astype(bool),
    )
    return WORDS[int(area_verdict(counts, Limits(**limits))[0])]


@pytest.mark.parametrize(
    ("meters", "limits", "expected"),
    [
        pytest.param([(N, False, False)] * 9 + [(A, False, False)], {}, "abnormal", id="one low customer"),
        pytest.param(
            [(N, False, False)] * 9 + [(A, False, False)],
            {"area_min_meters": 2},
            "undetermined",
            id="one of two needed",
        ),
        pytest.param(
            [(N, False, False)] * 9 + [(A, False, True)], {"area_min_meters": 2}, "abnormal", id="the outlet itself"
        ),
        pytest.param([(N, False, False)] * 10, {}, "normal", id="all normal"),
        pytest.param([(N, False, False)] * 9 + [(U, False, False)], {}, "normal", id="one customer without data"),
        pytest.param([(N, False, False)] * 8 + [(U, False, False)] * 2, {}, "undetermined", id="too many without data"),
        pytest.param(
            [(N, False, False)] * 30 + [(U, True, False)], {}, "undetermined", id="the one that was low has no data"
        ),
        pytest.param([(N, True, False)] * 30, {}, "normal", id="all that were low are normal"),
        pytest.param([], {}, "unjudged", id="no meters"),
    ],
)
def test_area_verdict(meters, limits, expected):
    assert verdict(meters, **limits) == expected


def test_a_meter_is_as_bad_as_its_worst_phase():
    assert by_meter(np.array([N, A, U, U, N, N, N]), np.array([0, 3, 5])).tolist() == [A, U, N]


def test_an_area_lives_where_a_customer_lives():
    phases = np.array([[[0.0, np.nan, 0.0, 230.0]] * 3], dtype=np.float32)
    living = np.array([[2, 1, 0, 0]])
    checked = cross_check_dead(
        np.pad(phases, ((0, 0), (0, 0), (0, 92))), np.pad(living, ((0, 0), (0, 92))), 10.0, 220.0
    )
    assert checked[0, 0, :4].tolist() == [220.0, 220.0, 0.0, 230.0]


@pytest.mark.parametrize(
    ("area_seen", "seen", "customers", "expected"),
    [(False, 0, 10, True), (False, 2, 10, True), (False, 3, 10, False), (True, 0, 10, False), (False, 0, 0, False)],
)
def test_silent_together(area_seen, seen, customers, expected):
    told = silent_together(np.array([area_seen]), np.array([seen]), np.array([customers]), Limits())
    assert bool(told[0]) is expected


def test_hourly_means_leave_gaps_out():
    values = np.full((1, 96), 4.0)
    values[0, :4] = [1.0, np.nan, 3.0, np.nan]
    values[0, 4:8] = np.nan
    hours = hourly(values)
    assert hours[0, 0] == 2.0
    assert np.isnan(hours[0, 1])
    assert hours[0, 2] == 4.0
