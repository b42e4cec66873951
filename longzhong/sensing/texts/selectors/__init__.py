"""What a text suggests, what it is like, and the cards of the models."""

from longzhong.sensing.texts.engines.maker import make_pairs, make_texts
from longzhong.sensing.texts.selectors.asking import (
    Guess,
    Suggestion,
    likeness,
    likest,
    same_at,
    suggest,
    suggest_many,
)
from longzhong.sensing.texts.selectors.models import (
    card,
    cards,
    folder,
    installed_row,
    lesson_counts,
    limits,
    visible_to,
)

__all__ = [
    "Guess",
    "Suggestion",
    "card",
    "cards",
    "folder",
    "installed_row",
    "lesson_counts",
    "likeness",
    "likest",
    "limits",
    "make_pairs",
    "make_texts",
    "same_at",
    "suggest",
    "suggest_many",
    "visible_to",
]
