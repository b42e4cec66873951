"""Picking findings out of judged blocks: one entry a curve and kind that is not normal (or every entry, when asked)."""

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.judged import Curve, Found, Judged, Pairs, Tails
from longzhong.sensing.curves.rules.limits import Bounds
from longzhong.sensing.curves.rules.load import Curves, detail_load
from longzhong.sensing.curves.rules.voltage import detail_voltage
from longzhong.sensing.curves.rules.words import (
    ABNORMAL,
    KINDS,
    LOAD_KINDS,
    NORMAL,
    QUALITY,
    UNJUDGED,
    VOLTAGE_KINDS,
    Kind,
)
from longzhong.sensing.curves.rules.worst import Worst, worst_load, worst_voltage

Ints = NDArray[np.int64]


def pick(judged: Judged, kinds: tuple[Kind, ...], *, every: bool = False) -> Pairs:
    """Rows and columns of verdicts worth telling: abnormal ones, and undetermined ones of the electric kinds."""
    if every:
        chosen = judged.verdict != UNJUDGED
    else:
        quality = np.array([kind in QUALITY for kind in kinds])
        chosen = (judged.verdict == ABNORMAL) | ((judged.verdict != NORMAL) & (judged.verdict != UNJUDGED) & ~quality)
    rows, columns = np.nonzero(chosen)
    return rows.astype(np.int64), columns.astype(np.int64)


def _found(judged: Judged, kinds: tuple[Kind, ...], pairs: Pairs, numbers: NDArray[np.int16], worst: Worst) -> Found:
    rows, columns = pairs
    all_kinds = np.array([KINDS.index(kind) for kind in kinds], dtype=np.int8)
    slots, conf, poss, first, last = numbers.T
    verdict = judged.verdict[rows, columns].astype(np.int8)
    return Found(rows, all_kinds[columns], verdict, slots, conf, poss, worst, first, last)


def voltage_found(
    u: Curve, which: Ints, bounds: Bounds, before: Tails, judged: Judged, *, every: bool = False
) -> Found:
    pairs = pick(judged, VOLTAGE_KINDS, every=every)
    numbers = detail_voltage(u, which, bounds, before, pairs)
    worst = np.full(len(numbers), np.nan, dtype=np.float32)
    for column, kind in enumerate(VOLTAGE_KINDS):
        asked = pairs[1] == column
        if asked.any():
            rows, first = pairs[0][asked], numbers[asked, 3].astype(np.int64)
            worst[asked] = worst_voltage(kind, u[rows], first, which[rows], bounds)
    return _found(judged, VOLTAGE_KINDS, pairs, numbers, worst)


def load_found(
    curves: Curves,
    kva: NDArray[np.float64],
    which: Ints,
    bounds: Bounds,
    before: Tails,
    judged: Judged,
    *,
    every: bool = False,
) -> Found:
    pairs = pick(judged, LOAD_KINDS, every=every)
    numbers = detail_load(curves, kva, which, bounds, before, pairs)
    worst = np.full(len(numbers), np.nan, dtype=np.float32)
    for column, kind in enumerate(LOAD_KINDS):
        asked = pairs[1] == column
        if asked.any():
            rows, first = pairs[0][asked], numbers[asked, 3].astype(np.int64)
            part = {name: curve[rows] for name, curve in curves.items()}
            worst[asked] = worst_load(kind, part, kva[rows], first, which[rows], bounds)
    return _found(judged, LOAD_KINDS, pairs, numbers, worst)
