"""Writes of campaigns."""

from longzhong.cases.campaigns.services.measuring import add_measure, done_measure
from longzhong.cases.campaigns.services.running import cancel, draft, edit, end, end_due, extend, judge, start
from longzhong.cases.campaigns.services.stepping import draft_once, take_step

__all__ = [
    "add_measure",
    "cancel",
    "done_measure",
    "draft",
    "draft_once",
    "edit",
    "end",
    "end_due",
    "extend",
    "judge",
    "start",
    "take_step",
]
