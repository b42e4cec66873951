"""What is wrong and what cures it (注入故障与处理措施): the words, and their effect on the physics.

A fault is a change of the network, the load or a meter from a day on. A cure is a change too, never a switch: a bigger transformer,
phases shared out again, thicker wires, another tap. Whether that helps is for the power flow to say.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from longzhong.surfaces.simulation.rules.conductors import next_size
from longzhong.surfaces.simulation.rules.county import HOME, County
from longzhong.surfaces.simulation.rules.state import State, planned, with_transformers


class FaultKind(StrEnum):
    """Kinds of injected fault; the first six are the grid's, the others a meter's or a terminal's."""

    OVERLOAD = "overload"
    HEAVY_LOAD = "heavy_load"
    LOW_VOLTAGE = "low_voltage"
    OVER_VOLTAGE = "over_voltage"
    UNBALANCE = "unbalance"
    NEUTRAL = "neutral"
    TERMINAL = "terminal"
    FLAT = "flat"
    SPIKE = "spike"
    ZERO = "zero"
    NEGATIVE = "negative"
    MULTIPLIER = "multiplier"
    GAP = "gap"


GRID_KINDS = tuple(FaultKind)[:6]
METER_KINDS = tuple(FaultKind)[7:]
FOUND_AS: dict[FaultKind, tuple[str, ...]] = {
    **{kind: (kind.value,) for kind in FaultKind},
    FaultKind.OVERLOAD: ("overload", "heavy_load"),
    FaultKind.HEAVY_LOAD: ("heavy_load", "overload"),
    FaultKind.TERMINAL: ("gap", "dead"),
}
FAULT_NAMES: dict[FaultKind, str] = {
    FaultKind.OVERLOAD: "配变过载",
    FaultKind.HEAVY_LOAD: "配变重载",
    FaultKind.LOW_VOLTAGE: "线路末端低电压",
    FaultKind.OVER_VOLTAGE: "光伏过电压",
    FaultKind.UNBALANCE: "三相负荷不平衡",
    FaultKind.NEUTRAL: "零线接触不良",
    FaultKind.TERMINAL: "集中器故障",
    FaultKind.FLAT: "表计数据不变",
    FaultKind.SPIKE: "表计数据突变",
    FaultKind.ZERO: "表计零值",
    FaultKind.NEGATIVE: "表计负值",
    FaultKind.MULTIPLIER: "倍率错误",
    FaultKind.GAP: "表计数据缺失",
}


class Cure(StrEnum):
    """What a crew can do."""

    REPLACE_TRANSFORMER = "replace_transformer"
    REBALANCE = "rebalance"
    RECONDUCTOR = "reconductor"
    RAISE_TAP = "raise_tap"
    LOWER_TAP = "lower_tap"
    VOLT_VAR = "volt_var"
    FIX_NEUTRAL = "fix_neutral"
    REPLACE_METER = "replace_meter"
    REWIRE_METER = "rewire_meter"
    CORRECT_RATIO = "correct_ratio"
    RESTORE_SIGNAL = "restore_signal"
    REPLACE_TERMINAL = "replace_terminal"
    INSPECT = "inspect"


REMOVES: dict[
    Cure, frozenset[FaultKind]
] = {  # what a cure takes away by itself; all other effects are the power flow's
    Cure.RECONDUCTOR: frozenset({FaultKind.LOW_VOLTAGE}),
    Cure.REBALANCE: frozenset({FaultKind.UNBALANCE}),
    Cure.FIX_NEUTRAL: frozenset({FaultKind.NEUTRAL}),
    Cure.REPLACE_METER: frozenset(METER_KINDS),
    Cure.REWIRE_METER: frozenset({FaultKind.NEGATIVE}),
    Cure.CORRECT_RATIO: frozenset({FaultKind.MULTIPLIER}),
    Cure.RESTORE_SIGNAL: frozenset({FaultKind.GAP}),
    Cure.REPLACE_TERMINAL: frozenset({FaultKind.TERMINAL, FaultKind.GAP}),
}
TAP_STEP, LEAST_TAP, MOST_TAP = 0.025, -0.05, 0.05
THICKER_SHARE = 0.6
NEW_TRANSFORMER_LOAD = 0.64
GOVERNED_TAP = 0.025  # volt-var control comes with the next lower tap


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the truth table. customer: row in the plan, -1 for the area itself; factor drives the physics; target is the level
    (of `levels`) that it reaches on the day it was measured out for, `season` in words."""

    number: int
    kind: FaultKind
    area: int
    customer: int
    from_day: date
    factor: float
    target: float
    season: str = ""
    marginal: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """Work done in an area, or on its meter that was out of order; it shows from the next civil day on."""

    area: int
    cure: Cure
    done_on: date


def state_on(county: County, faults: tuple[Fault, ...], repairs: tuple[Repair, ...], day: date) -> State:
    """The physical county of a day."""
    done = work_done(repairs, day)
    state, growth = planned(county), np.ones(len(county.areas))
    for kind in GRID_KINDS:
        mine = [f for f in faults if f.kind == kind and f.from_day <= day and not removed(f, done)]
        areas, factors = np.array([f.area for f in mine], int), np.array([f.factor for f in mine])
        state = strike(state, kind, areas, factors)
        if kind in (FaultKind.OVERLOAD, FaultKind.HEAVY_LOAD):
            growth[areas] = [f.target for f in mine]
    return _mend(county, state, growth, done) if done else state


def work_done(repairs: tuple[Repair, ...], day: date) -> dict[int, list[Repair]]:
    """Work by area that shows on a day."""
    done: dict[int, list[Repair]] = {}
    for repair in repairs:
        if repair.done_on < day:
            done.setdefault(repair.area, []).append(repair)
    return done


def removed(fault: Fault, done: dict[int, list[Repair]]) -> bool:
    """Whether work done on the area, since the fault came, took it away."""
    mine = done.get(fault.area, ())
    return any(fault.kind in REMOVES.get(one.cure, ()) and one.done_on >= fault.from_day for one in mine)


def strike(state: State, kind: FaultKind, areas: np.ndarray, factors: np.ndarray) -> State:
    """A fault of one kind in these areas, as strong as `factors` say (monotonic)."""
    if not len(areas):
        return state
    if kind in (FaultKind.OVERLOAD, FaultKind.HEAVY_LOAD):
        return _grow(state, areas, factors)
    if kind == FaultKind.LOW_VOLTAGE:
        return _weaken(state, areas, factors)
    if kind == FaultKind.OVER_VOLTAGE:
        return _roof(state, areas, factors)
    if kind == FaultKind.UNBALANCE:
        return _lump(state, areas, factors)
    zn = state.grid.zn.copy()
    zn[state.grid.node_start[areas]] += factors
    return replace(state, grid=replace(state.grid, zn=zn))


def _grow(state: State, areas: np.ndarray, factors: np.ndarray) -> State:
    """Everybody in the area draws more: new appliances, charging piles."""
    by_area = np.ones(len(state.kva), np.float32)
    by_area[areas] = factors
    times = by_area[state.rows.area]
    return replace(state, rows=replace(state.rows, scale=state.rows.scale * times, cool=state.rows.cool * times))


def far_outlet(state: State, area: int) -> np.ndarray:
    """Nodes of the outlet that holds the electrically farthest node."""
    first, last = state.grid.node_start[area], state.grid.node_start[area + 1]
    parent, ohms = state.grid.parent[first:last], np.abs(state.grid.zp[first:last])
    away, outlet = np.zeros(len(parent)), np.zeros(len(parent), int)
    for node in range(1, len(parent)):
        up = parent[node]
        away[node] = away[up] + ohms[node]
        outlet[node] = node if up == 0 else outlet[up]
    return np.asarray(first + np.flatnonzero(outlet == outlet[int(away.argmax())]))


def _weaken(state: State, areas: np.ndarray, factors: np.ndarray) -> State:
    """One outlet of long thin wire."""
    zp, zn = state.grid.zp.copy(), state.grid.zn.copy()
    for area, factor in zip(areas.tolist(), factors.tolist(), strict=True):
        nodes = far_outlet(state, area)
        zp[nodes] *= factor
        zn[nodes] *= factor
    return replace(state, grid=replace(state.grid, zp=zp, zn=zn))


def _homes(state: State, area: int) -> np.ndarray:
    first, last = state.grid.row_start[area], state.grid.row_start[area + 1]
    return np.asarray(first + np.flatnonzero(state.rows.kind[first:last] == HOME))


def _roof(state: State, areas: np.ndarray, factors: np.ndarray) -> State:
    """Solar roofs of `factor` kWp on homes of the farther half, the same number on each phase."""
    pv = state.rows.pv.copy()
    for area, factor in zip(areas.tolist(), factors.tolist(), strict=True):
        homes = _homes(state, area)
        far = homes[state.grid.node[homes] >= np.median(state.grid.node[homes])]
        each = [far[state.grid.phase[far] == phase] for phase in range(3)]
        for some in each:
            pv[some[: max(1, min(len(one) for one in each))]] = factor
    return replace(state, rows=replace(state.rows, pv=pv))


def _lump(state: State, areas: np.ndarray, factors: np.ndarray) -> State:
    """A share of the homes on the second and third phase moved to the first."""
    phase = state.grid.phase.copy()
    for area, factor in zip(areas.tolist(), factors.tolist(), strict=True):
        others = _homes(state, area)
        others = others[phase[others] != 0]
        lot = (state.rows.number[others] * 7919 % 10007) / 10007.0
        phase[others[lot < factor]] = 0
    return replace(state, grid=replace(state.grid, phase=phase))


def _mend(county: County, state: State, growth: np.ndarray, done: dict[int, list[Repair]]) -> State:
    """What was done so far, area by area."""
    kva, tap, governed = state.kva.copy(), state.tap.copy(), state.governed.copy()
    zp, zn = state.grid.zp.copy(), state.grid.zn.copy()
    for area, repairs in done.items():
        cures = [repair.cure for repair in repairs]
        nodes = slice(state.grid.node_start[area] + 1, state.grid.node_start[area + 1])
        if Cure.REPLACE_TRANSFORMER in cures:
            kva[area] = bigger_transformer(int(kva[area]), float(growth[area]))
        if Cure.RECONDUCTOR in cures:
            zp[nodes] *= THICKER_SHARE
            zn[nodes] *= THICKER_SHARE
        governed[area] = Cure.VOLT_VAR in cures
        steps = cures.count(Cure.LOWER_TAP) - cures.count(Cure.RAISE_TAP)
        tap[area] = np.clip(tap[area] + TAP_STEP * steps + GOVERNED_TAP * governed[area], LEAST_TAP, MOST_TAP)
    excess = state.grid.zn - planned(county).grid.zn  # a bad neutral stays bad under a new transformer
    grid = with_transformers(replace(state.grid, zp=zp, zn=zn), kva, county.areas.dyn11)
    bus = grid.node_start[:-1]
    grid.zn[bus] += excess[bus]
    return replace(state, kva=kva, tap=tap, governed=governed, grid=grid)


def bigger_transformer(kva: int, load: float) -> int:
    """The size that a crew puts in place: for the area's present peak, and at least one step larger."""
    return max(next_size(kva * max(load, 0.0) / NEW_TRANSFORMER_LOAD), next_size(kva + 1))
