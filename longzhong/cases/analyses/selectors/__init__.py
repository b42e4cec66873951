"""Reads of penetration analyses; `visible_to` is the door."""

from longzhong.cases.analyses.selectors.door import NOUN, barred, is_visible, label, may, report_of, title, visible_to
from longzhong.cases.analyses.selectors.printing import paper
from longzhong.cases.analyses.selectors.reading import (
    VERB_WORDS,
    Card,
    VersionLine,
    board,
    body,
    late,
    panel,
    report_card,
    version_of,
    versions,
)

__all__ = [
    "NOUN",
    "VERB_WORDS",
    "Card",
    "VersionLine",
    "barred",
    "board",
    "body",
    "is_visible",
    "label",
    "late",
    "may",
    "panel",
    "paper",
    "report_card",
    "report_of",
    "title",
    "version_of",
    "versions",
    "visible_to",
]
