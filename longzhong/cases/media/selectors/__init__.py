"""Reads of public opinion; `visible_to` is the door."""

from longzhong.cases.media.selectors.door import (
    NOUN,
    TIES,
    VERB_WORDS,
    is_visible,
    item_of,
    label,
    may,
    title,
    visible_to,
)
from longzhong.cases.media.selectors.lists import board, counts_by_state, handlers, outages_of, tied_to
from longzhong.cases.media.selectors.reading import Card, item_card, told

__all__ = [
    "NOUN",
    "TIES",
    "VERB_WORDS",
    "Card",
    "board",
    "counts_by_state",
    "handlers",
    "is_visible",
    "item_card",
    "item_of",
    "label",
    "may",
    "outages_of",
    "tied_to",
    "title",
    "told",
    "visible_to",
]
