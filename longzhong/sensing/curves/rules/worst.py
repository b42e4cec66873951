"""The most telling value of a finding (最严重值), one number each; NaN where there is none.

Voltage kinds: V. 重载/过载: greatest load rate, %. 三相不平衡: greatest (Imax - Imin)/Imax under enough load, %. 零线异常:
greatest spread, V. Negative values: the least. Other quality kinds: the first bad value (倍率错误 of a load: power over u·i).
"""

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.judged import Curve
from longzhong.sensing.curves.rules.limits import Bounds, Limits
from longzhong.sensing.curves.rules.load import AMPS_PER_KVA, Curves
from longzhong.sensing.curves.rules.words import Kind

Worst = NDArray[np.float32]
Ints = NDArray[np.int64]


def extreme(values: NDArray[np.floating], *, high: bool) -> Worst:
    """Row-wise greatest or least known value."""
    none = np.isnan(values).all(axis=1)
    filler = -np.inf if high else np.inf
    known = np.where(np.isnan(values), filler, values)
    found = known.max(axis=1) if high else known.min(axis=1)
    found[none] = np.nan
    return np.asarray(found, dtype=np.float32)


def at_slot(values: NDArray[np.floating], slot: Ints) -> Worst:
    """The value in the given slot of each row; NaN for slot -1."""
    found = values[np.arange(len(values)), np.maximum(slot, 0)]
    return np.asarray(np.where(slot < 0, np.nan, found), dtype=np.float32)


def worst_voltage(kind: Kind, u: Curve, first: Ints, which: Ints, bounds: Bounds) -> Worst:
    dead, ceiling = bounds.values[which].T[:2, :, None]
    if kind in (Kind.LOW_VOLTAGE, Kind.OVER_VOLTAGE):
        return extreme(np.where((u >= dead) & (u <= ceiling), u, np.nan), high=kind is Kind.OVER_VOLTAGE)
    return at_slot(u, first)


def load_rate(curves: Curves, kva: NDArray[np.float64]) -> NDArray[np.float64]:
    """S/S_N a slot; where p or q is missing the greatest phase current over the rated one."""
    p, q = curves["p"].astype(np.float64), curves["q"].astype(np.float64)
    amps = np.fmax(np.fmax(curves["ia"], curves["ib"]), curves["ic"]).astype(np.float64)
    rate = np.sqrt(p * p + q * q) / kva[:, None]
    return np.asarray(np.where(np.isnan(rate), amps / (kva[:, None] * AMPS_PER_KVA), rate))


def worst_load(kind: Kind, curves: Curves, kva: NDArray[np.float64], first: Ints, which: Ints, bounds: Bounds) -> Worst:
    ua, ub, uc, ia, ib, ic, p, q = (
        curves[n].astype(np.float64) for n in ("ua", "ub", "uc", "ia", "ib", "ic", "p", "q")
    )
    power = np.sqrt(p * p + q * q)
    rated = kva[:, None] * AMPS_PER_KVA
    amps, least_amps = np.fmax(np.fmax(ia, ib), ic), np.fmin(np.fmin(ia, ib), ic)
    if kind in (Kind.HEAVY_LOAD, Kind.OVERLOAD):
        return extreme(100.0 * load_rate(curves, kva), high=True)
    if kind is Kind.UNBALANCE:
        counts = (amps > 0) & (amps >= bounds.values[which, 3][:, None] * rated)
        return extreme(
            100.0 * np.divide(amps - least_amps, amps, out=np.full_like(amps, np.nan), where=counts), high=True
        )
    high, low = np.fmax(np.fmax(ua, ub), uc), np.fmin(np.fmin(ua, ub), uc)
    if kind is Kind.NEUTRAL:
        dead, ceiling = bounds.values[which, 5:7].T[:, :, None]
        return extreme(np.where((low >= dead) & (high <= ceiling), high - low, np.nan), high=True)
    if kind is Kind.NEGATIVE:
        return extreme(np.where(least_amps < 0, least_amps, np.nan), high=False)
    if kind is Kind.MULTIPLIER:
        seen = (ua * ia + ub * ib + uc * ic) / 1000.0
        return at_slot(np.divide(power, seen, out=np.full_like(power, np.nan), where=seen > 0), first)
    return at_slot(high if kind is Kind.DEAD else np.full_like(p, np.nan), first)


def beyond(kind: Kind, worst: float, limits: Limits) -> float:
    """How far the worst value lies beyond its limit, in percent of the limit; 100 where there is no measure of it."""
    limit = {
        Kind.LOW_VOLTAGE: limits.low_volts_1p,
        Kind.OVER_VOLTAGE: limits.over_volts_1p,
        Kind.HEAVY_LOAD: 100.0 * limits.heavy_ratio,
        Kind.OVERLOAD: 100.0 * limits.overload_ratio,
        Kind.UNBALANCE: 100.0 * limits.unbalance_ratio,
        Kind.NEUTRAL: limits.neutral_volts,
    }.get(kind)
    if limit is None or np.isnan(worst):
        return 100.0 if kind is Kind.DEAD else 0.0
    return round(abs(worst - limit) / limit * 100.0, 2)
