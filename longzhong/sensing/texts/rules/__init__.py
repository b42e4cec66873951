"""What words say: cleaning, words of the trade, hints, and how good a guess is. Pure Python."""

from longzhong.sensing.texts.rules.cleaning import Clean, clean, figures_of, fold, model_text
from longzhong.sensing.texts.rules.cues import CAUSE_NAMES, HAZARD_NAMES, Cause, Hazard, Mood, Secrecy, Urgency
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
    "CAUSE_NAMES",
    "HAZARD_NAMES",
    "MODEL_STATE_NAMES",
    "SOURCE_NAMES",
    "TERMS",
    "Cause",
    "Clean",
    "Hazard",
    "Hints",
    "Limits",
    "ModelState",
    "Mood",
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
