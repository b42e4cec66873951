"""Faults show in the curves, and only the right work makes them go."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from longzhong.sensing.curves.rules.limits import Limits, load_bounds, voltage_bounds
from longzhong.sensing.curves.rules.load import judge_load
from longzhong.sensing.curves.rules.voltage import judge_voltage
from longzhong.sensing.curves.rules.words import ABNORMAL, LOAD_KINDS, VOLTAGE_KINDS
from longzhong.surfaces.simulation.gateways.material import households
from longzhong.surfaces.simulation.rules.faults import (
    FOUND_AS,
    GRID_KINDS,
    METER_KINDS,
    REMOVES,
    Cure,
    Fault,
    FaultKind,
    Repair,
)
from longzhong.surfaces.simulation.rules.injection import inject, usual_day
from longzhong.surfaces.simulation.rules.levels import LEVELS, beyond
from longzhong.surfaces.simulation.rules.metering import Readings
from tests.surfaces.simulation.make import FIRST_DAY, county, day_of, truth

CURES: dict[FaultKind, tuple[Cure, ...]] = {
    FaultKind.OVERLOAD: (Cure.REPLACE_TRANSFORMER,),
    FaultKind.HEAVY_LOAD: (Cure.REPLACE_TRANSFORMER,),
    FaultKind.LOW_VOLTAGE: (Cure.RECONDUCTOR,),
    FaultKind.OVER_VOLTAGE: (Cure.VOLT_VAR,),
    FaultKind.UNBALANCE: (Cure.REBALANCE,),
    FaultKind.NEUTRAL: (Cure.FIX_NEUTRAL,),
}
WRONG: dict[FaultKind, tuple[Cure, ...]] = {
    FaultKind.OVERLOAD: (Cure.RAISE_TAP, Cure.INSPECT, Cure.RECONDUCTOR),
    FaultKind.HEAVY_LOAD: (Cure.RAISE_TAP, Cure.INSPECT, Cure.FIX_NEUTRAL),
    FaultKind.LOW_VOLTAGE: (Cure.INSPECT, Cure.VOLT_VAR, Cure.FIX_NEUTRAL),
    FaultKind.OVER_VOLTAGE: (Cure.INSPECT, Cure.RAISE_TAP, Cure.REPLACE_METER),
    FaultKind.UNBALANCE: (Cure.INSPECT, Cure.RAISE_TAP, Cure.FIX_NEUTRAL),
    FaultKind.NEUTRAL: (Cure.INSPECT, Cure.RECONDUCTOR, Cure.REPLACE_TRANSFORMER),
}


def clear(kind: FaultKind) -> Fault:
    """A clear fault of a kind, there from the first day."""
    return next(replace(one, from_day=FIRST_DAY) for one in truth() if one.kind == kind and not one.marginal)


def shows(fault: Fault, repairs: tuple[Repair, ...]) -> bool:
    """Whether the physics of a usual day is past the limit of the fault's kind, in its area."""
    sky = usual_day(county())
    state, run, _told = day_of(county(), (fault,), repairs, sky.day, sky)
    return any(bool(beyond(kind, LEVELS[kind](state, run))[fault.area]) for kind in FOUND_AS[fault.kind])


@pytest.mark.parametrize("kind", GRID_KINDS, ids=str)
def test_a_grid_fault_shows_and_the_right_cure_takes_it_away(kind: FaultKind) -> None:
    fault = clear(kind)
    day = usual_day(county()).day
    assert shows(fault, ())
    assert shows(fault, (Repair(fault.area, CURES[kind][0], day),)), "work of the day shows from the next day on"
    assert not shows(fault, tuple(Repair(fault.area, cure, FIRST_DAY) for cure in CURES[kind]))


@pytest.mark.parametrize(("kind", "cure"), [(kind, cure) for kind in GRID_KINDS for cure in WRONG[kind]], ids=str)
def test_a_wrong_cure_leaves_the_fault(kind: FaultKind, cure: Cure) -> None:
    fault = clear(kind)
    assert shows(fault, (Repair(fault.area, cure, FIRST_DAY),))


@pytest.mark.parametrize("kind", GRID_KINDS, ids=str)
def test_work_elsewhere_or_before_the_fault_came_changes_nothing(kind: FaultKind) -> None:
    fault = clear(kind)
    other = next(one.area for one in truth() if one.area != fault.area)
    assert shows(fault, (Repair(other, CURES[kind][0], FIRST_DAY),))
    if any(kind in kinds for kinds in REMOVES.values()):
        later = replace(fault, from_day=FIRST_DAY.replace(day=8))
        assert shows(later, (Repair(fault.area, CURES[kind][0], date(2026, 8, 1)),)) or kind is FaultKind.LOW_VOLTAGE


def test_faults_reach_their_target_and_keep_out_of_each_others_areas() -> None:
    faults = truth()
    areas = [one.area for one in faults]
    assert len(set(areas)) == len(areas)
    assert {one.kind for one in faults} == set(FaultKind)
    assert [one.number for one in faults] == list(range(1, len(faults) + 1))
    assert faults == inject(county(), households(), 20)


def seen(told: Readings, kva: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Verdicts of the curves kernel: customers by VOLTAGE_KINDS, areas by LOAD_KINDS."""
    customers = judge_voltage(told.u, np.zeros(len(told.u), np.int64), voltage_bounds([Limits()])).verdict
    curves = {
        f"{name}{'abc'[n]}": values[:, n] for name, values in (("u", told.area_u), ("i", told.area_i)) for n in range(3)
    }
    curves |= {"p": told.area_p, "q": told.area_q}
    curves = {name: np.ascontiguousarray(values, np.float32) for name, values in curves.items()}
    areas = judge_load(curves, kva.astype(np.float64), np.zeros(len(kva), np.int64), load_bounds([Limits()])).verdict
    return customers, areas


@pytest.mark.parametrize("kind", [*METER_KINDS, FaultKind.TERMINAL], ids=str)
def test_a_lying_meter_is_seen_by_the_curves_kernel_until_it_is_mended(kind: FaultKind) -> None:
    fault = next(replace(one, from_day=FIRST_DAY) for one in truth() if one.kind == kind)
    right = {FaultKind.TERMINAL: Cure.REPLACE_TERMINAL}.get(kind, Cure.REPLACE_METER)
    assert sees(fault, ())
    assert sees(fault, (Repair(fault.area, Cure.INSPECT, FIRST_DAY),))
    assert not sees(fault, (Repair(fault.area, right, FIRST_DAY),))


def sees(fault: Fault, repairs: tuple[Repair, ...]) -> bool:
    state, _run, told = day_of(county(), (fault,), repairs, usual_day(county()).day)
    customers, areas = seen(told, state.kva)
    if fault.customer < 0:
        return bool(
            (
                areas[fault.area, [LOAD_KINDS.index(kind) for kind in FOUND_AS[fault.kind] if kind in LOAD_KINDS]]
                == ABNORMAL
            ).any()
        )
    row = int(county().customers.row[fault.customer])
    return bool(customers[row, VOLTAGE_KINDS.index(fault.kind.value)] == ABNORMAL)


@pytest.mark.parametrize("kind", GRID_KINDS, ids=str)
def test_a_clear_grid_fault_is_seen_by_the_curves_kernel(kind: FaultKind) -> None:
    fault = clear(kind)
    sky = usual_day(county())
    state, _run, told = day_of(county(), (fault,), (), sky.day, sky)
    customers, areas = seen(told, state.kva)
    mine = county().rows.area == fault.area
    found = {name for n, name in enumerate(VOLTAGE_KINDS) if (customers[mine, n] == ABNORMAL).any()}
    found |= {name for n, name in enumerate(LOAD_KINDS) if areas[fault.area, n] == ABNORMAL}
    assert found & set(FOUND_AS[kind]), found
