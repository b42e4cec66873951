"""Writes of complaint governance, by verb group."""

from longzhong.cases.complaints.rules.given import Given
from longzhong.cases.complaints.services.accepting import accept
from longzhong.cases.complaints.services.deciding import answer, correct, decide, pass_reply, return_reply, send_back
from longzhong.cases.complaints.services.dispatching import dispatch, redispatch, refuse, regrade
from longzhong.cases.complaints.services.ending import follow_case, note_alarm, void, withdraw
from longzhong.cases.complaints.services.hiding import hide
from longzhong.cases.complaints.services.investigating import contact, find, reply
from longzhong.cases.complaints.services.keeping import erase_due
from longzhong.cases.complaints.services.naming import name
from longzhong.cases.complaints.services.stepping import take_step
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "Given",
    "Upload",
    "accept",
    "answer",
    "contact",
    "correct",
    "decide",
    "dispatch",
    "erase_due",
    "find",
    "follow_case",
    "hide",
    "name",
    "note_alarm",
    "pass_reply",
    "redispatch",
    "refuse",
    "regrade",
    "reply",
    "return_reply",
    "send_back",
    "take_step",
    "void",
    "withdraw",
]
