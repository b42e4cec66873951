"""Judging an area meter's eight curves together (台区曲线研判): load, balance, neutral, supply, and whether to believe it.

重载: load rate S/S_N at or above 80 % for 2 h or more; 过载: 100 %. A day of overload says nothing about heavy load, so one
cause has one finding. 三相不平衡: (Imax - Imin)/Imax above the limit, where Imax carries enough load (a lighter slot is
never unbalanced). 零线异常: phase voltages too far apart. 停运: no voltage on any phase. REFERENCE §4.2 (F2, M, U).
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules import slots
from longzhong.sensing.curves.rules.bits import (
    COMPILED,
    U,
    compiled,
    count_ones,
    detail,
    settle,
    settle_count,
    tail_run,
)
from longzhong.sensing.curves.rules.judged import Curve, Judged, Pairs, Tails, sealed, unknown_tails
from longzhong.sensing.curves.rules.limits import ROOT3, Bounds
from longzhong.sensing.curves.rules.measures import Mask, Measures, fill_details, measure
from longzhong.sensing.curves.rules.words import (
    ABNORMAL,
    COUNTED,
    LOAD_KINDS,
    SLOTS,
    UNDETERMINED,
    UNJUDGED,
    UNKNOWN_TAIL,
)

KINDS: Final = len(LOAD_KINDS)
HEAVY, OVERLOAD, UNBALANCE, NEUTRAL, DEAD, GAP, NEGATIVE, MULTIPLIER = range(KINDS)
RATED: Final = (HEAVY, OVERLOAD, UNBALANCE)  # these ask for the rated power
AMPS_PER_KVA: Final = 1.0 / (ROOT3 * 0.4)  # rated phase current at 400 V
QUANTITIES: Final = ("ua", "ub", "uc", "ia", "ib", "ic", "p", "q")
Curves = Mapping[str, Curve]


@compiled
def _mark_power(day: Any, word: Any, limit: Any, kva: Any, hit: Any, may: Any, gone: Any) -> None:
    """Bits of heavy load, overload and multiplier; day (8, 96) float32 in the order of QUANTITIES."""
    heavy, over, least, most = limit[0] * kva, limit[1] * kva, limit[7], limit[8] * kva
    heavy_floor, over_floor = limit[9] * heavy, limit[9] * over
    heavy_amps, over_amps = limit[0] * (kva * AMPS_PER_KVA), limit[1] * (kva * AMPS_PER_KVA)
    base = word * 64
    high = full = odd = high_blind = full_blind = no_p = no_q = U(0)
    for slot in range(base, min(base + 64, SLOTS)):
        ia, ib, ic = np.float64(day[3, slot]), np.float64(day[4, slot]), np.float64(day[5, slot])
        p, q = np.float64(day[6, slot]), np.float64(day[7, slot])
        bit = U(slot - base)
        high |= U(slots.loaded(p, q, ia, ib, ic, heavy, heavy_amps)) << bit
        full |= U(slots.loaded(p, q, ia, ib, ic, over, over_amps)) << bit
        high_blind |= U(slots.load_blind(p, q, ia, ib, ic, heavy_floor)) << bit
        full_blind |= U(slots.load_blind(p, q, ia, ib, ic, over_floor)) << bit
    for slot in range(base, min(base + 64, SLOTS)):
        p, q = np.float64(day[6, slot]), np.float64(day[7, slot])
        bit = U(slot - base)
        ua, ub, uc = np.float64(day[0, slot]), np.float64(day[1, slot]), np.float64(day[2, slot])
        ia, ib, ic = np.float64(day[3, slot]), np.float64(day[4, slot]), np.float64(day[5, slot])
        seen = slots.apparent(ua, ub, uc, ia, ib, ic)
        odd |= U(slots.mismatched(p, q, seen, least, most)) << bit
        no_p |= U(slots.missing(p)) << bit
        no_q |= U(slots.missing(q)) << bit
    hit[0, word], may[0, word] = high, high | high_blind
    hit[1, word], may[1, word] = full, full | full_blind
    hit[7, word], may[7, word] = odd, odd | no_p | no_q
    gone[1, word], gone[2, word] = no_p, no_q


@compiled
def _mark_phases(day: Any, word: Any, limit: Any, kva: Any, hit: Any, may: Any, gone: Any) -> None:
    """Bits of unbalance, neutral, dead and negative."""
    ratio, gate, spread, dead, ceiling = limit[2], limit[3] * (kva * AMPS_PER_KVA), limit[4], limit[5], limit[6]
    base = word * 64
    skew = minus = no_i = apart = blind = dark = faint = no_u = U(0)
    for slot in range(base, min(base + 64, SLOTS)):
        a, b, c = np.float64(day[3, slot]), np.float64(day[4, slot]), np.float64(day[5, slot])
        bit = U(slot - base)
        skew |= U(slots.unbalanced(a, b, c, ratio, gate)) << bit
        minus |= U(slots.any_negative(a, b, c)) << bit
        no_i |= U(slots.any_missing(a, b, c)) << bit
    for slot in range(base, min(base + 64, SLOTS)):
        a, b, c = np.float64(day[0, slot]), np.float64(day[1, slot]), np.float64(day[2, slot])
        bit = U(slot - base)
        apart |= U(slots.spread_out(a, b, c, spread, dead, ceiling)) << bit
        blind |= U(slots.any_blind(a, b, c, dead, ceiling)) << bit
        dark |= U(slots.all_dead(a, b, c, dead)) << bit
        faint |= U(slots.none_alive(a, b, c, dead)) << bit
        no_u |= U(slots.any_missing(a, b, c)) << bit
    hit[2, word], may[2, word] = skew, skew | no_i
    hit[3, word], may[3, word] = apart, apart | blind
    hit[4, word], may[4, word] = dark, dark | faint
    hit[6, word], may[6, word] = minus, minus | no_i
    gone[0, word] = no_i
    may[7, word] |= no_u | no_i


@compiled
def _mark(day: Any, limit: Any, kva: Any, hit: Any, may: Any, gone: Any) -> None:
    """Set the bits of a whole day. A quantity of which nothing came all day isn't collected there and makes no gap."""
    for word in range(2):
        _mark_power(day, word, limit, kva, hit, may, gone)
        _mark_phases(day, word, limit, kva, hit, may, gone)
    hit[5, 0] = hit[5, 1] = U(0)
    collected = False
    for part in range(3):
        if count_ones(gone[part, 0]) + count_ones(gone[part, 1]) < SLOTS:
            collected = True
            hit[5, 0] |= gone[part, 0]
            hit[5, 1] |= gone[part, 1]
    if not collected:
        hit[5, 0], hit[5, 1] = ~U(0), U(0xFFFFFFFF)
    may[5, 0], may[5, 1] = hit[5, 0], hit[5, 1]


@compiled
def _kernel(day: Any, kva: Any, which: Any, bounds: Any, before: Any, verdict: Any, tails: Any) -> None:
    limits, needs = bounds
    hit = np.zeros((8, 2), dtype=np.uint64)
    may = np.zeros((8, 2), dtype=np.uint64)
    gone = np.zeros((3, 2), dtype=np.uint64)
    one = np.empty((8, SLOTS), dtype=np.float32)
    for row in range(len(kva)):
        at = which[row]
        for quantity in range(8):
            one[quantity, :] = day[quantity][row]
        _mark(one, limits[at], kva[row], hit, may, gone)
        for kind in range(8):
            a, b, c, d, need = hit[kind, 0], hit[kind, 1], may[kind, 0], may[kind, 1], needs[at, kind]
            if (c | d) == U(0):
                continue
            if kind == 6:
                verdict[row, kind] = settle_count(a, b, c, d, need)
                continue
            verdict[row, kind] = settle(a, b, c, d, need, before[row, kind, 0], before[row, kind, 1])
            tails[row, kind, 0] = tail_run(a, b)
            tails[row, kind, 1] = tail_run(c, d)


@compiled
def _detail(day: Any, kva: Any, which: Any, bounds: Any, before: Any, pairs: Any, out: Any) -> None:
    limits, needs = bounds
    rows, kinds = pairs
    hit = np.zeros((8, 2), dtype=np.uint64)
    may = np.zeros((8, 2), dtype=np.uint64)
    gone = np.zeros((3, 2), dtype=np.uint64)
    one = np.empty((8, SLOTS), dtype=np.float32)
    for i in range(len(rows)):
        row, kind = rows[i], kinds[i]
        at = which[row]
        for quantity in range(8):
            one[quantity, :] = day[quantity][row]
        _mark(one, limits[at], kva[row], hit, may, gone)
        tails = before[row, kind]
        detail(hit[kind], may[kind], needs[at, kind], tails[0], tails[1], kind == 6, out[i])


def load_masks(
    curves: Curves, kva: NDArray[np.float64], which: NDArray[np.int64], bounds: Bounds
) -> list[tuple[Mask, Mask]]:
    """(hit, may) of every kind in the order of LOAD_KINDS, by NumPy."""
    ua, ub, uc, ia, ib, ic, p, q = (curves[name].astype(np.float64) for name in QUANTITIES)
    heavy, over, ratio, gate, spread, dead, ceiling, least, most, factor = bounds.values[which].T[:, :, None]
    power = kva[:, None]
    rated = power * AMPS_PER_KVA
    gone_i = slots.any_missing(ia, ib, ic)
    gone_p, gone_q = slots.missing(p), slots.missing(q)
    parts = [gone_i, gone_p, gone_q]
    collected = [~part.all(axis=1)[:, None] for part in parts]
    gap = np.logical_or.reduce([part & count for part, count in zip(parts, collected, strict=True)])
    gap |= ~np.logical_or.reduce(collected)
    seen = slots.apparent(ua, ub, uc, ia, ib, ic)
    hits = [
        slots.loaded(p, q, ia, ib, ic, heavy * power, heavy * rated),
        slots.loaded(p, q, ia, ib, ic, over * power, over * rated),
        slots.unbalanced(ia, ib, ic, ratio, gate * rated),
        slots.spread_out(ua, ub, uc, spread, dead, ceiling),
        slots.all_dead(ua, ub, uc, dead),
        gap,
        slots.any_negative(ia, ib, ic),
        slots.mismatched(p, q, seen, least, most * power),
    ]
    unknown = [
        slots.load_blind(p, q, ia, ib, ic, factor * (heavy * power)),
        slots.load_blind(p, q, ia, ib, ic, factor * (over * power)),
        gone_i,
        slots.any_blind(ua, ub, uc, dead, ceiling),
        slots.none_alive(ua, ub, uc, dead),
        gap,
        gone_i,
        slots.any_missing(ua, ub, uc) | gone_i | gone_p | gone_q,
    ]
    return [(hit, hit | maybe) for hit, maybe in zip(hits, unknown, strict=True)]


def load_measures(
    curves: Curves, kva: NDArray[np.float64], which: NDArray[np.int64], bounds: Bounds, before: Tails
) -> list[Measures]:
    yesterday = before.astype(np.int64)
    return [
        measure(hit, may, bounds.needs[which, k], yesterday[:, k], counted=LOAD_KINDS[k] in COUNTED)
        for k, (hit, may) in enumerate(load_masks(curves, kva, which, bounds))
    ]


def judge_load(
    curves: Curves,
    kva: NDArray[np.float64],
    which: NDArray[np.int64],
    bounds: Bounds,
    before: Tails | None = None,
    *,
    fast: bool = COMPILED,
) -> Judged:
    """Judge area meters: eight curves (n, 96) float32 by name, rated kva (n,) (NaN: unknown), sets of limits, tails."""
    yesterday = unknown_tails(len(kva), KINDS) if before is None else before
    if fast:
        verdict = np.zeros((len(kva), KINDS), dtype=np.uint8)
        tails = np.zeros((len(kva), KINDS, 2), dtype=np.uint8)
        day = tuple(sealed(curves[name]) for name in QUANTITIES)
        _kernel(day, kva, which, (bounds.values, bounds.needs), sealed(yesterday), verdict, tails)
    else:
        measured = load_measures(curves, kva, which, bounds, yesterday)
        verdict = np.stack([m.verdict for m in measured], axis=1).astype(np.uint8)
        tails = np.stack([m.tails for m in measured], axis=1).astype(np.uint8)
    return _weigh(verdict, tails, kva)


def detail_load(
    curves: Curves,
    kva: NDArray[np.float64],
    which: NDArray[np.int64],
    bounds: Bounds,
    before: Tails,
    pairs: Pairs,
    *,
    fast: bool = COMPILED,
) -> NDArray[np.int16]:
    """(m, 5) slots, conf, poss, first, last of the asked (rows, kinds)."""
    out = np.zeros((len(pairs[0]), 5), dtype=np.int16)
    if fast:
        day = tuple(sealed(curves[name]) for name in QUANTITIES)
        _detail(day, kva, which, (bounds.values, bounds.needs), sealed(before), pairs, out)
        return out
    fill_details(
        out,
        pairs,
        lambda rows: load_measures(
            {name: curve[rows] for name, curve in curves.items()}, kva[rows], which[rows], bounds, before[rows]
        ),
    )
    return out


def _weigh(verdict: NDArray[np.uint8], tails: NDArray[np.uint8], kva: NDArray[np.float64]) -> Judged:
    """Cast doubts, give an overload the precedence, and leave unjudged what needs an unknown rated power."""
    verdict[verdict[:, OVERLOAD] == ABNORMAL, HEAVY] = UNDETERMINED
    doubtful = (verdict[:, NEGATIVE] == ABNORMAL) | (verdict[:, MULTIPLIER] == ABNORMAL)
    for kind in RATED:
        verdict[doubtful, kind] = UNDETERMINED
        tails[doubtful, kind] = (0, UNKNOWN_TAIL)
        verdict[np.isnan(kva), kind] = UNJUDGED
    return Judged(verdict, tails)
