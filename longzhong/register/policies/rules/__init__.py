"""Which value holds for this unit on this day, and why (制度参数, REFERENCE head and appendix B).

`measures` says what a value may look like, `book` finds the one that holds, `series` lets a change follow without
rewriting what was, `packs` reads the reviewed files.
"""

from longzhong.register.policies.rules.book import Book, Candidate, Explanation, PolicyMissing, Row, Standing
from longzhong.register.policies.rules.measures import MEASURES, Measure, Wrong, read_value, shown, typed, why_wrong
from longzhong.register.policies.rules.packs import Entry, Pack, PackError, parse_pack
from longzhong.register.policies.rules.series import Cut, Held, Plan, cut_at, plan_series
from longzhong.register.policies.rules.words import (
    COMPANY_ONLY,
    CONFIDENCE_LABELS,
    EDITION_KEY,
    EDITION_LABELS,
    EVER,
    SECURITY_GROUPS,
    Confidence,
    Edition,
    Value,
    confirmed,
)

__all__ = [
    "COMPANY_ONLY",
    "CONFIDENCE_LABELS",
    "EDITION_KEY",
    "EDITION_LABELS",
    "EVER",
    "MEASURES",
    "SECURITY_GROUPS",
    "Book",
    "Candidate",
    "Confidence",
    "Cut",
    "Edition",
    "Entry",
    "Explanation",
    "Held",
    "Measure",
    "Pack",
    "PackError",
    "Plan",
    "PolicyMissing",
    "Row",
    "Standing",
    "Value",
    "Wrong",
    "confirmed",
    "cut_at",
    "parse_pack",
    "plan_series",
    "read_value",
    "shown",
    "typed",
    "why_wrong",
]
