"""Reads of campaigns; `visible_to` is the door."""

from longzhong.cases.campaigns.selectors.door import NOUN, is_visible, label, may, title, visible_to
from longzhong.cases.campaigns.selectors.reading import (
    VERB_WORDS,
    Card,
    Counted,
    behind,
    board,
    campaign_card,
    count,
    counting_for,
    covered,
    panel,
)

__all__ = [
    "NOUN",
    "VERB_WORDS",
    "Card",
    "Counted",
    "behind",
    "board",
    "campaign_card",
    "count",
    "counting_for",
    "covered",
    "is_visible",
    "label",
    "may",
    "panel",
    "title",
    "visible_to",
]
