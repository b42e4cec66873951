"""Reads of campaigns; `visible_to` is the door."""

from longzhong.cases.campaigns.selectors.counting import (
    Compared,
    Counted,
    behind,
    comparison,
    count,
    counting_for,
    covered,
    started_at,
)
from longzhong.cases.campaigns.selectors.door import NOUN, is_visible, label, may, title, visible_to
from longzhong.cases.campaigns.selectors.reading import VERB_WORDS, Card, board, campaign_card, panel
from longzhong.cases.campaigns.selectors.telling import told

__all__ = [
    "NOUN",
    "VERB_WORDS",
    "Card",
    "Compared",
    "Counted",
    "behind",
    "board",
    "campaign_card",
    "comparison",
    "count",
    "counting_for",
    "covered",
    "is_visible",
    "label",
    "may",
    "panel",
    "started_at",
    "title",
    "told",
    "visible_to",
]
