"""From rows of the wide form to the lake's shape (宽表转曲线): one entry a meter and day (and phase for customers)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.judged import Curve
from longzhong.sensing.curves.rules.wideform import Reading
from longzhong.sensing.curves.rules.words import SLOTS

Ints = NDArray[np.int64]
AREA_COLUMNS: Final = ("ua", "ub", "uc", "ia", "ib", "ic", "p", "q")


@dataclass(frozen=True)
class Wide:
    """Equally long: meter, day and meaning of every row, and its values (n, 96), NaN = missing, factors not yet applied."""

    meters: Sequence[str]
    days: Sequence[date]
    readings: Sequence[Reading]
    values: Curve


@dataclass(frozen=True)
class CustomerCurves:
    """Sorted by meter, day, phase; `wiring` 1 or 3."""

    meters: list[str]
    days: list[date]
    phase: NDArray[np.int8]
    wiring: NDArray[np.int8]
    u: Curve
    p: Curve


@dataclass(frozen=True)
class AreaCurves:
    """Sorted by meter, day; curves by name of AREA_COLUMNS."""

    meters: list[str]
    days: list[date]
    curves: dict[str, Curve]


def _overlay(target: Curve, at: Ints, values: Curve) -> None:
    """Put rows at their places; where a place comes twice the later row wins slot by slot, and missing never wins."""
    if len(np.unique(at)) == len(at):
        known = ~np.isnan(values)
        target[at] = np.where(known, values, target[at])
        return
    for place, row in zip(at, values, strict=True):
        known = ~np.isnan(row)
        target[place, known] = row[known]


def customer_curves(wide: Wide, wiring: int | None = None) -> CustomerCurves:
    """Voltage and power by phase. Without a phase a customer's row is phase A; power of a three-phase meter as a whole is
    left out. Without `wiring` a meter seen on phase B or C is three-phase."""
    kept = [i for i, r in enumerate(wide.readings) if r.quantity in "up"]
    three = {wide.meters[i] for i in kept if wide.readings[i].phase > 1}
    keys: dict[tuple[str, date, int], int] = {}
    places: dict[str, list[tuple[int, int]]] = {"u": [], "p": []}
    for i in kept:
        meter, r = wide.meters[i], wide.readings[i]
        if r.phase == 0 and r.quantity == "p" and meter in three:
            continue
        key = (meter, wide.days[i], r.phase or 1)
        places[r.quantity].append((i, keys.setdefault(key, len(keys))))
    order = sorted(keys)
    rank = np.empty(len(keys), dtype=np.int64)
    for new, key in enumerate(order):
        rank[keys[key]] = new
    filled = {name: np.full((len(order), SLOTS), np.nan, dtype=np.float32) for name in places}
    for name, pairs in places.items():
        _place(filled[name], wide, pairs, rank)
    wirings = [wiring or (3 if meter in three else 1) for meter, _, _ in order]
    return CustomerCurves(
        [key[0] for key in order],
        [key[1] for key in order],
        np.array([key[2] for key in order], dtype=np.int8),
        np.array(wirings, dtype=np.int8),
        filled["u"],
        filled["p"],
    )


def area_curves(wide: Wide) -> AreaCurves:
    """Eight curves a meter and day. Power by phase is added up where no total is given."""
    keys: dict[tuple[str, date], int] = {}
    names = (*AREA_COLUMNS, "pa", "pb", "pc", "qa", "qb", "qc")
    places: dict[str, list[tuple[int, int]]] = {name: [] for name in names}
    for i, r in enumerate(wide.readings):
        at = keys.setdefault((wide.meters[i], wide.days[i]), len(keys))
        phase = r.phase or (1 if r.quantity in "ui" else 0)
        places[r.quantity + ("", "a", "b", "c")[phase]].append((i, at))
    order = sorted(keys)
    rank = np.empty(len(keys), dtype=np.int64)
    for new, key in enumerate(order):
        rank[keys[key]] = new
    filled = {name: np.full((len(order), SLOTS), np.nan, dtype=np.float32) for name in names}
    for name, pairs in places.items():
        _place(filled[name], wide, pairs, rank)
    for total in "pq":
        added = filled[total + "a"] + filled[total + "b"] + filled[total + "c"]
        filled[total] = np.where(np.isnan(filled[total]), added, filled[total])
    return AreaCurves(
        [key[0] for key in order], [key[1] for key in order], {name: filled[name] for name in AREA_COLUMNS}
    )


def _place(target: Curve, wide: Wide, pairs: list[tuple[int, int]], rank: Ints) -> None:
    if not pairs:
        return
    rows = np.array([i for i, _ in pairs])
    factors = np.array([wide.readings[i].factor for i in rows], dtype=np.float64)[:, None]
    _overlay(target, rank[[at for _, at in pairs]], (wide.values[rows] * factors).astype(np.float32))
