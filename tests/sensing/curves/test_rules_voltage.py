"""低电压、过电压 and the meter's own faults: truth tables, cell by cell."""

import numpy as np
import pytest

from longzhong.sensing.curves.rules import Limits
from tests.sensing.curves.make import NAN, day, details, verdicts_of

ROOT3 = 3.0**0.5


def flat(value: float, first: int, after: int) -> np.ndarray:
    curve = day(220)
    curve[first:after] = value
    return curve


@pytest.mark.parametrize(
    ("curve", "wiring", "expected"),
    [
        pytest.param(day(220, (190, 40, 45)), 1, "abnormal", id="75 minutes below"),
        pytest.param(day(220, (190, 40, 44)), 1, "normal", id="one hour is not longer than an hour"),
        pytest.param(flat(198.0, 40, 50), 1, "normal", id="198.0 V is within"),
        pytest.param(flat(197.9, 40, 45), 1, "abnormal", id="197.9 V is not"),
        pytest.param(flat(203.9, 40, 50), 3, "abnormal", id="three-phase: 353.2 V line to line"),
        pytest.param(flat(204.1, 40, 50), 3, "normal", id="three-phase: 353.5 V line to line"),
        pytest.param(flat(203.9, 40, 50), 1, "normal", id="single-phase: the same is fine"),
        pytest.param(day(220, (190, 40, 43), (190, 44, 47)), 1, "normal", id="two short runs"),
        pytest.param(day(220, (190, 40, 43), (NAN, 43, 44), (190, 44, 47)), 1, "undetermined", id="a gap between them"),
        pytest.param(day(220, (NAN, 40, 44)), 1, "normal", id="a gap too short to hide a run"),
        pytest.param(day(220, (NAN, 40, 45)), 1, "undetermined", id="a gap that could hide a run"),
        pytest.param(day(220, (190, 40, 46), (NAN, 60, 80)), 1, "abnormal", id="a run stays certain beside a gap"),
        pytest.param(day(220, (0.0, 40, 44)), 1, "normal", id="no voltage for an hour"),
        pytest.param(day(220, (0.0, 40, 52)), 1, "undetermined", id="no voltage is not low voltage"),
        pytest.param(day(220), 1, "normal", id="a clean day"),
    ],
)
def test_low_voltage(curve, wiring, expected):
    assert verdicts_of(curve, wiring=wiring)["low_voltage"] == expected


@pytest.mark.parametrize(
    ("curve", "wiring", "expected"),
    [
        pytest.param(flat(235.4, 40, 50), 1, "normal", id="235.4 V is within"),
        pytest.param(flat(235.5, 40, 45), 1, "abnormal", id="235.5 V is not"),
        pytest.param(flat(235.5, 40, 44), 1, "normal", id="one hour"),
        pytest.param(flat(234.8, 40, 45), 3, "abnormal", id="three-phase: 406.7 V"),
        pytest.param(flat(234.7, 40, 45), 3, "normal", id="three-phase: 406.5 V"),
        pytest.param(flat(500.0, 40, 45), 1, "undetermined", id="impossible is not over voltage"),
        pytest.param(day(230, (NAN, 0, 96)), 1, "undetermined", id="nothing came"),
    ],
)
def test_over_voltage(curve, wiring, expected):
    assert verdicts_of(curve, wiring=wiring)["over_voltage"] == expected


@pytest.mark.parametrize(
    ("kind", "curve", "expected"),
    [
        ("gap", day(220, (NAN, 40, 48)), "abnormal"),
        ("gap", day(220, (NAN, 40, 47)), "normal"),
        ("flat", flat(221.3, 30, 54), "abnormal"),
        ("flat", flat(221.3, 30, 53), "normal"),
        ("flat", flat(0.0, 30, 60), "normal"),
        ("flat", day(220, (NAN, 30, 60)), "undetermined"),
        ("spike", day(220, (300, 10, 11), (300, 20, 21), (300, 30, 31)), "abnormal"),
        ("spike", day(220, (300, 10, 11), (300, 20, 21)), "normal"),
        ("spike", day(220, (300, 10, 12), (300, 20, 22), (300, 30, 32)), "normal"),
        ("spike", day(220, (120, 10, 11), (120, 20, 21), (120, 30, 31)), "abnormal"),
        ("spike", day(220, (900, 0, 3)), "abnormal"),
        ("spike", day(220, (0.0, 10, 11), (0.0, 20, 21), (0.0, 30, 31)), "normal"),
        ("negative", day(220, (-1.0, 10, 12), (-1.0, 30, 32)), "abnormal"),
        ("negative", day(220, (-1.0, 10, 13)), "normal"),
        ("zero", day(220, (0.0, 10, 26)), "abnormal"),
        ("zero", day(220, (0.0, 10, 25)), "normal"),
        ("zero", day(220, (0.0, 10, 20), (NAN, 20, 22), (0.0, 22, 30)), "undetermined"),
        ("multiplier", day(22, step=0.02), "abnormal"),
        ("multiplier", day(380), "abnormal"),
        ("multiplier", day(2200), "abnormal"),
        ("multiplier", day(220), "normal"),
        ("multiplier", day(300), "normal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quality(kind, curve, expected):
    assert verdicts_of(curve)[kind] == expected


@pytest.mark.parametrize(
    "curve",
    [
        pytest.param(flat(190.0, 0, 96), id="flat"),
        pytest.param(day(220, (190, 40, 50), (300, 60, 61), (300, 62, 63), (300, 64, 65)), id="spikes"),
        pytest.param(day(220, (190, 40, 50), (-5.0, 60, 66)), id="negative"),
        pytest.param(day(220, (190, 40, 50), (0.0, 60, 80)), id="zero"),
        pytest.param(day(22, step=0.02), id="multiplier"),
    ],
)
def test_a_meter_that_cant_be_believed_accuses_nobody_and_clears_nobody(curve):
    verdicts = verdicts_of(curve)
    assert (verdicts["low_voltage"], verdicts["over_voltage"]) == ("undetermined", "undetermined")


def test_a_gap_alone_casts_no_doubt():
    assert verdicts_of(day(220, (190, 40, 50), (NAN, 60, 80)))["low_voltage"] == "abnormal"


def test_numbers_of_a_finding():
    told = details(day(220, (190, 40, 43), (NAN, 43, 45), (191, 45, 51), (195, 60, 62)))["low_voltage"]
    assert told == {
        "verdict": 1, "slots": 11, "conf": 6, "poss": 11, "worst": 190.0, "first": 40, "last": 61,
    }  # fmt: skip


def test_worst_believable_value_is_told_even_of_a_normal_day():
    told = details(day(220, (900, 10, 11)))
    assert told["over_voltage"]["worst"] == pytest.approx(220.6, abs=1e-4)
    assert told["spike"]["worst"] == 900.0
    assert told["flat"]["first"] == -1


def test_limits_are_tunable():
    assert verdicts_of(day(220, (205, 40, 42)), Limits(low_volts_1p=207.0, low_minutes=15))["low_voltage"] == "abnormal"
