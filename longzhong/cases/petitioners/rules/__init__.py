"""Rules of petitioners: words, machines, the three-step script, matching, coaching."""

from longzhong.cases.hotline.rules.coaching import COACHING, Coaching, coaching
from longzhong.cases.hotline.rules.words import MOOD_LABELS, Mood
from longzhong.cases.petitioners.rules.limits import Limits
from longzhong.cases.petitioners.rules.machine import (
    FILE,
    HEADS,
    INCIDENT,
    LIVE,
    READERS,
    WRITERS,
    FileState,
    IncidentState,
)
from longzhong.cases.petitioners.rules.matching import BY_WORDS, MATCH_POINTS, MatchBy
from longzhong.cases.petitioners.rules.script import OUTCOME_LABELS, SCRIPT, Outcome, Stage, next_stage
from longzhong.cases.petitioners.rules.words import (
    CHANNEL_LABELS,
    FILE_LABELS,
    INCIDENT_LABELS,
    LEVEL_LABELS,
    SETTLED_LABELS,
    TAG,
    WHERE_OF,
    Channel,
    Level,
    Settled,
    advice_of,
)

__all__ = [
    "BY_WORDS",
    "CHANNEL_LABELS",
    "COACHING",
    "FILE",
    "FILE_LABELS",
    "HEADS",
    "INCIDENT",
    "INCIDENT_LABELS",
    "LEVEL_LABELS",
    "LIVE",
    "MATCH_POINTS",
    "MOOD_LABELS",
    "OUTCOME_LABELS",
    "READERS",
    "SCRIPT",
    "SETTLED_LABELS",
    "TAG",
    "WHERE_OF",
    "WRITERS",
    "Channel",
    "Coaching",
    "FileState",
    "IncidentState",
    "Level",
    "Limits",
    "MatchBy",
    "Mood",
    "Outcome",
    "Settled",
    "Stage",
    "advice_of",
    "coaching",
    "next_stage",
]
