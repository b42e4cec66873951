"""Kernel == NumPy == slow oracle, on days made of stretches of telling values. LONGZHONG_PROVE=1 looks much longer."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longzhong.sensing.curves.rules import Limits
from longzhong.sensing.curves.rules.bits import COMPILED
from longzhong.sensing.curves.rules.findings import load_found, pick, voltage_found
from longzhong.sensing.curves.rules.judged import unknown_tails
from longzhong.sensing.curves.rules.limits import load_bounds, voltage_bounds
from longzhong.sensing.curves.rules.load import QUANTITIES, detail_load, judge_load
from longzhong.sensing.curves.rules.voltage import detail_voltage, judge_voltage
from longzhong.sensing.curves.rules.words import LOAD_KINDS, VERDICTS, VOLTAGE_KINDS
from tests.sample import PROVE
from tests.sensing.curves import oracle

MANY = settings(
    max_examples=5000 if PROVE else 120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
VOLTS = [
    197.9,
    198.0,
    190.0,
    204.0,
    204.1,
    220.0,
    230.5,
    234.7,
    234.8,
    235.4,
    235.5,
    245.0,
    300.0,
    380.0,
    451.0,
    22.0,
    5.0,
    0.0,
    -3.0,
    math.nan,
]
LIMITS = [
    Limits(),
    Limits(low_minutes=30, over_minutes=0, flat_minutes=60, gap_minutes=30, spike_count=1, zero_minutes=15),
]
LOAD_LIMITS = [
    Limits(),
    Limits(load_minutes=30, unbalance_minutes=15, neutral_minutes=15, unbalance_ratio=0.25, unbalance_gate=0.6),
]


def stretches(values: list[float]) -> st.SearchStrategy[np.ndarray]:
    """96 slots in stretches of equal value, or of a value and its neighbours, so that edges of runs are met often."""
    piece = st.tuples(st.sampled_from(values), st.integers(1, 26), st.sampled_from([0.0, 0.0, 0.1, 0.3]))
    return st.lists(piece, min_size=1, max_size=24).map(_laid)


def _laid(pieces: list[tuple[float, int, float]]) -> np.ndarray:
    curve = np.full(96, np.nan, dtype=np.float32)
    curve[:] = 220.0
    slot = 0
    for value, length, step in pieces:
        for n in range(length):
            if slot < 96:
                curve[slot] = value + step * (n % 3)
                slot += 1
    return curve


tails = st.tuples(st.integers(0, 96), st.integers(0, 96)).map(lambda t: (min(t), max(t))) | st.just(oracle.UNKNOWN)
voltage_rows = st.tuples(stretches(VOLTS), st.sampled_from([1, 3]), st.lists(tails, min_size=8, max_size=8))


@MANY
@given(st.lists(voltage_rows, min_size=1, max_size=6), st.sampled_from(LIMITS))
def test_voltage_kernel_equals_the_oracle(rows, limits):
    u = np.stack([row[0] for row in rows])
    which = np.array([int(row[1] == 3) for row in rows])
    before = np.array([row[2] for row in rows], dtype=np.uint8)
    bounds = voltage_bounds([limits])
    judged = judge_voltage(u, which, bounds, before)
    plain = judge_voltage(u, which, bounds, before, fast=False)
    np.testing.assert_array_equal(judged.verdict, plain.verdict)
    np.testing.assert_array_equal(judged.tails, plain.tails)
    pairs = pick(judged, VOLTAGE_KINDS, every=True)
    numbers = detail_voltage(u, which, bounds, before, pairs)
    np.testing.assert_array_equal(numbers, detail_voltage(u, which, bounds, before, pairs, fast=False))
    for row, (curve, wiring, own) in enumerate(rows):
        told, left = oracle.judge_voltage(
            [float(v) for v in curve], limits, wiring, {k.value: t for k, t in zip(VOLTAGE_KINDS, own, strict=True)}
        )
        _compare(judged, numbers, VOLTAGE_KINDS, row, told, left)


def _compare(judged, numbers, kinds, row, told, left):
    for column, kind in enumerate(kinds):
        expected = told[kind.value]
        assert VERDICTS[judged.verdict[row, column]].value == expected.verdict, kind
        assert tuple(judged.tails[row, column]) == left[kind.value], kind
        given_numbers = tuple(numbers[row * len(kinds) + column])
        assert given_numbers == (expected.slots, expected.conf, expected.poss, expected.first, expected.last), kind


AREA_VALUES = {
    "u": [230.0, 231.0, 199.0, 262.0, 470.0, 0.0, 3.0, math.nan],
    "i": [0.0, 60.0, 80.0, 120.0, 150.0, 240.0, 300.0, 420.0, -4.0, math.nan],
    "p": [0.0, 4.0, 40.0, 80.0, 96.0, 120.0, 160.0, 200.0, 700.0, -90.0, math.nan],
    "q": [0.0, 10.0, 60.0, 120.0, math.nan],
}
area_days = st.fixed_dictionaries({name: stretches(AREA_VALUES[name[0]]) for name in QUANTITIES})


@MANY
@given(
    area_days,
    st.sampled_from([100.0, 200.0, 400.0]),
    st.lists(tails, min_size=8, max_size=8),
    st.sampled_from(LOAD_LIMITS),
)
def test_load_kernel_equals_the_oracle(day, kva, own, limits):
    curves = {name: curve[None, :] for name, curve in day.items()}
    bounds, which, rated = load_bounds([limits]), np.array([0]), np.array([kva])
    before = np.array([own], dtype=np.uint8)
    judged = judge_load(curves, rated, which, bounds, before)
    plain = judge_load(curves, rated, which, bounds, before, fast=False)
    np.testing.assert_array_equal(judged.verdict, plain.verdict)
    np.testing.assert_array_equal(judged.tails, plain.tails)
    pairs = pick(judged, LOAD_KINDS, every=True)
    numbers = detail_load(curves, rated, which, bounds, before, pairs)
    np.testing.assert_array_equal(numbers, detail_load(curves, rated, which, bounds, before, pairs, fast=False))
    told, left = oracle.judge_load(
        {name: [float(v) for v in curve] for name, curve in day.items()},
        limits,
        kva,
        {k.value: t for k, t in zip(LOAD_KINDS, own, strict=True)},
    )
    _compare(judged, numbers, LOAD_KINDS, 0, told, left)


@settings(max_examples=2000 if PROVE else 60, deadline=None)
@given(st.lists(st.sampled_from("TF?"), min_size=96, max_size=96), st.integers(1, 9))
def test_three_values_mean_all_or_none_of_the_ways_to_fill_the_gaps(states, need):
    """Abnormal: whatever the unknown slots were. Normal: however they were. Tried out on days with few unknown slots."""
    unknown = [slot for slot, state in enumerate(states) if state == "?"][6:]
    fixed = [("F" if slot % 2 else "T") if slot in unknown else state for slot, state in enumerate(states)]
    free = [slot for slot, state in enumerate(fixed) if state == "?"]
    u = np.array(
        [{"T": 190.0, "F": 220.0, "?": np.nan}[s] + 0.01 * (n % 5) for n, s in enumerate(fixed)], dtype=np.float32
    )
    limits = Limits(low_minutes=(need - 1) * 15)
    verdict = VERDICTS[
        judge_voltage(u[None], np.array([0]), voltage_bounds([limits]), np.zeros((1, 8, 2), np.uint8)).verdict[0, 0]
    ]
    outcomes = set()
    for filling in product("TF", repeat=len(free)):
        filled = list(fixed)
        for slot, state in zip(free, filling, strict=True):
            filled[slot] = state
        outcomes.add(oracle.run_of(filled, "T", 0) >= need)
    expected = {(True,): "abnormal", (False,): "normal"}.get(tuple(outcomes), "undetermined")
    assert verdict.value == expected


def test_numba_is_what_runs_here():
    assert COMPILED


def test_every_finding_picked_is_told_once():
    u = np.full((5, 96), np.nan, dtype=np.float32)
    bounds, which, before = voltage_bounds([Limits()]), np.zeros(5, dtype=np.int64), unknown_tails(5, 8)
    found = voltage_found(u, which, bounds, before, judge_voltage(u, which, bounds, before))
    assert sorted(zip(found.row.tolist(), found.kind.tolist(), strict=True)) == sorted(
        (row, kind) for row in range(5) for kind in (0, 1, 7)
    )


def test_details_of_area_findings_are_those_of_the_verdicts():
    curves = {name: np.full((1, 96), 100.0, dtype=np.float32) for name in QUANTITIES}
    bounds, which = load_bounds([Limits()]), np.array([0])
    judged = judge_load(curves, np.array([50.0]), which, bounds)
    found = load_found(curves, np.array([50.0]), which, bounds, unknown_tails(1, 8), judged)
    assert len(found) == len(pick(judged, LOAD_KINDS)[0])


@pytest.mark.parametrize("limits", LIMITS + LOAD_LIMITS, ids=["defaults", "short", "load defaults", "load short"])
def test_limits_compile_to_finite_numbers(limits):
    assert np.isfinite(voltage_bounds([limits]).values).all()
    assert (load_bounds([limits]).needs >= 1).all()
