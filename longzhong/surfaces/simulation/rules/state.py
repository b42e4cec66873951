"""The physical state of a county on one day, and the voltages that follow from it.

A state is the plan plus what faults and repairs have changed; `run_day` is pure: the same state, weather and day
give the same curves.
"""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from longzhong.surfaces.simulation.rules.conductors import NO_LOAD_VOLTS, transformer_ohms
from longzhong.surfaces.simulation.rules.county import County, Rows
from longzhong.surfaces.simulation.rules.flow import KNEE_VOLTS, Grid, Solved, solve
from longzhong.surfaces.simulation.rules.loads import DayKind, Household, draw
from longzhong.surfaces.simulation.rules.weather import Weather

BUS_KV = 10.22
BUS_SWING_KV = 0.10
VAR_TAN = 0.48  # a roof on volt-var control takes this share of its output as reactive power (cos φ 0.9)
VAR_CUT = 0.93  # and gives this share of its power


@dataclass(frozen=True, slots=True)
class State:
    """What may differ from the plan: rating and tap of areas, the network's ohms and phases, loads and roofs, roofs
    with volt-var.
    """

    kva: np.ndarray
    tap: np.ndarray
    grid: Grid
    rows: Rows
    governed: np.ndarray


@dataclass(frozen=True, slots=True)
class DayRun:
    """One day of true values: powers taken p (rows, 96) kW and what flow.solve found."""

    day: date
    p: np.ndarray
    solved: Solved


def planned(county: County) -> State:
    """The county as it was planned, without any fault."""
    areas = county.areas
    grid = with_transformers(county.grid, areas.kva, areas.dyn11)
    return State(areas.kva.copy(), areas.tap.copy(), grid, county.rows, np.zeros(len(areas), bool))


def with_transformers(grid: Grid, kva: np.ndarray, dyn11: np.ndarray) -> Grid:
    """The network with the transformers of these ratings."""
    zp, zn = grid.zp.copy(), grid.zn.copy()
    for area, (size, delta) in enumerate(zip(kva.tolist(), dyn11.tolist(), strict=True)):
        zp[grid.node_start[area]], zn[grid.node_start[area]] = transformer_ohms(size, delta)
    return replace(grid, zp=zp, zn=zn)


@dataclass(frozen=True, slots=True)
class Sky:
    """What a day brings from outside: its date, weather and kind."""

    day: date
    weather: Weather
    kind: DayKind


def run_day(county: County, state: State, homes: Household, sky: Sky, volts: np.ndarray | None = None) -> DayRun:
    """True loads and voltages of a civil day; `volts` (areas, 96) fixes the no-load volts behind the transformers."""
    p, q = draw(county.seed, sky.day.toordinal(), state.rows, homes, sky.weather, sky.kind)
    q = _govern(state, sky.weather, p, q)
    solved = solve(state.grid, p, q, bus_volts(county, state, p, q) if volts is None else volts)
    return DayRun(sky.day, p * np.minimum(solved.row_u / np.float32(KNEE_VOLTS), 1.0) ** 2, solved)


def volts_of(county: County, state: State, homes: Household, sky: Sky) -> np.ndarray:
    """The no-load volts behind every transformer of a day, for looking at some areas alone."""
    return bus_volts(county, state, *draw(county.seed, sky.day.toordinal(), state.rows, homes, sky.weather, sky.kind))


def _govern(state: State, weather: Weather, p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Volt-var control of the roofs in governed areas; changes p in place by what is curtailed."""
    some = np.flatnonzero(state.governed[state.rows.area] & (state.rows.pv > 0))
    if len(some):
        output = state.rows.pv[some, None] * np.float32(0.84) * weather.sun[None, :].astype(np.float32)
        p[some] += (1.0 - VAR_CUT) * output
        q[some] += np.float32(VAR_TAN) * output
    return q


def bus_volts(county: County, state: State, p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """No-load phase volts behind each transformer (areas, 96): the 10 kV profile of its feeder, and its tap.

    The feeder's drop is taken from the loads' sum without losses: a few volts of 10 kV.
    """
    starts = state.grid.row_start[:-1]
    load = np.add.reduceat(p, starts, axis=0) + 1j * np.add.reduceat(q, starts, axis=0)
    down = np.zeros((len(county.sections), p.shape[1]), complex)
    np.add.at(down, county.areas.section, load)
    for number in range(len(county.sections) - 1, -1, -1):
        if (up := county.sections[number].upstream) >= 0:
            down[up] += down[number]
    kv = np.empty(down.shape)
    hours = (np.arange(p.shape[1]) + 0.5) / 4.0
    bus = BUS_KV + BUS_SWING_KV * np.cos((hours - 3.0) / 24.0 * 2 * np.pi) * 0.6
    for number, section in enumerate(county.sections):
        above = bus if section.upstream < 0 else kv[section.upstream]
        drop = (section.ohms.real * down[number].real + section.ohms.imag * down[number].imag) / above / 1000.0
        kv[number] = above - drop
    lowered = 1.0 - state.tap[:, None]
    return np.asarray(NO_LOAD_VOLTS * kv[county.areas.section] / 10.0 * lowered)


def part_of(county: County, state: State, areas: np.ndarray) -> tuple[County, State, np.ndarray]:
    """The same county with these areas only (sorted), and the numbers of their rows: for looking at a few areas cheaply.

    The feeders' drop depends on all areas: give `run_day` the volts of the whole.
    """
    g = state.grid
    rows = np.concatenate([np.arange(g.row_start[a], g.row_start[a + 1]) for a in areas])
    nodes = np.concatenate([np.arange(g.node_start[a], g.node_start[a + 1]) for a in areas])
    starts = [np.concatenate([[0], np.cumsum(np.diff(s)[areas])]) for s in (g.node_start, g.row_start)]
    grid = Grid(
        starts[0], g.parent[nodes], g.zp[nodes], g.zn[nodes], starts[1], g.node[rows], g.phase[rows], g.zs[rows]
    )
    renumber = np.full(len(county.areas), -1)
    renumber[areas] = np.arange(len(areas))
    few = Rows(*(getattr(state.rows, column.name)[rows] for column in fields(Rows)))
    few = replace(few, area=renumber[few.area])
    some = replace(county.areas, section=county.areas.section[areas])
    small = replace(county, areas=some)
    return small, State(state.kva[areas], state.tap[areas], grid, few, state.governed[areas]), rows
