"""The rules of matters: counting time, marks, verdicts, words, nouns, and the hash chain."""

from longzhong.dispatch.matters.rules.chain import Break
from longzhong.dispatch.matters.rules.counting import Limit, Measure
from longzhong.dispatch.matters.rules.ladder import MarkKind
from longzhong.dispatch.matters.rules.nouns import Noun, label_of, noun_of, register_noun
from longzhong.dispatch.matters.rules.outlooks import NewOutlook, between_words, clock_words, expected_words
from longzhong.dispatch.matters.rules.panels import Line, Link, Panel, panels_of, register_panel
from longzhong.dispatch.matters.rules.terms import NewClock, number
from longzhong.dispatch.matters.rules.verdicts import PAUSE_LABELS, ClockState, PauseReason, Verdict
from longzhong.dispatch.matters.rules.words import countdown, moment_words, span_words

__all__ = [
    "PAUSE_LABELS",
    "Break",
    "ClockState",
    "Limit",
    "Line",
    "Link",
    "MarkKind",
    "Measure",
    "NewClock",
    "NewOutlook",
    "Noun",
    "Panel",
    "PauseReason",
    "Verdict",
    "between_words",
    "clock_words",
    "countdown",
    "expected_words",
    "label_of",
    "moment_words",
    "noun_of",
    "number",
    "panels_of",
    "register_noun",
    "register_panel",
    "span_words",
]
