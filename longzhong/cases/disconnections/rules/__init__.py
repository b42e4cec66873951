"""Arrears disconnection in plain Python: the machine, the guard, words, and what is given."""

from longzhong.cases.disconnections.rules.given import ArrearsRow, Given
from longzhong.cases.disconnections.rules.guard import (
    REFUSALS,
    Check,
    Facts,
    Limits,
    Stage,
    blocks,
    checks,
    earliest_on,
    prestop,
)
from longzhong.cases.disconnections.rules.machine import (
    AT_THE_DOOR,
    BEFORE,
    BEHIND,
    CASHIERS,
    DONE,
    GUARDED,
    IMPORTERS,
    LIVE,
    MACHINE,
    MONEY,
    OFF,
    READERS,
    ROAD,
    STATE_LABELS,
    SYSTEM,
    VERBS,
    State,
)
from longzhong.cases.disconnections.rules.words import (
    DISPUTED,
    RECEIPT_LABELS,
    RECONNECT,
    WAY_LABELS,
    Receipt,
    Way,
    yuan,
)

__all__ = [
    "AT_THE_DOOR", "BEFORE", "BEHIND", "CASHIERS", "DISPUTED", "DONE", "GUARDED", "IMPORTERS", "LIVE", "MACHINE", "MONEY", "OFF",
    "READERS", "RECEIPT_LABELS", "RECONNECT", "REFUSALS", "ROAD", "STATE_LABELS", "SYSTEM", "VERBS", "WAY_LABELS",
    "ArrearsRow", "Check", "Facts", "Given", "Limits", "Receipt", "Stage", "State", "Way",
    "blocks", "checks", "earliest_on", "prestop", "yuan",
]  # fmt: skip
