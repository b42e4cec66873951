"""The rules of matters: counting time, marks, verdicts, words, nouns, and the hash chain."""

from longzhong.dispatch.matters.rules.chain import Break
from longzhong.dispatch.matters.rules.counting import Limit, Measure
from longzhong.dispatch.matters.rules.ladder import MarkKind
from longzhong.dispatch.matters.rules.nouns import Noun, label_of, noun_of, register_noun
from longzhong.dispatch.matters.rules.terms import NewClock, number
from longzhong.dispatch.matters.rules.verdicts import PAUSE_LABELS, ClockState, PauseReason, Verdict
from longzhong.dispatch.matters.rules.words import countdown, moment_words, span_words

__all__ = [
    "PAUSE_LABELS",
    "Break",
    "ClockState",
    "Limit",
    "MarkKind",
    "Measure",
    "NewClock",
    "Noun",
    "PauseReason",
    "Verdict",
    "countdown",
    "label_of",
    "moment_words",
    "noun_of",
    "number",
    "register_noun",
    "span_words",
]
