"""What a file without topology says about pairs of calls: how often two calls of one kind of neighbourhood belong together.

A pair is of a class: how much of their codes' prefix two calls share (nothing, some tokens, the same code, a code unknown) and how
far apart they are. Two calls of one outage follow each other closely, two strangers at any distance in time; so the lags of a
class tell the share of pairs in it that belong together. Nothing is believed of codes or distances that the data don't show: if
prefixes say nothing, their classes have the same share as the others.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from longzhong.sensing.curves.rules.bits import compiled
from longzhong.sensing.troubles.rules.signals import Heard

METRES = 111_320.0
EDGES = np.array(
    [1.0, 80.0, 160.0, 300.0, 600.0, 1200.0, 2400.0, 4800.0, 9600.0, 20_000.0]
)  # metres; the last class: unknown
BINS = len(EDGES) + 2
TOKENS = 4
SAME, UNKNOWN = TOKENS, TOKENS + 1
BESIDE = np.array([2, 6, 15])  # codes without a common head: so close in their order
CLASSES = TOKENS + 2 + len(BESIDE)
LAGS = np.array([0.5, 1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 1e9]) * 60.0  # seconds
LATE = 8  # lags from here on hold few pairs of one outage
ANCHORS = 3000
QUICK = (20.0, 7200.0)
USUAL_S, THIN = 900.0, 100.0  # the mean delay that is assumed, as heavily as so many pairs
KEEP = 60.0  # pairs of a class that outweigh what its distance alone says


class Calls(NamedTuple):
    """Calls in order of time: moment, metres east and north (NaN unknown), code number (-1 unknown), tokens of the code (n×4), and
    the rank of the code among all (-1 unknown)."""

    t: np.ndarray
    xy: np.ndarray
    code: np.ndarray
    tokens: np.ndarray
    rank: np.ndarray


class Learnt(NamedTuple):
    """`odds`: log odds that a pair of a class belongs together; `span_s`: over how long strangers spread; delays in seconds."""

    odds: np.ndarray
    span_s: float
    quick_s: float
    slow_s: float


def tokens_of(code: str) -> tuple[str, ...]:
    """ "F12-A3" → F12, A3; long numbers in pairs of digits."""
    found: list[str] = []
    for token in re.findall(r"[^\W\d_]*\d+|[^\W\d_]+", code):
        found += [token[k : k + 2] for k in range(0, len(token), 2)] if token.isdigit() and len(token) > 4 else [token]
    return tuple(found)


def calls_of(signals: Sequence[Heard]) -> Calls:
    """Calls as arrays, in the order given; a code far from its other callers (ten times their median distance) is unknown."""
    names = [one.area or one.meter or "" for one in signals]
    index = {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)))}
    code = np.array([index.get(name, -1) for name in names], np.int64)
    nan = float("nan")
    where = np.array([[nan, nan] if one.lat is None or one.lon is None else [one.lat, one.lon] for one in signals])
    middle = np.nanmean(where[:, 0]) if not np.isnan(where).all() else 0.0
    xy = where * np.array([METRES, METRES * np.cos(np.radians(middle))])
    code[_misplaced(xy, code, len(index))] = -1
    told = [name if number >= 0 else "" for name, number in zip(names, code, strict=True)]
    return Calls(np.array([one.at for one in signals], float), xy, code, *read(told))


def read(codes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Tokens of codes (n×4, each with those before it; -1 none) and their rank in the order a person would give them."""
    tokens = np.full((len(codes), TOKENS), -1, np.int64)
    words: dict[tuple[str, ...], int] = {}
    for row, code in enumerate(codes):
        parts = tokens_of(code)
        for depth in range(min(len(parts), TOKENS)):
            tokens[row, depth] = words.setdefault(parts[: depth + 1], len(words))
    ordered = sorted({code for code in codes if code}, key=natural)
    ranks = {code: number for number, code in enumerate(ordered)}
    return tokens, np.array([ranks.get(code, -1) for code in codes], np.int64)


def natural(code: str) -> tuple[tuple[int, str], ...]:
    """A key by which T2 comes before T10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", code))


def _misplaced(xy: np.ndarray, code: np.ndarray, count: int) -> np.ndarray:
    """Calls far from the median place of their code: the code on record is wrong."""
    away = np.full(len(code), np.nan)
    for number in range(count):
        mine = np.flatnonzero((code == number) & ~np.isnan(xy[:, 0]))
        if len(mine) > 2:
            away[mine] = np.hypot(*(xy[mine] - np.median(xy[mine], axis=0)).T)
    usual = np.nanmedian(away) if not np.isnan(away).all() else np.inf
    return np.flatnonzero(away > max(10 * usual, 500.0))


@compiled
def class_of(calls: Calls, i: int, j: int) -> tuple[int, int]:
    """(relation of the codes, distance) of a pair."""
    relation = UNKNOWN
    if calls.code[i] >= 0 and calls.code[j] >= 0:
        relation = SAME
        if calls.code[i] != calls.code[j]:
            relation = relation_of(calls.tokens[i], calls.tokens[j], abs(calls.rank[i] - calls.rank[j]))
    apart = np.hypot(calls.xy[i, 0] - calls.xy[j, 0], calls.xy[i, 1] - calls.xy[j, 1])
    return relation, (BINS - 1 if np.isnan(apart) else int(np.searchsorted(EDGES, apart)))


@compiled
def relation_of(one: np.ndarray, other: np.ndarray, apart: int) -> int:
    """How two different codes are related: tokens that they share at their head; where none, how close they are in order."""
    relation = 0
    while relation < TOKENS - 1 and one[relation] >= 0 and one[relation] == other[relation]:
        relation += 1
    if relation == 0:
        near = int(np.searchsorted(BESIDE, apart))
        relation = 0 if near == len(BESIDE) else UNKNOWN + 1 + near
    return relation


@compiled
def related(tokens: np.ndarray, rank: np.ndarray, xy: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(relations, distances) of pairs of places."""
    relation, apart = np.full(len(pairs), UNKNOWN), np.full(len(pairs), BINS - 1)
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        if rank[i] >= 0 and rank[j] >= 0:
            relation[k] = relation_of(tokens[i], tokens[j], abs(rank[i] - rank[j]))
        metres = np.hypot(xy[i, 0] - xy[j, 0], xy[i, 1] - xy[j, 1])
        if not np.isnan(metres):
            apart[k] = np.searchsorted(EDGES, metres)
    return relation, apart


@compiled
def counted(calls: Calls, anchors: np.ndarray) -> np.ndarray:
    """Pairs by class and lag: (relation, distance, lag)."""
    found = np.zeros((CLASSES, BINS, len(LAGS)))
    for i in anchors:
        for j in range(len(calls.t)):
            if i != j:
                relation, apart = class_of(calls, i, j)
                found[relation, apart, np.searchsorted(LAGS, abs(calls.t[i] - calls.t[j]))] += 1
    return found


def learn(calls: Calls) -> Learnt:
    """Shares by class and the delays of callers, from the lags of pairs."""
    count = len(calls.t)
    step = max(1, count // ANCHORS)
    pairs = counted(calls, np.arange(0, count, step))
    strangers = _strangers(pairs)
    near = pairs[SAME].sum(0)
    if near.sum() < 200:
        near = pairs[:, :3].sum((0, 1))
    usual = np.diff(1 - np.exp(-np.r_[0.0, LAGS] / USUAL_S))
    friends = (near.sum() * _excess(near, strangers) + THIN * usual) / (near.sum() + THIN)
    share = _shares(pairs.reshape(-1, len(LAGS)), friends, strangers).reshape(CLASSES, BINS)
    weight = pairs.sum(2)
    by_distance = _shares(pairs.sum(0), friends, strangers)
    smooth = (share * weight + KEEP * by_distance) / (weight + KEEP)
    smooth = np.clip(smooth, 1e-5, 0.98)
    width = np.diff(np.r_[0.0, LAGS[:-1]])
    lagged = (strangers[:-1] / width)[3:8]
    span = 1.0 / max(2 * 0.5 * lagged.mean(), 1e-9)
    half, late = _quantile(friends, 0.5), _quantile(friends, 0.93)
    quick = float(np.clip(half / np.log(2), *QUICK))
    return Learnt(np.log(smooth / (1 - smooth)), span, quick, max(late / 2.0, 2.5 * quick))


def _strangers(pairs: np.ndarray) -> np.ndarray:
    """Lags of pairs that have nothing to do with each other: different codes, the farther half (any, where places are unknown)."""
    different = pairs.sum(0) - pairs[SAME]
    total = different[:-1].sum(1)
    if total.sum() > 1000:
        far = np.cumsum(total[::-1])[::-1] <= max(0.5 * total.sum(), total[total > 0][-1])
        lags = different[:-1][far].sum(0)
    else:
        lags = different.sum(0)
    lags = lags + 1e-3
    return np.asarray(lags / lags.sum())


def _excess(lags: np.ndarray, strangers: np.ndarray) -> np.ndarray:
    """Lags of pairs of one outage: what close pairs have above strangers."""
    late = slice(LATE + 1, None)
    scale = lags[late].sum() / max(strangers[late].sum(), 1e-9)
    more = np.maximum(lags - scale * strangers, 0.0)
    more[LATE + 1 :] = 0.0
    more += 1e-4 * more.sum() + 1e-9
    return np.asarray(more / more.sum())


def _shares(lags: np.ndarray, friends: np.ndarray, strangers: np.ndarray) -> np.ndarray:
    """The share of friends in each row of lags, by EM."""
    weight = lags.sum(1) + 1e-9
    share = np.full(len(lags), 0.1)
    for _ in range(60):
        ours = share[:, None] * friends
        share = (lags * ours / (ours + (1 - share[:, None]) * strangers)).sum(1) / weight
    return share


def _quantile(lags: np.ndarray, level: float) -> float:
    """Seconds below which that share of lags lies, linear inside a bin."""
    below = np.cumsum(lags)
    k = int(np.searchsorted(below, level))
    low, high = (0.0 if k == 0 else LAGS[k - 1]), LAGS[min(k, len(LAGS) - 2)]
    before = 0.0 if k == 0 else below[k - 1]
    return float(low + (high - low) * (level - before) / max(lags[k], 1e-9))
