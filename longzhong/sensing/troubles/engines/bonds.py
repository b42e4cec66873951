"""Bonds between places that may fail together: near each other, near in the order of codes, or dark together before.

How much a bond weighs is what the pairs of calls taught of such pairs (`pairs`), and, once there is history, how
often the two places went dark together among the times that either did with others. Codes or distances that say
nothing weigh nothing.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from longzhong.sensing.troubles.engines.pairs import Learnt, related
from longzhong.sensing.troubles.engines.places import Places

NEAREST, BESIDE, MATES = 10, 6, 12
LOOSE = 0.03  # a place with no bond worth the name isn't bound at all
FAINT = 0.05  # a bond weaker than this beside the best of its ends is none
MOST_PAIRS = 4_000_000
CLEAR = 3.0
HELD = 2.0  # times together that weigh as much as what pairs in general teach


class Bonds(NamedTuple):
    """Bonds in both directions (CSR): whom, and the weight of this place in the other's row."""

    start: np.ndarray
    to: np.ndarray
    into: np.ndarray


def candidates(places: Places, t: np.ndarray, near_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of places worth a bond (E×2, first < second), and the chance that speaks from how often they spoke up together."""
    pairs: list[np.ndarray] = []
    xy = places.metres
    known = np.flatnonzero(~np.isnan(xy[:, 0]))
    if len(known) > 1:
        near = cKDTree(xy[known]).query(xy[known], k=min(NEAREST + 1, len(known)))[1][:, 1:]
        pairs.append(np.stack([np.repeat(known, near.shape[1]), known[near.ravel()]], 1))
    order = np.argsort(places.rank, kind="stable")
    order = order[places.rank[order] >= 0]
    for apart in range(1, BESIDE + 1):
        pairs.append(np.stack([order[:-apart], order[apart:]], 1))
    met, together = often(places, t, near_s)
    count = len(places.codes)
    every = np.sort(np.vstack([*pairs, met]), axis=1) @ [count, 1]
    keys = np.unique(every[every // count != every % count])
    chance = np.zeros(len(keys))
    np.maximum.at(chance, np.searchsorted(keys, np.sort(met, axis=1) @ [count, 1]), together)
    return np.stack([keys // count, keys % count], 1), chance


def often(places: Places, t: np.ndarray, near_s: float) -> tuple[np.ndarray, np.ndarray]:
    """For each place the few that spoke up within a moment of it clearly more often than by chance, three times at least."""
    count = len(places.codes)
    told = np.flatnonzero(places.of >= 0)
    told = told[opening(places.of[told], t[told], 4 * near_s)]
    of, at = places.of[told], t[told]
    low, high = np.arange(len(told)) + 1, np.searchsorted(at, at + near_s, side="right")
    many = np.maximum(high - low, 0)
    if many.sum() > MOST_PAIRS or not len(told):
        return np.empty((0, 2), int), np.empty(0)
    left = np.repeat(np.arange(len(told)), many)
    right = left + 1 + np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    keys, times = np.unique(np.sort(np.stack([of[left], of[right]], 1), axis=1) @ [count, 1], return_counts=True)
    first, second = keys // count, keys % count
    spoke = np.bincount(of, minlength=count)
    chance = spoke[first] * spoke[second] * min(2 * near_s / max(float(np.ptp(at)), 1.0), 1.0)
    score = np.where((times >= 3) & (first != second), (times - chance) / np.sqrt(chance + 0.5), 0.0)
    share = np.maximum(times - 1 - chance, 0.0) / (np.minimum(spoke[first], spoke[second]) + HELD)
    found, shares = [], []
    for one, other in ((first, second), (second, first)):
        order = np.lexsort((-score, one))
        place = np.arange(len(order)) - np.searchsorted(one[order], one[order])
        kept = order[(place < MATES) & (score[order] > CLEAR)]
        found.append(np.stack([one[kept], other[kept]], 1))
        shares.append(share[kept])
    return np.vstack(found), np.concatenate(shares)


def opening(of: np.ndarray, t: np.ndarray, quiet_s: float) -> np.ndarray:
    """Calls before which their place was silent for a while."""
    order = np.lexsort((t, of))
    fresh = np.ones(len(of), bool)
    fresh[order[1:]] = (np.diff(of[order]) != 0) | (np.diff(t[order]) > quiet_s)
    return fresh


def affinity(pairs: np.ndarray, places: Places, learnt: Learnt) -> np.ndarray:
    """The chance that calls of a pair of places belong together, from their codes and distance."""
    if not len(pairs):
        return np.empty(0)
    relation, apart = related(places.tokens, places.rank, places.metres, pairs)
    return np.asarray(1 / (1 + np.exp(-learnt.odds[relation, apart])))


def remembered(pairs: np.ndarray, chance: np.ndarray, sets: Iterable[np.ndarray], count: int) -> np.ndarray:
    """The chance with history: together among the times that either went dark with others, the present time not counted."""
    keys = pairs[:, 0] * count + pairs[:, 1]
    together, either = np.zeros(len(pairs)), np.zeros(len(pairs))
    times = np.zeros(count)
    for mine in sets:
        if len(mine) < 2:
            continue
        times[mine] += 1
        first, second = np.triu_indices(len(mine), 1)
        told = mine[first] * count + mine[second]
        at = np.minimum(np.searchsorted(keys, told), len(keys) - 1)
        np.add.at(together, at[keys[at] == told], 1.0)
    either = times[pairs[:, 0]] + times[pairs[:, 1]] - together
    past, hits = np.maximum(either - 1, 0), np.maximum(together - 1, 0)
    return np.asarray((hits + HELD * chance) / (past + HELD))


def bound(pairs: np.ndarray, chance: np.ndarray, count: int) -> Bonds:
    """Rows whose weights sum to one at most."""
    most = np.full(count, LOOSE)
    np.maximum.at(most, pairs[:, 0], chance)
    np.maximum.at(most, pairs[:, 1], chance)
    kept = chance > FAINT * np.minimum(most[pairs[:, 0]], most[pairs[:, 1]])
    pairs, chance = pairs[kept], chance[kept]
    left = np.concatenate((pairs[:, 0], pairs[:, 1])).astype(np.int64)
    right = np.concatenate((pairs[:, 1], pairs[:, 0])).astype(np.int64)
    both = np.concatenate((chance, chance))
    row = np.bincount(left, both, count) + LOOSE
    order = np.lexsort((right, left))
    left, right, both = left[order], right[order], both[order]
    start = np.concatenate(([0], np.cumsum(np.bincount(left, minlength=count)))).astype(np.int64)
    return Bonds(start, right, both / row[right])
