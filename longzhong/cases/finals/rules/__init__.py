"""The rules of final answers: their words, and who approves what in which order."""

from longzhong.cases.finals.rules.machine import (
    APPROVERS,
    DRAFTERS,
    FILERS,
    LIVE,
    MACHINE,
    READERS,
    ROAD,
    STATE_LABELS,
    State,
)
from longzhong.cases.finals.rules.words import GROUND_LABELS, HOW_LABELS, Given, Ground, How

__all__ = [
    "APPROVERS",
    "DRAFTERS",
    "FILERS",
    "GROUND_LABELS",
    "HOW_LABELS",
    "LIVE",
    "MACHINE",
    "READERS",
    "ROAD",
    "STATE_LABELS",
    "Given",
    "Ground",
    "How",
    "State",
]
