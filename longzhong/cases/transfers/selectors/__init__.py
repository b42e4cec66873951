"""Reads of estate transfers; `visible_to` is the door."""

from longzhong.cases.transfers.selectors.door import (
    NOUN,
    TIES,
    VERB_WORDS,
    is_visible,
    label,
    may,
    title,
    transfer_of,
    visible_to,
)
from longzhong.cases.transfers.selectors.lists import board, counts_by_state, late, late_count, tied_to
from longzhong.cases.transfers.selectors.reading import Card, DefectLine, told, transfer_card

__all__ = [
    "NOUN",
    "TIES",
    "VERB_WORDS",
    "Card",
    "DefectLine",
    "board",
    "counts_by_state",
    "is_visible",
    "label",
    "late",
    "late_count",
    "may",
    "tied_to",
    "title",
    "told",
    "transfer_card",
    "transfer_of",
    "visible_to",
]
