"""Whether two texts are about the same matter, without lessons: shared words and characters, weighed by how rare they are.

Cosines of words and of character n-grams, and three corrections that sparse vectors don't see: figures that differ
(3号楼 and 5号楼), one of them denied (有电 and 没电), and 【tags】 of different topics. 0 nothing in common, 1 the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.texts.engines.grams import PLAIN, Shape, Tokenizer
from longzhong.sensing.texts.engines.linear import Features, Plan, learn_features
from longzhong.sensing.texts.engines.maker import make_texts
from longzhong.sensing.texts.rules.cleaning import clean, fold, places_of
from longzhong.sensing.texts.rules.terms import TERMS

Floats = NDArray[np.float64]
WORDS, CHARS = Shape(chars=(), words=True, pairs=False), Shape(chars=(1, 2, 3), words=False)
NEGATIONS = ("不", "没", "无", "未", "别", "非", "否")
DENIED_BY, PLACES_BY, FIGURES_BY, TOPIC_BY = 0.12, 0.3, 0.05, 0.08


@dataclass(frozen=True)
class Scale:
    """How much each word and n-gram counts: features of words and of characters."""

    words: Features
    chars: Features
    tokenizer: Tokenizer = PLAIN


def learn_scale(texts: Sequence[str], tokenizer: Tokenizer = PLAIN, least: int = 1) -> Scale:
    """Weights from texts (no labels): rare ones count more."""
    made = [learn_features(texts, Plan(shape, least=least), tokenizer) for shape in (WORDS, CHARS)]
    return Scale(made[0], made[1], tokenizer)


@cache
def house_tokenizer() -> Tokenizer:
    """Cuts words as the trade means them."""
    return Tokenizer(TERMS)


@cache
def house_scale() -> Scale:
    """The built-in weights: a corpus of made texts of the trade."""
    return learn_scale([clean(text).text for text, _code in make_texts(207, 6000)], house_tokenizer())


def likeness(one: str, other: str, scale: Scale | None = None) -> float:
    """0..1."""
    return float(likenesses(one, [other], scale)[0])


def likenesses(one: str, others: Sequence[str], scale: Scale | None = None) -> Floats:
    """One text against many: (others,) in 0..1."""
    if not others:
        return np.zeros(0)
    scale = scale or house_scale()
    said = [clean(text) for text in (one, *others)]
    bodies, places = [each.text for each in said], [places_of(text) for text in (one, *others)]
    cosines = [_one_to_many(each, bodies, scale.tokenizer) for each in (scale.words, scale.chars)]
    found = _together(cosines[0], cosines[1])
    for at, other in enumerate(said[1:]):
        found[at] -= _apart(places[0], places[at + 1]) * PLACES_BY * found[at]
        found[at] -= _apart(said[0].figures, other.figures) * FIGURES_BY * found[at]
        found[at] -= (_denials(bodies[0]) != _denials(other.text)) * DENIED_BY * found[at]
        found[at] -= bool(said[0].tag and other.tag and said[0].tag != other.tag) * TOPIC_BY * found[at]
    return np.clip(found, 0.0, 1.0)


def pair_cosines(left: Sequence[str], right: Sequence[str], scale: Scale) -> tuple[Floats, Floats]:
    """Word and character cosines pair by pair (bench: folded texts of anything)."""
    made = []
    for features in (scale.words, scale.chars):
        one, two = features.of(left, scale.tokenizer), features.of(right, scale.tokenizer)
        made.append(np.asarray(one.multiply(two).sum(axis=1)).ravel().astype(np.float64))
    return made[0], made[1]


def plain_scores(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Pairs of any kind, weighed by their own texts: (pairs,) in 0..1."""
    one, two = [fold(text) for text in left], [fold(text) for text in right]
    words, chars = pair_cosines(one, two, learn_scale(one + two))
    found = _together(words, chars)
    denied = np.array([_denials(a) != _denials(b) for a, b in zip(one, two, strict=True)])
    found -= denied * DENIED_BY * found
    return np.clip(found, 0.0, 1.0)


def _together(words: Floats, chars: Floats) -> Floats:
    return np.asarray(np.sqrt(np.maximum(0.0, 0.4 * words + 0.6 * chars)), dtype=np.float64)


def _one_to_many(features: Features, texts: Sequence[str], tokenizer: Tokenizer) -> Floats:
    rows = features.of(texts, tokenizer)
    return np.asarray((rows[1:] @ rows[0].T).todense()).ravel().astype(np.float64)


def _denials(text: str) -> int:
    return min(2, sum(text.count(word) for word in NEGATIONS))


def _apart(one: Sequence[str], other: Sequence[str]) -> float:
    """How far the figures of two texts differ: 0 the same or none on a side, 1 none shared."""
    if not one or not other:
        return 0.0
    both = set(one) | set(other)
    return 1.0 - len(set(one) & set(other)) / len(both)
