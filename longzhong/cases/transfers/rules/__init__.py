"""The rules of estate transfers: words, machine, defects."""

from longzhong.cases.transfers.rules.defects import DEFECT_LABELS, FROM, TO, DefectState, all_verified, is_overdue
from longzhong.cases.transfers.rules.machine import (
    DECIDERS,
    DRIVERS,
    LIVE,
    MACHINE,
    READERS,
    ROAD,
    STATE_LABELS,
    SURVEYORS,
    State,
)
from longzhong.cases.transfers.rules.words import (
    PAPER_LABELS,
    PARTY_LABELS,
    Given,
    NewDefect,
    NewTransfer,
    Paper,
    Party,
)

__all__ = [
    "DECIDERS",
    "DEFECT_LABELS",
    "DRIVERS",
    "FROM",
    "LIVE",
    "MACHINE",
    "PAPER_LABELS",
    "PARTY_LABELS",
    "READERS",
    "ROAD",
    "STATE_LABELS",
    "SURVEYORS",
    "TO",
    "DefectState",
    "Given",
    "NewDefect",
    "NewTransfer",
    "Paper",
    "Party",
    "State",
    "all_verified",
    "is_overdue",
]
