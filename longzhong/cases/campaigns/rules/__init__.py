"""The rules of campaigns: the machine, what a plan says, what an effect is."""

from longzhong.cases.campaigns.rules.effect import EFFECT_LABELS, Effect, effect_of, reached
from longzhong.cases.campaigns.rules.machine import HANDS, LIVE, MACHINE, OFFICE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.campaigns.rules.words import BASIS_LABELS, Basis, Given, Plan, baseline, length

__all__ = [
    "BASIS_LABELS",
    "EFFECT_LABELS",
    "HANDS",
    "LIVE",
    "MACHINE",
    "OFFICE",
    "READERS",
    "ROAD",
    "STATE_LABELS",
    "Basis",
    "Effect",
    "Given",
    "Plan",
    "State",
    "baseline",
    "effect_of",
    "length",
    "reached",
]
