"""The rules of campaigns: the machine, what a plan says, what an effect is."""

from longzhong.cases.campaigns.rules.effect import (
    DOUBT_LABELS,
    EFFECT_LABELS,
    REACHED_LABELS,
    Doubt,
    Effect,
    Grounds,
    Reached,
    doubts,
    effect_of,
    reached,
)
from longzhong.cases.campaigns.rules.machine import HANDS, LIVE, MACHINE, OFFICE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.campaigns.rules.words import BASIS_LABELS, Basis, Given, Plan, baseline, length

__all__ = [
    "BASIS_LABELS",
    "DOUBT_LABELS",
    "EFFECT_LABELS",
    "HANDS",
    "LIVE",
    "MACHINE",
    "OFFICE",
    "REACHED_LABELS",
    "READERS",
    "ROAD",
    "STATE_LABELS",
    "Basis",
    "Doubt",
    "Effect",
    "Given",
    "Grounds",
    "Plan",
    "Reached",
    "State",
    "baseline",
    "doubts",
    "effect_of",
    "length",
    "reached",
]
