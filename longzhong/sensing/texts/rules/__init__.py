"""What words say: cleaning, words of the trade, hints, and how good a guess is. Pure Python."""

from longzhong.sensing.texts.rules.attributes import (
    CAUSE_LABELS,
    MOOD_LABELS,
    SECRECY_LABELS,
    URGENCY_LABELS,
    Mood,
    RootCause,
    Secrecy,
    Urgency,
)
from longzhong.sensing.texts.rules.cleaning import Clean, clean, figures_of, fold, model_text
from longzhong.sensing.texts.rules.cues import HAZARD_NAMES, Hazard
from longzhong.sensing.texts.rules.hints import (
    Hints,
    causes,
    hazards,
    hints,
    mood,
    over_heads,
    secrecy,
    urgency,
)
from longzhong.sensing.texts.rules.terms import TERMS
from longzhong.sensing.texts.rules.words import MODEL_STATE_NAMES, SOURCE_NAMES, Limits, ModelState, Source, TextKind

__all__ = [
    "CAUSE_LABELS",
    "HAZARD_NAMES",
    "MODEL_STATE_NAMES",
    "MOOD_LABELS",
    "SECRECY_LABELS",
    "SOURCE_NAMES",
    "TERMS",
    "URGENCY_LABELS",
    "Clean",
    "Hazard",
    "Hints",
    "Limits",
    "ModelState",
    "Mood",
    "RootCause",
    "Secrecy",
    "Source",
    "TextKind",
    "Urgency",
    "causes",
    "clean",
    "figures_of",
    "fold",
    "hazards",
    "hints",
    "model_text",
    "mood",
    "over_heads",
    "secrecy",
    "urgency",
]
