"""The rules of filings: their words, machine, time rule and scope."""

from longzhong.cases.filings.rules.machine import (
    COVERING,
    FILERS,
    JUDGES,
    LIVE,
    MACHINE,
    READERS,
    ROAD,
    STATE_LABELS,
    State,
)
from longzhong.cases.filings.rules.scopes import Scope, Spot, covers
from longzhong.cases.filings.rules.timing import (
    Limits,
    Timing,
    months_allowed,
    months_later,
    span_fits,
    timing,
)
from longzhong.cases.filings.rules.words import KIND_LABELS, Asked, Given, Kind

__all__ = [
    "COVERING",
    "FILERS",
    "JUDGES",
    "KIND_LABELS",
    "LIVE",
    "MACHINE",
    "READERS",
    "ROAD",
    "STATE_LABELS",
    "Asked",
    "Given",
    "Kind",
    "Limits",
    "Scope",
    "Spot",
    "State",
    "Timing",
    "covers",
    "months_allowed",
    "months_later",
    "span_fits",
    "timing",
]
