"""Reliability in plain Python: indices, frequent outage, guarantee plans, seasons."""

from longzhong.assessment.reliability.rules.frequent import (
    KIND,
    LIVE,
    MACHINE,
    PERSONS,
    READERS,
    STATE_LABELS,
    VERBS,
    Level,
    State,
    WatchLimits,
    level_of,
)
from longzhong.assessment.reliability.rules.metrics import (
    Indices,
    Interruption,
    Limits,
    Piece,
    Sums,
    asai_pct,
    indices,
    joined,
    sums,
    sustained,
    t_med,
)

__all__ = [
    "KIND", "LIVE", "MACHINE", "PERSONS", "READERS", "STATE_LABELS", "VERBS", "Indices", "Interruption", "Level", "Limits",
    "Piece", "State", "Sums", "WatchLimits", "asai_pct", "indices", "joined", "level_of", "sums", "sustained", "t_med",
]  # fmt: skip
