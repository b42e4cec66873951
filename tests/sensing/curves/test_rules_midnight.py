"""Runs over midnight: found on the day on which they reach their need; a clean day is normal whatever came before."""

import numpy as np
import pytest

from longzhong.sensing.curves.rules import Limits
from longzhong.sensing.curves.rules.judged import unknown_tails
from longzhong.sensing.curves.rules.limits import voltage_bounds
from longzhong.sensing.curves.rules.voltage import judge_voltage
from longzhong.sensing.curves.rules.words import VERDICTS
from tests.sensing.curves.make import NAN, Curve, day


def two_days(first: Curve, second: Curve) -> tuple[str, str]:
    """Low-voltage verdicts of two days that follow each other; the day before them was clean."""
    bounds, which = voltage_bounds([Limits()]), np.array([0])
    one = judge_voltage(first[None, :], which, bounds, np.zeros((1, 8, 2), dtype=np.uint8))
    two = judge_voltage(second[None, :], which, bounds, one.tails)
    return VERDICTS[one.verdict[0, 0]].value, VERDICTS[two.verdict[0, 0]].value


def evening(slots: int, *more: tuple[float, int, int]) -> Curve:
    return day(220, (190, 96 - slots, 96), *more)


def morning(slots: int, *more: tuple[float, int, int]) -> Curve:
    return day(220, (190, 0, slots), *more)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(evening(3), morning(2), ("normal", "abnormal"), id="3 + 2: the second day"),
        pytest.param(evening(3), morning(1), ("normal", "normal"), id="3 + 1: too short"),
        pytest.param(
            evening(5), morning(2), ("abnormal", "normal"), id="long enough before midnight: only the first day"
        ),
        pytest.param(evening(5), morning(5), ("abnormal", "abnormal"), id="long enough on both sides"),
        pytest.param(morning(96), morning(96), ("abnormal", "abnormal"), id="two whole days"),
        pytest.param(evening(4), day(220), ("normal", "normal"), id="a clean day is normal"),
        pytest.param(
            evening(4, (NAN, 90, 92)), morning(1), ("undetermined", "abnormal"), id="4 certain before + 1 after"
        ),
        pytest.param(day(220, (NAN, 90, 96)), day(220), ("undetermined", "normal"), id="a gap before a clean day"),
        pytest.param(
            day(220, (NAN, 90, 96)), morning(1), ("undetermined", "undetermined"), id="a gap before a low start"
        ),
        pytest.param(
            day(220, (NAN, 94, 96)), morning(2), ("normal", "normal"), id="2 unknown + 2: too short either way"
        ),
        pytest.param(day(220, (NAN, 93, 96)), morning(2), ("normal", "undetermined"), id="3 unknown + 2"),
        pytest.param(evening(3), morning(1, (NAN, 1, 2)), ("normal", "undetermined"), id="3 + 1 + unknown"),
        pytest.param(
            evening(96), day(220, (NAN, 0, 3)), ("abnormal", "normal"), id="found yesterday, then a short gap"
        ),
    ],
)
def test_two_days(first, second, expected):
    assert two_days(first, second) == expected


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        pytest.param(day(220), "normal", id="a clean day after a missing one is normal"),
        pytest.param(morning(1), "undetermined", id="a low start might go on a run"),
        pytest.param(morning(5), "abnormal", id="long enough by itself"),
        pytest.param(day(220, (190, 1, 5)), "normal", id="not at the start"),
        pytest.param(day(220, (NAN, 0, 1)), "undetermined", id="an unknown start"),
    ],
)
def test_when_the_day_before_is_missing(curve, expected):
    judged = judge_voltage(curve[None, :], np.array([0]), voltage_bounds([Limits()]), unknown_tails(1, 8))
    assert VERDICTS[judged.verdict[0, 0]].value == expected


def test_an_untrusted_evening_is_no_certain_start():
    stuck = day(220)
    stuck[60:] = 190.0
    assert two_days(stuck, morning(2)) == ("undetermined", "undetermined")
