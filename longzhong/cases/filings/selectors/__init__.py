"""Reads of filings; `visible_to` is the door, `covering` is what others ask."""

from longzhong.cases.filings.selectors.covering import Cover, covering, covers_of_case
from longzhong.cases.filings.selectors.door import (
    NOUN,
    TIES,
    VERB_WORDS,
    filing_of,
    is_visible,
    label,
    may,
    title,
    visible_to,
)
from longzhong.cases.filings.selectors.lists import (
    board,
    counts_by_state,
    ended,
    suspended_units,
    suspended_until,
)
from longzhong.cases.filings.selectors.panel import case_panel, panel
from longzhong.cases.filings.selectors.reading import (
    Card,
    ScopeWords,
    evidence_of,
    filing_card,
    late_roles,
    scope_words,
    told,
)
from longzhong.cases.filings.selectors.storms import Proposal, storm_proposals

__all__ = [
    "NOUN",
    "TIES",
    "VERB_WORDS",
    "Card",
    "Cover",
    "Proposal",
    "ScopeWords",
    "board",
    "case_panel",
    "counts_by_state",
    "covering",
    "covers_of_case",
    "ended",
    "evidence_of",
    "filing_card",
    "filing_of",
    "is_visible",
    "label",
    "late_roles",
    "may",
    "panel",
    "scope_words",
    "storm_proposals",
    "suspended_units",
    "suspended_until",
    "title",
    "told",
    "visible_to",
]
