"""Runs measured with NumPy: the details of a finding, and the fallback where Numba is missing. Shapes: (n, 96) booleans."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.words import ABNORMAL, NORMAL, SLOTS, UNDETERMINED

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Measures:
    """One entry a row: verdict number, true slots, longest certain and possible run (or count), first and last true slot
    (-1: none), and the tails (certain, possible) for the next day."""

    verdict: Ints
    slots: Ints
    conf: Ints
    poss: Ints
    first: Ints
    last: Ints
    tails: Ints


def longest(mask: Mask, carry: Ints) -> Ints:
    """Longest run of every row, at most a day; `carry` slots stand before the first one, and count only if the run goes on."""
    run = np.where(mask[:, 0], carry, 0)
    best = np.zeros(len(mask), dtype=np.int64)
    for slot in range(mask.shape[1]):
        run = np.where(mask[:, slot], run + 1, 0)
        np.maximum(best, run, out=best)
    return np.minimum(best, SLOTS)


def tail(mask: Mask) -> Ints:
    ends = np.where(mask.all(axis=1), SLOTS, np.argmin(mask[:, ::-1], axis=1))
    return np.asarray(ends, dtype=np.int64)


def measure(hit: Mask, may: Mask, need: Ints, tails: Ints, *, counted: bool) -> Measures:
    """Measure and judge days. `may` must contain `hit`; `need` (n,), `tails` (n, 2) of the day before."""
    if counted:
        conf, poss = hit.sum(axis=1), may.sum(axis=1)
        left = np.zeros((len(hit), 2), dtype=np.int64)
    else:
        fresh = tails[:, 0] < need
        conf = longest(hit, np.where(fresh, tails[:, 0], 0))
        poss = longest(may, np.where(fresh, np.minimum(tails[:, 1], need - 1), 0))
        left = np.stack([tail(hit), tail(may)], axis=1)
    verdict = np.where(conf >= need, ABNORMAL, np.where(poss < need, NORMAL, UNDETERMINED))
    found = hit.any(axis=1)
    return Measures(
        verdict=verdict,
        slots=hit.sum(axis=1),
        conf=conf,
        poss=poss,
        first=np.where(found, hit.argmax(axis=1), -1),
        last=np.where(found, SLOTS - 1 - hit[:, ::-1].argmax(axis=1), -1),
        tails=left,
    )


def fill_details(
    out: NDArray[np.int16], pairs: tuple[Ints, Ints], measures_of: Callable[[Ints], list[Measures]]
) -> None:
    """Fill out (m, 5) with slots, conf, poss, first, last of the (rows, kinds) asked for."""
    rows, kinds = pairs
    unique, back = np.unique(rows, return_inverse=True)
    for kind, m in enumerate(measures_of(unique)):
        asked = kinds == kind
        at = back[asked]
        out[asked] = np.stack([m.slots[at], m.conf[at], m.poss[at], m.first[at], m.last[at]], axis=1)
