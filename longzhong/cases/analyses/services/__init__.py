"""Writes of penetration analyses."""

from longzhong.cases.analyses.services.opening import erase_due, follow, open_once, open_report
from longzhong.cases.analyses.services.stepping import take_step
from longzhong.cases.analyses.services.writing import approve, edit, resume, revise, send_back, submit, take_back

__all__ = [
    "approve",
    "edit",
    "erase_due",
    "follow",
    "open_once",
    "open_report",
    "resume",
    "revise",
    "send_back",
    "submit",
    "take_back",
    "take_step",
]
