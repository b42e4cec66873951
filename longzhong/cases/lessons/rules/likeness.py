"""How alike a case is to a matter: its category, its cause, and the words that both use. Pure.

Weights are ours (U): the same category counts as much as half of the words, the cause a quarter; below `LEAST` nothing is offered.
"""

from collections.abc import Collection
from dataclasses import dataclass

CATEGORY, CAUSE, WORDS = 0.5, 0.25, 1.0
LEAST = 0.3


@dataclass(frozen=True)
class Alike:
    """`score` 0..1.75, and what it rests on."""

    score: float
    category: bool
    cause: bool
    words: float

    @property
    def counts(self) -> bool:
        return self.score >= LEAST


def alike(asked: Collection[str], held: Collection[str], *, category: bool, cause: bool) -> Alike:
    """`asked` and `held` are the bigrams of the matter and of the case; words: the share of the shorter that both have."""
    mine, its = set(asked), set(held)
    words = len(mine & its) / min(len(mine), len(its)) if mine and its else 0.0
    return Alike(round(category * CATEGORY + cause * CAUSE + words * WORDS, 4), category, cause, round(words, 4))
