"""Reads of typical cases; `visible_to` is the door."""

from longzhong.cases.lessons.selectors.door import (
    NOUN,
    home_of,
    is_office,
    is_own,
    is_visible,
    label,
    lesson_of,
    may,
    title,
    visible_to,
)
from longzhong.cases.lessons.selectors.finding import Likeness, below, board, case_panel, panel, similar, worded
from longzhong.cases.lessons.selectors.printing import paper
from longzhong.cases.lessons.selectors.reading import VERB_WORDS, Card, lesson_card

__all__ = [
    "NOUN",
    "VERB_WORDS",
    "Card",
    "Likeness",
    "below",
    "board",
    "case_panel",
    "home_of",
    "is_office",
    "is_own",
    "is_visible",
    "label",
    "lesson_card",
    "lesson_of",
    "may",
    "panel",
    "paper",
    "similar",
    "title",
    "visible_to",
    "worded",
]
