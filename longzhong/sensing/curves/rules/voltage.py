"""Judging voltage curves (电压曲线研判): low and over voltage, and whether the meter can be believed.

低电压: phase voltage below 198 V (single-phase) or 353.4 V line to line (three-phase) for longer than an hour; 过电压
symmetric (REFERENCE §4.1 F, §4.2 M/U). A slot without voltage says nothing about the level. A day with a flat line,
spikes, negative or zero values or a wrong multiplier proves nothing: its electric verdicts become undetermined.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules import slots
from longzhong.sensing.curves.rules.bits import COMPILED, U, compiled, detail, settle, settle_count, tail_run
from longzhong.sensing.curves.rules.judged import Curve, Judged, Pairs, Tails, sealed, unknown_tails
from longzhong.sensing.curves.rules.limits import Bounds
from longzhong.sensing.curves.rules.measures import Mask, Measures, fill_details, measure
from longzhong.sensing.curves.rules.words import (
    ABNORMAL,
    COUNTED,
    SLOTS,
    UNDETERMINED,
    UNKNOWN_TAIL,
    UNTRUSTED,
    VOLTAGE_KINDS,
)

KINDS: Final = len(VOLTAGE_KINDS)
LOW, OVER, GAP, FLAT, SPIKE, NEGATIVE, ZERO, MULTIPLIER = range(KINDS)
LEVELS: Final = (LOW, OVER)
DOUBTS: Final = tuple(VOLTAGE_KINDS.index(kind) for kind in UNTRUSTED)


@compiled
def _mark(u: Any, word: Any, limit: Any, hit: Any, may: Any) -> None:
    """Set the bits of 64 (word 0) or 32 (word 1) slots of one curve."""
    dead, ceiling, low, over, jump, nominal = limit[0], limit[1], limit[2], limit[3], limit[4], limit[5]
    base = word * 64
    end = min(base + 64, SLOTS)
    blind = gone = below = above = zero = minus = times = wild = U(0)
    for slot in range(base, end):
        x = u[slot]
        bit = U(slot - base)
        blind |= U(slots.voltage_blind(x, dead, ceiling)) << bit
        gone |= U(slots.missing(x)) << bit
        below |= U(slots.voltage_low(x, dead, low)) << bit
        above |= U(slots.voltage_over(x, over, ceiling)) << bit
        zero |= U(slots.voltage_zero(x, dead)) << bit
        minus |= U(x < np.float32(0.0)) << bit
        times |= U(slots.wrong_multiplier(x, nominal)) << bit
        wild |= U(slots.impossible(x, ceiling)) << bit
    same = lost = U(0)
    for slot in range(max(base, 1), end):
        same |= U(slots.repeats(u[slot], u[slot - 1], dead)) << U(slot - base)
        lost |= U(slots.missing(u[slot]) | slots.missing(u[slot - 1])) << U(slot - base)
    for slot in range(max(base, 1), min(end, SLOTS - 1)):
        wild |= U(slots.spikes(u[slot], u[slot - 1], u[slot + 1], dead, jump)) << U(slot - base)
    hit[0, word], may[0, word] = below, below | blind
    hit[1, word], may[1, word] = above, above | blind
    hit[2, word], may[2, word] = gone, gone
    hit[3, word], may[3, word] = same, same | lost
    hit[4, word], may[4, word] = wild, wild | gone
    hit[5, word], may[5, word] = minus, minus | gone
    hit[6, word], may[6, word] = zero, zero | gone
    hit[7, word], may[7, word] = times, times | gone


@compiled
def _calm(u: Any, low: Any, over: Any, most_repeats: Any) -> Any:
    """Every slot known and within the limits, and too few repeats for a flat line: nothing else can be wrong."""
    inside = 0
    for slot in range(SLOTS):
        inside += (u[slot] >= low) & (u[slot] <= over)
    same = 0
    for slot in range(1, SLOTS):
        same += u[slot] == u[slot - 1]
    return (inside == SLOTS) & (same < most_repeats)


@compiled
def _kernel(u: Any, which: Any, bounds: Any, before: Any, verdict: Any, tails: Any) -> None:
    limits, plain, needs = bounds
    hit = np.zeros((8, 2), dtype=np.uint64)
    may = np.zeros((8, 2), dtype=np.uint64)
    for row in range(u.shape[0]):
        at = which[row]
        if plain[at] and _calm(u[row], limits[at, 2], limits[at, 3], needs[at, 3]):
            continue
        _mark(u[row], 0, limits[at], hit, may)
        _mark(u[row], 1, limits[at], hit, may)
        for kind in range(8):
            a, b, c, d, need = hit[kind, 0], hit[kind, 1], may[kind, 0], may[kind, 1], needs[at, kind]
            if kind in (4, 5):
                verdict[row, kind] = settle_count(a, b, c, d, need)
                continue
            verdict[row, kind] = settle(a, b, c, d, need, before[row, kind, 0], before[row, kind, 1])
            if (c | d) and kind != 3:
                tails[row, kind, 0] = tail_run(a, b)
                tails[row, kind, 1] = tail_run(c, d)
        doubtful = False
        for kind in range(3, 8):
            doubtful |= verdict[row, kind] == 1
        if doubtful:
            for kind in range(2):
                verdict[row, kind] = 2
                tails[row, kind, 0] = 0
                tails[row, kind, 1] = 255


@compiled
def _detail(u: Any, which: Any, bounds: Any, before: Any, pairs: Any, out: Any) -> None:
    limits, needs = bounds
    rows, kinds = pairs
    hit = np.zeros((8, 2), dtype=np.uint64)
    may = np.zeros((8, 2), dtype=np.uint64)
    for i in range(len(rows)):
        row, kind = rows[i], kinds[i]
        at = which[row]
        _mark(u[row], 0, limits[at], hit, may)
        _mark(u[row], 1, limits[at], hit, may)
        tails = before[row, kind]
        detail(hit[kind], may[kind], needs[at, kind], tails[0], tails[1], kind in (4, 5), out[i])


def _plain(bounds: Bounds) -> NDArray[np.bool_]:
    """Sets of limits under which a curve within its limits can show nothing but repeats (see `_calm`)."""
    dead, ceiling, low, over, jump, nominal = bounds.values.T
    sane = (dead <= low) & (low >= 0.0) & (over <= ceiling) & (over - low <= jump)
    return np.asarray(sane & (low >= 0.115 * nominal) & (over <= 1.61 * nominal))


def voltage_masks(u: Curve, which: NDArray[np.int64], bounds: Bounds) -> list[tuple[Mask, Mask]]:
    """(hit, may) of every kind in the order of VOLTAGE_KINDS, by NumPy."""
    dead, ceiling, low, over, jump, nominal = bounds.values.astype(np.float32)[which].T[:, :, None]
    before, after = np.full_like(u, np.nan), np.full_like(u, np.nan)
    before[:, 1:], after[:, :-1] = u[:, :-1], u[:, 1:]
    gone = slots.missing(u)
    blind = slots.voltage_blind(u, dead, ceiling)
    lost = gone | slots.missing(before)
    lost[:, 0] = False
    below, above = slots.voltage_low(u, dead, low), slots.voltage_over(u, over, ceiling)
    same = slots.repeats(u, before, dead)
    wild = slots.spikes(u, before, after, dead, jump) | slots.impossible(u, ceiling)
    zero, times = slots.voltage_zero(u, dead), slots.wrong_multiplier(u, nominal.astype(np.float64))
    return [
        (below, below | blind),
        (above, above | blind),
        (gone, gone),
        (same, same | lost),
        (wild, wild | gone),
        (u < 0, (u < 0) | gone),
        (zero, zero | gone),
        (times, times | gone),
    ]


def voltage_measures(u: Curve, which: NDArray[np.int64], bounds: Bounds, before: Tails) -> list[Measures]:
    """Measures of every kind, before doubts are cast (see `judge_voltage`)."""
    yesterday = before.astype(np.int64)
    return [
        measure(hit, may, bounds.needs[which, k], yesterday[:, k], counted=VOLTAGE_KINDS[k] in COUNTED)
        for k, (hit, may) in enumerate(voltage_masks(u, which, bounds))
    ]


def judge_voltage(
    u: Curve, which: NDArray[np.int64], bounds: Bounds, before: Tails | None = None, *, fast: bool = COMPILED
) -> Judged:
    """Judge voltage curves u (n, 96) float32; `which` (n,) points into `bounds`; `before` (n, 8, 2) are yesterday's tails."""
    yesterday = unknown_tails(len(u), KINDS) if before is None else before
    if fast:
        verdict = np.zeros((len(u), KINDS), dtype=np.uint8)
        tails = np.zeros((len(u), KINDS, 2), dtype=np.uint8)
        limits = bounds.values.astype(np.float32)
        _kernel(sealed(u), which, (limits, _plain(bounds), bounds.needs), sealed(yesterday), verdict, tails)
        return Judged(verdict, tails)
    measured = voltage_measures(u, which, bounds, yesterday)
    verdict = np.stack([m.verdict for m in measured], axis=1).astype(np.uint8)
    tails = np.stack([m.tails for m in measured], axis=1).astype(np.uint8)
    tails[:, FLAT] = 0  # a repeat never reaches over midnight
    doubtful = (verdict[:, DOUBTS] == ABNORMAL).any(axis=1)
    for level in LEVELS:
        verdict[doubtful, level] = UNDETERMINED
        tails[doubtful, level] = (0, UNKNOWN_TAIL)
    return Judged(verdict, tails)


def detail_voltage(
    u: Curve, which: NDArray[np.int64], bounds: Bounds, before: Tails, pairs: Pairs, *, fast: bool = COMPILED
) -> NDArray[np.int16]:
    """(m, 5) slots, conf, poss, first, last of the asked (rows, kinds)."""
    out = np.zeros((len(pairs[0]), 5), dtype=np.int16)
    if fast:
        _detail(sealed(u), which, (bounds.values.astype(np.float32), bounds.needs), sealed(before), pairs, out)
    else:
        fill_details(out, pairs, lambda rows: voltage_measures(u[rows], which[rows], bounds, before[rows]))
    return out
