"""How far a day's true values went (越限程度): one figure per area and kind of fault, on noise-free physics.

The durations are those of curves.rules.Limits, so a level beyond the limit is what a perfect meter would let the scan find.
"""

from collections.abc import Callable

import numpy as np

from longzhong.sensing.curves.rules.limits import Limits, at_least, longer_than
from longzhong.sensing.curves.rules.words import Kind
from longzhong.surfaces.simulation.rules.state import DayRun, State

LIMITS = Limits()


def sustained(values: np.ndarray, slots: int, low: bool = False) -> np.ndarray:
    """The highest level that the last axis holds for so many slots on end (low=True: the lowest)."""
    windows = np.lib.stride_tricks.sliding_window_view(values, slots, axis=-1)
    return np.asarray(windows.max(-1).min(-1) if low else windows.min(-1).max(-1))


def load_level(state: State, run: DayRun) -> np.ndarray:
    """Two-hour load rate of each area."""
    apparent = np.hypot(run.solved.bus_p, run.solved.bus_q)
    return np.asarray(sustained(apparent, at_least(LIMITS.load_minutes)) / state.kva)


def low_level(state: State, run: DayRun) -> np.ndarray:
    """The lowest phase voltage that any customer of each area had for longer than the limit's time."""
    each = sustained(run.solved.row_u, longer_than(LIMITS.low_minutes), low=True)
    return np.asarray(np.minimum.reduceat(each, state.grid.row_start[:-1]))


def over_level(state: State, run: DayRun) -> np.ndarray:
    """The highest phase voltage that any customer of each area had for longer than the limit's time."""
    each = sustained(run.solved.row_u, longer_than(LIMITS.over_minutes))
    return np.asarray(np.maximum.reduceat(each, state.grid.row_start[:-1]))


def unbalance_level(state: State, run: DayRun) -> np.ndarray:
    """(Imax - Imin) / Imax of each area, held for the limit's time while the area is loaded beyond the gate."""
    most, least = run.solved.bus_i.max(1), run.solved.bus_i.min(1)
    rated = state.kva[:, None] * 1000.0 / (LIMITS.nominal_volts * 3.0)
    gated = np.where(most >= LIMITS.unbalance_gate * rated, (most - least) / np.maximum(most, 1e-6), 0.0)
    return sustained(gated, at_least(LIMITS.unbalance_minutes))


def neutral_level(_state: State, run: DayRun) -> np.ndarray:
    """Spread of the phase voltages at the transformer."""
    spread = run.solved.bus_u.max(1) - run.solved.bus_u.min(1)
    return sustained(spread, at_least(LIMITS.neutral_minutes))


LEVELS: dict[str, Callable[[State, DayRun], np.ndarray]] = {
    Kind.LOW_VOLTAGE: low_level,
    Kind.OVER_VOLTAGE: over_level,
    Kind.HEAVY_LOAD: load_level,
    Kind.OVERLOAD: load_level,
    Kind.UNBALANCE: unbalance_level,
    Kind.NEUTRAL: neutral_level,
}
THRESHOLDS: dict[str, float] = {
    Kind.LOW_VOLTAGE: LIMITS.low_volts_1p,
    Kind.OVER_VOLTAGE: LIMITS.over_volts_1p,
    Kind.HEAVY_LOAD: LIMITS.heavy_ratio,
    Kind.OVERLOAD: LIMITS.overload_ratio,
    Kind.UNBALANCE: LIMITS.unbalance_ratio,
    Kind.NEUTRAL: LIMITS.neutral_volts,
}


def beyond(kind: str, level: np.ndarray) -> np.ndarray:
    """Whether levels are past the limit of a kind."""
    return np.asarray(level < THRESHOLDS[kind] if kind == Kind.LOW_VOLTAGE else level > THRESHOLDS[kind])
