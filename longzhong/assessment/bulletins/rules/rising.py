"""Words that rise (热词上升, S2-27, S3-07): in how many cases a word is told now and in the period before.

A ratio of small numbers says little: fewer than `least_n` cases now are marked 样本少, and each ratio has a 95 % interval (normal
approximation of the log ratio of two Poisson counts with one half added to each). Only a ratio whose interval lies above 1 rises.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

Z = 1.96


@dataclass(frozen=True)
class RisingLimits:
    least_n: int = 10
    most: int = 12


@dataclass(frozen=True)
class Rising:
    """A word: cases that tell it now and before, the ratio of their shares with its 95 % interval."""

    word: str
    now: int
    before: int
    ratio: float
    low: float
    high: float
    few: bool

    @property
    def is_rising(self) -> bool:
        return self.low > 1


def rising(now: Collection[Iterable[str]], before: Collection[Iterable[str]], limits: RisingLimits) -> list[Rising]:
    """Words told at least twice, by the lower end of their interval, the surest first. Each text is its words."""
    texts, earlier = max(1, len(now)), max(1, len(before))
    counts, past = _cases(now), _cases(before)
    found = [_word(word, n, past[word], texts / earlier, limits) for word, n in counts.items() if n > 1]
    return sorted(found, key=lambda one: (-one.low, -one.now, one.word))[: limits.most]


def _cases(texts: Collection[Iterable[str]]) -> Counter[str]:
    return Counter(word for text in texts for word in set(text))


def _word(word: str, now: int, before: int, scale: float, limits: RisingLimits) -> Rising:
    ratio = (now + 0.5) / (before + 0.5) / scale
    reach = Z * sqrt(1 / (now + 0.5) + 1 / (before + 0.5))
    low, high = exp(log(ratio) - reach), exp(log(ratio) + reach)
    return Rising(word, now, before, ratio, low, high, now < limits.least_n)
