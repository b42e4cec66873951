"""From rows of a file to rows of the lake (曲线合成): quantities of one meter and day come together, doubles are
compared, and every row of the file gets its fate: new, changed, unchanged or refused.

Shapes: n rows of a file with `width` values each (96 in the wide form, 1 in the long form, then with a slot); k rows
of the lake; cubes are (columns, k, 96) float32 with NaN where nothing is known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longzhong.surfaces.exchange.rules.curve_rows import AREA, CUSTOMER, Ints
from longzhong.surfaces.exchange.rules.curve_words import SLOTS

Floats = NDArray[np.float32]
AREA_COLUMNS = ("ua", "ub", "uc", "ia", "ib", "ic", "p", "q")
CUSTOMER_COLUMNS = ("u", "p")
FIRST_CUSTOMER_TARGET = 8
UNCHANGED, NEW, CHANGED, CLASH = 0, 1, 2, 3


@dataclass(frozen=True)
class Keys:
    """Rows of the lake: meter number, day and phase (0 for an area meter)."""

    meters: Ints
    days: Ints
    phases: Ints

    def __len__(self) -> int:
        return len(self.meters)


@dataclass(frozen=True)
class Composed:
    """The lake's rows of one kind, and for each file row where its values went (`key`, `column`) or with which line it clashed.

    `idle` marks rows that say nothing that an earlier row of the file didn't say.
    """

    keys: Keys
    cube: Floats
    key: Ints
    column: Ints
    clash: Ints  # 0, or the line of the earlier row that says otherwise
    idle: NDArray[np.bool_]


def kinds(targets: NDArray[np.int8]) -> NDArray[np.bool_]:
    """True where a row belongs to a customer's meter."""
    return targets >= FIRST_CUSTOMER_TARGET


def compose(kind: int, index: NDArray[np.void], values: Floats) -> Composed:
    """Bring the rows of one kind together. `index` has line, meter, day, target and slot; rows that repeat each
    other agree or clash.
    """
    column, phase = _columns(kind, index["target"])
    order = np.lexsort((index["line"], index["slot"], column, phase, index["meter"], index["day"]))
    sorted_key = np.stack([index["day"][order], index["meter"][order], phase[order]]).astype(np.int32)
    starts = np.ones(len(order), bool)
    starts[1:] = (sorted_key[:, 1:] != sorted_key[:, :-1]).any(axis=0)
    numbers = np.cumsum(starts) - 1
    key = np.empty(len(order), np.int32)
    key[order] = numbers
    keys = Keys(sorted_key[1, starts], sorted_key[0, starts], sorted_key[2, starts])
    cube = np.full((len(AREA_COLUMNS if kind == AREA else CUSTOMER_COLUMNS), len(keys), SLOTS), np.nan, np.float32)
    same = np.zeros(len(order), bool)
    same[1:] = (
        ~starts[1:]
        & (column[order][1:] == column[order][:-1])
        & (index["slot"][order][1:] == index["slot"][order][:-1])
    )
    wide = values.shape[1] == SLOTS
    first = order[~same]
    if wide:
        cube[column[first], key[first]] = values[first]
    else:
        cube[column[first], key[first], index["slot"][first]] = values[first, 0]
    clash, idle = _settle(index, values, cube, (column, key), order, same)
    return Composed(keys, cube, key, column, clash, idle)


def fates(
    composed: Composed, old: Floats, known: NDArray[np.bool_], index: NDArray[np.void], values: Floats
) -> NDArray[np.int8]:
    """What each row of the file does to the lake as it stood (`old` cube, `known` (k,) rows that exist)."""
    before = old[composed.column, composed.key]
    if values.shape[1] != SLOTS:
        before = np.take_along_axis(before, index["slot"].astype(np.int64)[:, None], axis=1)
    said = ~np.isnan(values)
    blank = np.isnan(before)
    changed = (said & ~blank & (before != values)).any(axis=1)
    new = (said & blank).any(axis=1) | ~known[composed.key]
    fate = np.where(changed, CHANGED, np.where(new, NEW, UNCHANGED)).astype(np.int8)
    fate[composed.idle] = UNCHANGED
    fate[composed.clash > 0] = CLASH
    return fate


def by_line(lines: Ints, fate: NDArray[np.int8]) -> tuple[Ints, NDArray[np.int8]]:
    """One fate a line, where a line holds several values: a clash counts first, then changed, then new."""
    distinct, place = np.unique(lines, return_inverse=True)
    worst = np.zeros(len(distinct), np.int8)
    np.maximum.at(worst, place, fate)
    return distinct.astype(np.int32), worst


def chunks(index: NDArray[np.void], most: int) -> list[NDArray[np.int64]]:
    """Positions of the rows in pieces of about `most`, day by day; a meter's day is never cut."""
    order = np.lexsort((index["meter"], index["day"]))
    edges = np.ones(len(order), bool)
    edges[1:] = (index["day"][order][1:] != index["day"][order][:-1]) | (
        index["meter"][order][1:] != index["meter"][order][:-1]
    )
    cuts, last = [0], 0
    for edge in map(int, np.flatnonzero(edges)):
        if edge - last >= most:
            cuts.append(edge)
            last = edge
    return [order[start:end] for start, end in zip(cuts, [*cuts[1:], len(order)], strict=True) if end > start]


def _columns(kind: int, target: NDArray[np.int8]) -> tuple[Ints, Ints]:
    if kind == CUSTOMER:
        place = target.astype(np.int32) - FIRST_CUSTOMER_TARGET
        return place % 2, place // 2 + 1
    return target.astype(np.int32), np.zeros(len(target), np.int32)


def _settle(
    index: NDArray[np.void],
    values: Floats,
    cube: Floats,
    where: tuple[Ints, Ints],
    order: NDArray[np.int64],
    same: NDArray[np.bool_],
) -> tuple[Ints, NDArray[np.bool_]]:
    """Rows that come again: what agrees fills gaps, what says otherwise clashes with the line before it."""
    column, key = where
    clash, idle = np.zeros(len(order), np.int32), np.zeros(len(order), bool)
    owner = order[np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))]
    for place in np.flatnonzero(same):
        row = order[place]
        slot = slice(None) if values.shape[1] == SLOTS else slice(index["slot"][row], index["slot"][row] + 1)
        there = cube[column[row], key[row], slot]
        if (~np.isnan(there) & ~np.isnan(values[row]) & (there != values[row])).any():
            clash[row] = index["line"][owner[place]]
            continue
        gaps = np.isnan(there)
        idle[row] = np.isnan(values[row][gaps]).all()
        there[gaps] = values[row][gaps]
    return clash, idle
