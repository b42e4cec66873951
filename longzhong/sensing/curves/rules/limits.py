"""Limits of judging (判定阈值), all tunable by policy `curves.<field>`; sources in `policies/packs/curves.toml`.

`*_minutes` are durations: low and over voltage must last *longer than* their minutes (REFERENCE §4.2: 低电压 > 1 h, so five
slots of 15 minutes), every other kind *at least* its minutes (重载 ≥ 2 h = 8 points).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.words import SLOT_MINUTES, SLOTS

ROOT3: Final = 3.0**0.5


@dataclass(frozen=True)
class Limits:
    low_volts_1p: float = 198.0
    over_volts_1p: float = 235.4
    low_volts_3p: float = 353.4  # line to line
    over_volts_3p: float = 406.6
    low_minutes: int = 60
    over_minutes: int = 60
    heavy_ratio: float = 0.8  # of rated power
    overload_ratio: float = 1.0
    load_minutes: int = 120
    least_power_factor: float = 0.6  # where only p is known: no area runs below
    unbalance_ratio: float = 0.5  # (Imax - Imin) / Imax
    unbalance_gate: float = 0.3  # of rated current; a lighter slot is never unbalanced
    unbalance_minutes: int = 120
    neutral_volts: float = 30.0  # spread between phase voltages
    neutral_minutes: int = 30
    dead_volts: float = 10.0  # below: no voltage
    dead_minutes: int = 30
    nominal_volts: float = 220.0
    ceiling_volts: float = 450.0  # above: impossible
    gap_minutes: int = 120
    flat_minutes: int = 360
    spike_volts: float = 60.0
    spike_count: int = 3
    negative_count: int = 4
    zero_minutes: int = 240
    multiplier_minutes: int = 360
    multiplier_min_kva: float = 5.0
    multiplier_max_ratio: float = 3.0  # times rated power: no transformer stands that for hours
    area_min_meters: int = 1
    normal_share: float = 0.9
    silent_share: float = 0.8
    quality_tell_days: int = 2  # a meter's fault is told once it repeats in the short window
    terminal_meters: int = 5  # so many silent meters of an area on one day are the terminal's fault, not theirs
    persistent_days: int = 3
    persistent_window_days: int = 7
    window_days: int = 60
    recurring_days: int = 3
    long_term_days: int = 15
    season_share: float = 0.8
    seasons: tuple[str, ...] = (
        "06-15/09-15 迎峰度夏",
        "12-01/02-28 迎峰度冬",
        "03-15/05-10 春灌",
    )


def longer_than(minutes: float) -> int:
    """Slots that a run needs to last longer than so many minutes, at most a day."""
    return min(int(minutes // SLOT_MINUTES) + 1, SLOTS)


def at_least(minutes: float) -> int:
    return min(max(int(-(-minutes // SLOT_MINUTES)), 1), SLOTS)


@dataclass(frozen=True)
class Bounds:
    """Limits as arrays: row s of `values` and `needs` holds one set; a curve points at its set by index."""

    values: NDArray[np.float64]
    needs: NDArray[np.int64]


def voltage_bounds(sets: Sequence[Limits]) -> Bounds:
    """Two rows a set: index 2*set for single-phase, 2*set+1 for three-phase wiring.

    Columns: dead, ceiling, low, over, spike, nominal; needs in the order of VOLTAGE_KINDS. The values pass through
    float32, because curves are float32: a reading of exactly 235.4 V is within the limit.
    """
    values, needs = [], []
    for limits in sets:
        pairs = (
            (limits.low_volts_1p, limits.over_volts_1p),
            (limits.low_volts_3p / ROOT3, limits.over_volts_3p / ROOT3),
        )
        for low, over in pairs:
            row = (limits.dead_volts, limits.ceiling_volts, low, over, limits.spike_volts, limits.nominal_volts)
            values.append([float(np.float32(value)) for value in row])
            needs.append(
                [
                    longer_than(limits.low_minutes),
                    longer_than(limits.over_minutes),
                    at_least(limits.gap_minutes),
                    at_least(limits.flat_minutes) - 1,  # k equal values make k-1 repeats
                    limits.spike_count,
                    limits.negative_count,
                    at_least(limits.zero_minutes),
                    at_least(limits.multiplier_minutes),
                ]
            )
    return Bounds(np.array(values, dtype=np.float64), np.array(needs, dtype=np.int64))


def load_bounds(sets: Sequence[Limits]) -> Bounds:
    """One row a set. Columns: heavy, overload, unbalance, gate, neutral, dead, ceiling, least kVA, most ratio, least factor."""
    values = [
        (
            limits.heavy_ratio,
            limits.overload_ratio,
            limits.unbalance_ratio,
            limits.unbalance_gate,
            limits.neutral_volts,
            float(np.float32(limits.dead_volts)),
            float(np.float32(limits.ceiling_volts)),
            limits.multiplier_min_kva,
            limits.multiplier_max_ratio,
            limits.least_power_factor,
        )
        for limits in sets
    ]
    needs = [
        (
            at_least(limits.load_minutes),
            at_least(limits.load_minutes),
            at_least(limits.unbalance_minutes),
            at_least(limits.neutral_minutes),
            at_least(limits.dead_minutes),
            at_least(limits.gap_minutes),
            limits.negative_count,
            at_least(limits.multiplier_minutes),
        )
        for limits in sets
    ]
    return Bounds(np.array(values, dtype=np.float64), np.array(needs, dtype=np.int64))
