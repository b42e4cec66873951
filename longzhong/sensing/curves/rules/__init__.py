"""Rules of curves: pure Python and NumPy. The names that other apps need."""

from longzhong.sensing.curves.rules.history import LASTING_NAMES, Lasting
from longzhong.sensing.curves.rules.limits import Limits
from longzhong.sensing.curves.rules.seasons import MEASURES, Span, latest_span, latest_spans
from longzhong.sensing.curves.rules.words import (
    ELECTRIC,
    KIND_NAMES,
    KINDS,
    PHASES,
    QUALITY,
    RULE_VERSION,
    SLOTS,
    VERDICT_NAMES,
    Kind,
    Verdict,
    slot_clock,
    worst_words,
)

__all__ = [
    "ELECTRIC",
    "KINDS",
    "KIND_NAMES",
    "LASTING_NAMES",
    "MEASURES",
    "PHASES",
    "QUALITY",
    "RULE_VERSION",
    "SLOTS",
    "VERDICT_NAMES",
    "Kind",
    "Lasting",
    "Limits",
    "Span",
    "Verdict",
    "latest_span",
    "latest_spans",
    "slot_clock",
    "worst_words",
]
