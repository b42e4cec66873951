"""Telling people about an outage in plain Python: words, the machine of errands, what follows from a step, deadlines, texts."""

from longzhong.sensing.announcements.rules.due import Limits, due_of
from longzhong.sensing.announcements.rules.given import (
    Facts,
    Given,
    NewGroup,
    NewTelling,
    cut,
    known,
    moment,
    template_code,
    values,
)
from longzhong.sensing.announcements.rules.machine import (
    DONE,
    MACHINE,
    ONLY,
    STANDING,
    STATE_LABELS,
    VERBS,
    State,
)
from longzhong.sensing.announcements.rules.turns import FITS, TURNS, Now, Turn, fits, suggestion, turn_of
from longzhong.sensing.announcements.rules.words import (
    AUDIENCE_LABELS,
    BY_HAND,
    BY_MESSAGE,
    ERRAND_LABELS,
    KEEPERS,
    ON_PAPER,
    READERS,
    RECEIPT_LABELS,
    SERVERS,
    TALE_LABELS,
    TELLERS,
    Audience,
    Errand,
    Outcome,
    Receipt,
    Tale,
)

__all__ = [
    "AUDIENCE_LABELS", "BY_HAND", "BY_MESSAGE", "DONE", "ERRAND_LABELS", "FITS", "KEEPERS", "MACHINE", "ONLY", "ON_PAPER",
    "READERS", "RECEIPT_LABELS", "SERVERS", "STANDING", "STATE_LABELS", "TALE_LABELS", "TELLERS", "TURNS", "VERBS",
    "Audience", "Errand", "Facts", "Given", "Limits", "NewGroup", "NewTelling", "Now", "Outcome", "Receipt", "State", "Tale",
    "Turn", "cut", "due_of", "fits", "known", "moment", "suggestion", "template_code", "turn_of", "values",
]  # fmt: skip
