"""Rules of averted complaints and of the zero-complaint record."""

from longzhong.cases.nearmisses.rules.machine import DECIDERS, HANDS, MACHINE, READERS, STATE_LABELS, State
from longzhong.cases.nearmisses.rules.streak import Mark, Span, Streak, counts_against, streak
from longzhong.cases.nearmisses.rules.words import (
    KIND_LABELS,
    MEANS_LABELS,
    PLACE_LABELS,
    STANDING_LABELS,
    MarkKind,
    Means,
    Place,
    RecordLimits,
    Standing,
    kind_of_type,
    means_words,
)

__all__ = [
    "DECIDERS",
    "HANDS",
    "KIND_LABELS",
    "MACHINE",
    "MEANS_LABELS",
    "PLACE_LABELS",
    "READERS",
    "STANDING_LABELS",
    "STATE_LABELS",
    "Mark",
    "MarkKind",
    "Means",
    "Place",
    "RecordLimits",
    "Span",
    "Standing",
    "State",
    "Streak",
    "counts_against",
    "kind_of_type",
    "means_words",
    "streak",
]
