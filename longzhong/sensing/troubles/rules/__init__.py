"""Rules of trouble-call analysis (停电研判)."""

from longzhong.sensing.troubles.rules.given import Given, NewSignal, NoPower
from longzhong.sensing.troubles.rules.limits import Limits
from longzhong.sensing.troubles.rules.machine import (
    BEHIND,
    KNOWERS,
    LIVE,
    MACHINE,
    PERSONS,
    READERS,
    STATE_LABELS,
    VERBS,
    State,
)
from longzhong.sensing.troubles.rules.matching import same_troubles
from longzhong.sensing.troubles.rules.signals import Group, Heard, Level, Spot, Topology
from longzhong.sensing.troubles.rules.words import (
    KIND_LABELS,
    LEVEL_LABELS,
    NO_POWER,
    SignalKind,
    confidence_words,
    evidence_words,
    probable_answer,
    probable_words,
)

__all__ = [
    "BEHIND",
    "KIND_LABELS",
    "KNOWERS",
    "LEVEL_LABELS",
    "LIVE",
    "MACHINE",
    "NO_POWER",
    "PERSONS",
    "READERS",
    "STATE_LABELS",
    "VERBS",
    "Given",
    "Group",
    "Heard",
    "Level",
    "Limits",
    "NewSignal",
    "NoPower",
    "SignalKind",
    "Spot",
    "State",
    "Topology",
    "confidence_words",
    "evidence_words",
    "probable_answer",
    "probable_words",
    "same_troubles",
]
