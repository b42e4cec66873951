"""Places of a file without topology, the lines that their codes name, and the sets of places that may fail together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from longzhong.sensing.troubles.engines.pairs import METRES, Calls, Learnt, read, tokens_of
from longzhong.sensing.troubles.rules.signals import Heard

CODED, GUESSED = 6.0, 10.0  # what blaming a set must bring in: one that the codes name, one of many guessed from places
TOGETHER = 0.5  # of the quick delay: calls so close in time speak for one outage
MADE = "@"  # the codes of places that we made of positions
SPARSE = 1.7  # with fewer calls a code, codes are meters rather than areas


@dataclass(frozen=True)
class Places:
    """Places by code, in degrees (NaN unknown), the place of each call (-1 unknown), how far callers live from theirs (m), and what
    the codes say by themselves (`pairs.read`)."""

    codes: list[str]
    xy: np.ndarray
    of: np.ndarray
    near_m: float
    tokens: np.ndarray
    rank: np.ndarray

    @property
    def metres(self) -> np.ndarray:
        """East and north on a flat map."""
        middle = np.nanmean(self.xy[:, 0]) if not np.isnan(self.xy).all() else 0.0
        return np.asarray(self.xy * np.array([METRES, METRES * np.cos(np.radians(middle))]))


def places_of(signals: Sequence[Heard], calls: Calls) -> tuple[Places, list[Heard]]:
    """The places, and the signals with the place as their area (None where the code isn't credible)."""
    names = [(one.area or one.meter or "") if code >= 0 else "" for one, code in zip(signals, calls.code, strict=True)]
    own = sum(map(bool, names))
    if own < 0.2 * len(names) or len(set(names) - {""}) * SPARSE > own:
        names = _coarser(names, calls)
    codes = sorted({name for name in names if name})
    index = {code: number for number, code in enumerate(codes)}
    of = np.array([index.get(name, -1) for name in names])
    where = np.array([[np.nan if v is None else v for v in (one.lat, one.lon)] for one in signals])
    xy = np.full((len(codes), 2), np.nan)
    for number in range(len(codes)):
        mine = where[(of == number) & ~np.isnan(where[:, 0])]
        if len(mine):
            xy[number] = np.median(mine, axis=0)
    placed_at = of >= 0
    apart = np.hypot(*((where[placed_at] - xy[of[placed_at]]) * METRES).T)
    near = float(np.nanmedian(apart)) if (~np.isnan(apart)).any() else 150.0
    placed = [
        replace(one, area=name or None, meter=one.meter if one.area else None)
        for one, name in zip(signals, names, strict=True)
    ]
    return Places(codes, xy, of, max(near, 60.0), *read(["" if one.startswith(MADE) else one for one in codes])), placed


def _coarser(names: list[str], calls: Calls) -> list[str]:
    """Codes are meters, or missing: the prefix that leaves several calls a place, else clusters of positions."""
    parents = ["-".join(tokens_of(name)[:-1]) if name else "" for name in names]
    count, own = len(set(parents) - {""}), sum(1 for one in parents if one)
    if own > 0.5 * len(names) and count > 3 and own / count >= SPARSE:
        return parents
    xy = calls.xy
    known = np.flatnonzero(~np.isnan(xy[:, 0]))
    if len(known) < 2:
        return names
    radius = _spacing(xy[known])
    out, centres = [""] * len(names), np.empty((0, 2))
    for i in known:
        apart = np.hypot(*(centres - xy[i]).T) if len(centres) else np.array([np.inf])
        if apart.min() > radius:
            centres = np.vstack([centres, xy[i]])
        out[i] = f"{MADE}{int(apart.argmin()) if apart.min() <= radius else len(centres) - 1:05d}"
    return out


def _spacing(xy: np.ndarray) -> float:
    """How far apart neighbouring calls are, three times over: the size of a place."""
    some = xy[:: max(1, len(xy) // 800)]
    apart = np.hypot(some[:, None, 0] - xy[None, :, 0], some[:, None, 1] - xy[None, :, 1])
    near = np.sort(apart, axis=1)[:, min(3, len(xy) - 1)]
    return float(np.clip(2.0 * np.median(near), 50.0, 1500.0))


def lines_of(places: Places, t: np.ndarray, learnt: Learnt) -> list[np.ndarray]:
    """Places that share the first token of their codes, if the calls show that such places fail together; else nothing."""
    tops = [tokens_of(code)[:1] for code in places.codes]
    if not 3 < len(set(tops)) <= len(tops) / 2 or not _tells(_together(places, t, TOGETHER * learnt.quick_s), tops):
        return []
    index = {top: number for number, top in enumerate(dict.fromkeys(tops))}
    number = np.array([index[top] for top in tops])
    return [np.flatnonzero(number == k) for k in range(len(index))]


def _together(places: Places, t: np.ndarray, near_s: float) -> np.ndarray:
    """How much more often than by chance calls of two places come together."""
    count = len(places.codes)
    found = np.zeros((count, count))
    low, high = np.searchsorted(t, t - near_s), np.searchsorted(t, t + near_s, side="right")
    for i in np.flatnonzero(places.of >= 0):
        others = places.of[low[i] : high[i]]
        np.add.at(found[places.of[i]], others[others >= 0], 1.0)
    calls = np.bincount(places.of[places.of >= 0], minlength=count).astype(float)
    chance = np.outer(calls, calls) * min(2 * near_s / max(float(np.ptp(t)), 1.0), 1.0)
    score = (found - chance) / np.sqrt(chance + 0.5)
    np.fill_diagonal(score, 0.0)
    return np.asarray(score)


def _tells(score: np.ndarray, tops: list[tuple[str, ...]]) -> bool:
    """Whether places of one first token burst together clearly more often than others do."""
    index = {top: number for number, top in enumerate(dict.fromkeys(tops))}
    number = np.array([index[top] for top in tops])
    first, second = np.triu_indices(len(number), 1)
    same = number[first] == number[second]
    values = score[first, second]
    return bool(same.any() and values[same].mean() - values[~same].mean() > 0.3)


def sets_of(places: Places, line: np.ndarray) -> dict[frozenset[int], float]:
    """Sets of a line's places that may fail together, of two places or more, with their costs: the likelier the cheaper."""
    tokens = [tokens_of(places.codes[a]) for a in line]
    found: dict[frozenset[int], float] = dict.fromkeys(_along(places, line), GUESSED)
    for depth in range(1, max(map(len, tokens), default=1)):
        by: dict[tuple[str, ...], list[int]] = {}
        for area, one in zip(line, tokens, strict=True):
            by.setdefault(one[:depth], []).append(int(area))
        found |= dict.fromkeys((frozenset(mine) for mine in by.values()), CODED)
    return {one: cost for one, cost in found.items() if len(one) > 1}


def _along(places: Places, line: np.ndarray) -> list[frozenset[int]]:
    """The two ends of the row of places: what lies behind a switch on a line."""
    xy = places.metres[line]
    known, xy = line[~np.isnan(xy[:, 0])], xy[~np.isnan(xy[:, 0])]
    if len(known) < 3:
        return []
    middle = xy - xy.mean(axis=0)
    along = known[np.argsort(middle @ np.linalg.svd(middle, full_matrices=False)[2][0], kind="stable")]
    heads = [frozenset(along[:k].tolist()) for k in range(2, len(along))]
    return heads + [frozenset(along[k:].tolist()) for k in range(1, len(along) - 1)]
