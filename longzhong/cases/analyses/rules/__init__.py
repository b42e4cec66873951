"""The rules of penetration analyses: the machine, the five parts, what is proposed first."""

from longzhong.cases.analyses.rules.advice import ADVICE, advice
from longzhong.cases.analyses.rules.machine import (
    APPROVERS,
    BARRING,
    JUDGES,
    LIVE,
    MACHINE,
    READERS,
    ROAD,
    STATE_LABELS,
    WRITERS,
    State,
)
from longzhong.cases.analyses.rules.words import (
    MOST,
    PART_LABELS,
    Given,
    Part,
    Parts,
    changed,
    is_asked,
    missing,
    whole,
)

__all__ = [
    "ADVICE",
    "APPROVERS",
    "BARRING",
    "JUDGES",
    "LIVE",
    "MACHINE",
    "MOST",
    "PART_LABELS",
    "READERS",
    "ROAD",
    "STATE_LABELS",
    "WRITERS",
    "Given",
    "Part",
    "Parts",
    "State",
    "advice",
    "changed",
    "is_asked",
    "missing",
    "whole",
]
