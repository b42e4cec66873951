"""Writes of work orders, by verb group."""

from longzhong.dispatch.matters.services import Upload
from longzhong.dispatch.workorders.rules import Diagnosis, Given, Outcome, Place, Position
from longzhong.dispatch.workorders.services.dispatching import (
    accept_offer,
    assign,
    decline,
    decline_offer,
    hand_over_leavers,
    offer,
    release,
    take,
)
from longzhong.dispatch.workorders.services.handling import accept, arrive, diagnose, finish
from longzhong.dispatch.workorders.services.hiding import forget_place
from longzhong.dispatch.workorders.services.limits import change_priority, note_alarm, pause, resume
from longzhong.dispatch.workorders.services.opening import open_order
from longzhong.dispatch.workorders.services.projects import make_project, move_milestone, reach_milestone
from longzhong.dispatch.workorders.services.proving import cancel, decide, hold_unproven, send_back, verify
from longzhong.dispatch.workorders.services.serving import answer_up, contact, report_up
from longzhong.dispatch.workorders.services.stepping import take_step

__all__ = [
    "Diagnosis",
    "Given",
    "Outcome",
    "Place",
    "Position",
    "Upload",
    "accept",
    "accept_offer",
    "answer_up",
    "arrive",
    "assign",
    "cancel",
    "change_priority",
    "contact",
    "decide",
    "decline",
    "decline_offer",
    "diagnose",
    "finish",
    "forget_place",
    "hand_over_leavers",
    "hold_unproven",
    "make_project",
    "move_milestone",
    "note_alarm",
    "offer",
    "open_order",
    "pause",
    "reach_milestone",
    "release",
    "report_up",
    "resume",
    "send_back",
    "take",
    "take_step",
    "verify",
]
