"""Reads of appeals; `visible_to` is the door."""

from longzhong.cases.appeals.selectors.door import (
    NOUN,
    VERB_WORDS,
    appeal_of,
    is_visible,
    label,
    may,
    title,
    visible_to,
    visible_windows,
)
from longzhong.cases.appeals.selectors.lists import (
    STANDING,
    board,
    counts_by_state,
    is_judged,
    last_of,
    live_of,
    to_appeal,
    waiting,
    window_of,
)
from longzhong.cases.appeals.selectors.panel import panel
from longzhong.cases.appeals.selectors.papers import paper
from longzhong.cases.appeals.selectors.people import candidates, eligible, seal_unit, seal_units, sealers, tie_of
from longzhong.cases.appeals.selectors.reading import (
    AppealCard,
    MemberLine,
    SealLine,
    appeal_card,
    asked_words,
    evidence_of,
    grounds_words,
    outcome_of,
    seals_of,
)
from longzhong.cases.appeals.selectors.telling import told

__all__ = [
    "NOUN",
    "STANDING",
    "VERB_WORDS",
    "AppealCard",
    "MemberLine",
    "SealLine",
    "appeal_card",
    "appeal_of",
    "asked_words",
    "board",
    "candidates",
    "counts_by_state",
    "eligible",
    "evidence_of",
    "grounds_words",
    "is_judged",
    "is_visible",
    "label",
    "last_of",
    "live_of",
    "may",
    "outcome_of",
    "panel",
    "paper",
    "seal_unit",
    "seal_units",
    "sealers",
    "seals_of",
    "tie_of",
    "title",
    "to_appeal",
    "told",
    "visible_to",
    "visible_windows",
    "waiting",
    "window_of",
]
