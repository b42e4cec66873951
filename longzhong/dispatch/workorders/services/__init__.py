"""Writes of work orders, by verb group."""

from longzhong.dispatch.matters.services import Upload
from longzhong.dispatch.workorders.rules import Given, Outcome, Place, Position
from longzhong.dispatch.workorders.services.dispatching import (
    accept_offer,
    assign,
    decline_offer,
    hand_over_leavers,
    offer,
    reassign_open_orders,
    release,
    take,
)
from longzhong.dispatch.workorders.services.handling import accept, arrive, finish
from longzhong.dispatch.workorders.services.limits import change_priority, note_alarm, pause, resume
from longzhong.dispatch.workorders.services.opening import open_order
from longzhong.dispatch.workorders.services.projects import make_project, move_milestone, reach_milestone
from longzhong.dispatch.workorders.services.proving import cancel, decide, hold_unproven, send_back, verify
from longzhong.dispatch.workorders.services.stepping import take_step

__all__ = [
    "Given",
    "Outcome",
    "Place",
    "Position",
    "Upload",
    "accept",
    "accept_offer",
    "arrive",
    "assign",
    "cancel",
    "change_priority",
    "decide",
    "decline_offer",
    "finish",
    "hand_over_leavers",
    "hold_unproven",
    "make_project",
    "move_milestone",
    "note_alarm",
    "offer",
    "open_order",
    "pause",
    "reach_milestone",
    "reassign_open_orders",
    "release",
    "resume",
    "send_back",
    "take",
    "take_step",
    "verify",
]
