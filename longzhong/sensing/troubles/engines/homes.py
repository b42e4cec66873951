"""To which failure each call belongs: the one that explains most of it, where its place is unknown too; else it stands alone."""

import numpy as np
from scipy.spatial import cKDTree

from longzhong.sensing.troubles.engines.ledger import latest, steps
from longzhong.sensing.troubles.engines.moves import Search
from longzhong.sensing.troubles.engines.pairs import Calls
from longzhong.sensing.troubles.engines.places import Places

NEAREST = 12
FAINT = 1e-4  # weight of a place near the call however far


def homes(search: Search, places: Places, calls: Calls) -> np.ndarray:
    """The number of each call's failure; -1: none explains it."""
    ground, dark, t = search.ground, search.dark, calls.t
    label = np.full(len(t), -1)
    told = np.flatnonzero(places.of >= 0)
    onset, group = latest(dark, places.of[told], t[told])
    rate = ground.mu[places.of[told]] * ground.density[steps(ground, t[told] - onset)]
    ours = (group >= 0) & (rate > ground.beta)
    label[told[ours]] = group[ours]
    for i, near, weight in _lost(places, calls):
        onset, group = latest(dark, near, np.full(len(near), t[i]))
        rate = np.where(group < 0, 0.0, weight * ground.mu[near] * ground.density[steps(ground, t[i] - onset)])
        groups, back = np.unique(group, return_inverse=True)
        sums = np.bincount(back, rate)
        best = int(sums.argmax())
        if groups[best] >= 0 and sums[best] > max(ground.beta, 0.5 * sums.sum()):
            label[i] = groups[best]
    return label


def _lost(places: Places, calls: Calls) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Calls of unknown place, with the places that may be theirs and their weights: those near, or all alike."""
    lost = np.flatnonzero(places.of < 0)
    xy = places.metres
    known = np.flatnonzero(~np.isnan(xy[:, 0]))
    every = np.arange(len(xy))
    tree = cKDTree(xy[known]) if len(known) else None
    found = []
    for i in lost:
        if tree is not None and not np.isnan(calls.xy[i, 0]):
            apart, at = tree.query(calls.xy[i], k=np.arange(1, min(NEAREST, len(known)) + 1))
            weight = np.exp(-0.5 * (apart / places.near_m) ** 2) + FAINT
            found.append((int(i), known[at], weight / weight.sum()))
        else:
            found.append((int(i), every, np.full(len(every), 1.0 / len(every))))
    return found
