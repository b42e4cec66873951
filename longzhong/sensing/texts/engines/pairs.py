"""What two sentences share and don't, as figures: the features from which a bench learns likeness from labelled pairs.

Nothing in here knows the trade. Cosines and overlaps of words and n-grams, weighed by rarity; longest common subsequence and edit
distance (bit by bit, fast); how the unshared parts weigh; figures, Latin words, denials, kinds of question, sounds (pinyin).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD

from longzhong.sensing.texts.engines.grams import PLAIN, Shape
from longzhong.sensing.texts.engines.linear import Features, Plan, learn_features

Floats = NDArray[np.float64]
SHAPES = (
    Shape(chars=(1,), words=False),
    Shape(chars=(2,), words=False),
    Shape(chars=(3,), words=False),
    Shape(chars=(), words=True, pairs=False),
    Shape(chars=(), words=True, pairs=True),
)
NEGATIONS = re.compile(r"不|没|無|无|未|别|非|否|\bno\b|\bnot\b|n't|\bnever\b")
NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+(?=[个只人名位条张次年月日天元块])")
LATIN = re.compile(r"[a-z][a-z0-9'-]*")
QUESTIONS = tuple(
    re.compile(cue)
    for cue in (
        r"怎么|如何|怎样|咋|\bhow\b",
        r"为什么|为何|为啥|\bwhy\b",
        r"多少|几|\bhow (?:much|many)\b",
        r"哪里|哪儿|在哪|什么地方|\bwhere\b",
        r"什么时候|何时|多久|几点|\bwhen\b",
        r"谁|哪位|\bwho\b",
        r"吗|是否|是不是|能不能|可不可以|会不会|有没有",
        r"什么|啥|哪个|哪些|\bwhat\b|\bwhich\b",
        r"男|女|他|她|\bman\b|\bwoman\b",
    )
)
THEMES = 64


class Lexical:
    """Features of pairs, with weights of words and themes (LSA) learned from texts without labels."""

    def __init__(self, texts: Sequence[str], seed: int = 7) -> None:
        self.shapes: list[Features] = [learn_features(texts, Plan(shape, least=1)) for shape in SHAPES]
        both = Features(Shape(chars=(1, 2)), *self._both(texts))
        self.theme_features = both
        rows = both.of(texts)
        size = min(THEMES, rows.shape[1] - 1, rows.shape[0] - 1)
        self.themes = TruncatedSVD(size, random_state=seed, n_iter=4).fit(rows) if size >= 2 else None

    def _both(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        made = learn_features(texts, Plan(Shape(chars=(1, 2)), least=2, most=50_000))
        return made.buckets, made.idf

    def of(self, left: Sequence[str], right: Sequence[str]) -> Floats:
        """(pairs, features)."""
        columns: list[Floats] = []
        for features in self.shapes:
            columns += _overlaps(features.of(left), features.of(right), features)
        if self.themes is not None:
            one, two = (self.themes.transform(self.theme_features.of(side)) for side in (left, right))
            norms = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
            columns.append((one * two).sum(axis=1) / np.maximum(norms, 1e-9))
            columns.append(np.linalg.norm(one - two, axis=1))
        shaped = np.array([_shape(a, b) for a, b in zip(left, right, strict=True)])
        return np.column_stack([*columns, shaped])


def crossed(left: Sequence[str], right: Sequence[str], features: Features) -> csr_matrix:
    """Shared features beside unshared ones: (pairs, 2 · features); what a linear model learns word by word."""
    one, two = features.of(left), features.of(right)
    shared = one.minimum(two)
    apart = abs(one - two)
    return csr_matrix(_beside(shared, apart))


def _beside(one: csr_matrix, two: csr_matrix) -> csr_matrix:
    width = one.shape[1]
    a, b = one.tocoo(), two.tocoo()
    rows, columns = np.concatenate([a.row, b.row]), np.concatenate([a.col, b.col + width])
    return csr_matrix((np.concatenate([a.data, b.data]), (rows, columns)), shape=(one.shape[0], 2 * width))


def _overlaps(one: csr_matrix, two: csr_matrix, features: Features) -> list[Floats]:
    """Cosine, weighed overlap of each side, plain Jaccard, the weightiest unshared feature of each side."""
    cosine = _sums(one.multiply(two).tocsr())
    here, there = one.copy(), two.copy()
    here.data, there.data = (
        features.idf[here.indices].astype(np.float32),
        features.idf[there.indices].astype(np.float32),
    )
    both = here.minimum(there)
    shared, left, right = _sums(both), _sums(here), _sums(there)
    counts = np.diff(both.indptr), np.diff(here.indptr), np.diff(there.indptr)
    jaccard = counts[0] / np.maximum(1, counts[1] + counts[2] - counts[0])
    low, high = np.minimum(left, right), np.maximum(left, right)
    only, only_there = (here - both), (there - both)
    most, most_there = (np.asarray(side.max(axis=1).todense()).ravel() for side in (only, only_there))
    return [
        cosine, shared / np.maximum(low, 1e-9), shared / np.maximum(high, 1e-9), jaccard.astype(np.float64),
        (left - shared) + (right - shared), np.abs(left - right), np.maximum(most, most_there), np.minimum(most, most_there),
    ]  # fmt: skip


def _sums(rows: csr_matrix) -> Floats:
    return np.asarray(rows.sum(axis=1)).ravel().astype(np.float64)


def _shape(a: str, b: str) -> list[float]:
    """Figures of one pair that need its letters in order."""
    short, long = sorted((len(a), len(b)))
    common = _common(a, b)
    sounds = _sounds(a), _sounds(b)
    asks = [(bool(cue.search(a)), bool(cue.search(b))) for cue in QUESTIONS]
    denied = len(NEGATIONS.findall(a)), len(NEGATIONS.findall(b))
    words = set(PLAIN.cut(a)), set(PLAIN.cut(b))
    return [
        short, long, long - short, short / max(1, long),
        common / max(1, long), common / max(1, short), 1 - _edits(a, b) / max(1, long),
        _prefix(a, b) / max(1, short), _prefix(a[::-1], b[::-1]) / max(1, short),
        _common(*sounds) / max(1, *map(len, sounds)), _shared(set(sounds[0]), set(sounds[1])),
        abs(denied[0] - denied[1]), min(denied),
        *_sets(NUMBER.findall(a), NUMBER.findall(b)), *_sets(LATIN.findall(a), LATIN.findall(b)),
        sum(one != other for one, other in asks), sum(one and other for one, other in asks),
        *[float(one) - float(one and other) + float(other) - float(one and other) for one, other in asks],
        abs(len(words[0]) - len(words[1])), len(words[0] ^ words[1]), a == b,
    ]  # fmt: skip


def _sets(one: Sequence[str], other: Sequence[str]) -> tuple[float, float, float]:
    """Overlap, whether they differ, whether both have any."""
    a, b = set(one), set(other)
    return _shared(a, b), float(a != b), float(bool(a and b))


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence, one machine word of bits a step."""
    seen: dict[str, int] = {}
    for at, sign in enumerate(a):
        seen[sign] = seen.get(sign, 0) | (1 << at)
    full = (1 << len(a)) - 1
    row = full
    for sign in b:
        match = row & seen.get(sign, 0)
        row = ((row + match) | (row - match)) & full
    return len(a) - row.bit_count()


def _edits(a: str, b: str) -> int:
    """Insertions and deletions between two texts."""
    return (len(a) + len(b)) // 2 - _common(a, b) + (len(a) + len(b)) % 2


def _prefix(a: str, b: str) -> int:
    for at, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return at
    return min(len(a), len(b))


def _sounds(text: str) -> tuple[str, ...]:
    return tuple(_sound(sign) for sign in text)


@lru_cache(maxsize=30_000)
def _sound(sign: str) -> str:
    said = lazy_pinyin(sign, style=Style.NORMAL)
    return str(said[0]) if said else sign
