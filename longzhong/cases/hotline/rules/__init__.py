"""The rules of the hotline: its words and the machine of a case."""

from longzhong.cases.hotline.rules.machine import DONE, LIVE, MACHINE, STATE_LABELS, State
from longzhong.cases.hotline.rules.words import CaseType, Channel, Grade, Mood, Secrecy, Site, Urgency

__all__ = [
    "DONE",
    "LIVE",
    "MACHINE",
    "STATE_LABELS",
    "CaseType",
    "Channel",
    "Grade",
    "Mood",
    "Secrecy",
    "Site",
    "State",
    "Urgency",
]
