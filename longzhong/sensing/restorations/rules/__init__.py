"""The rules of expected restoration: stages, words of features and reasons, the table of policies, how sensitive an outage is."""

from longzhong.sensing.restorations.rules.sensitivity import Sensitive, sensitivity
from longzhong.sensing.restorations.rules.words import (
    ADOPTERS,
    FEATURES,
    MODEL_STATE_NAMES,
    READERS,
    STAGE_LABELS,
    STAGE_OF_VERB,
    TELLERS,
    TRAINERS,
    WEATHER_LABELS,
    Limits,
    ModelState,
    Stage,
    Weather,
    reason_words,
    value_words,
)

__all__ = [
    "ADOPTERS",
    "FEATURES",
    "MODEL_STATE_NAMES",
    "READERS",
    "STAGE_LABELS",
    "STAGE_OF_VERB",
    "TELLERS",
    "TRAINERS",
    "WEATHER_LABELS",
    "Limits",
    "ModelState",
    "Sensitive",
    "Stage",
    "Weather",
    "reason_words",
    "sensitivity",
    "value_words",
]
