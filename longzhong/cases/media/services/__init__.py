"""Writes of public opinion, by verb group."""

from longzhong.cases.media.services.answering import answer, approve, close, draft, flare, give_back
from longzhong.cases.media.services.finding import Pasted, find, find_pasted
from longzhong.cases.media.services.handling import assign, dismiss, grade, measure, reassign, regrade, report, tie
from longzhong.cases.media.services.stepping import find_once, paste_once, take_step

__all__ = [
    "Pasted",
    "answer",
    "approve",
    "assign",
    "close",
    "dismiss",
    "draft",
    "find",
    "find_once",
    "find_pasted",
    "flare",
    "give_back",
    "grade",
    "measure",
    "paste_once",
    "reassign",
    "regrade",
    "report",
    "take_step",
    "tie",
]
