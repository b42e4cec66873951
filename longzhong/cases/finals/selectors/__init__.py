"""Reads of final answers; `visible_to` is the door."""

from longzhong.cases.finals.selectors.door import (
    NOUN,
    VERB_WORDS,
    final_by_id,
    is_visible,
    label,
    may,
    title,
    visible_to,
)
from longzhong.cases.finals.selectors.lists import board, counts_by_state, final_of
from longzhong.cases.finals.selectors.reading import Card, Level, evidence_of, final_card, told

__all__ = [
    "NOUN",
    "VERB_WORDS",
    "Card",
    "Level",
    "board",
    "counts_by_state",
    "evidence_of",
    "final_by_id",
    "final_card",
    "final_of",
    "is_visible",
    "label",
    "may",
    "title",
    "told",
    "visible_to",
]
