"""Writes of final answers, by verb group."""

from longzhong.cases.finals.services.approving import approve, refuse
from longzhong.cases.finals.services.drafting import attach, draft, edit, submit
from longzhong.cases.finals.services.ending import file, tell_customer, withdraw, withdraw_if_ended
from longzhong.cases.finals.services.stepping import draft_once, take_step
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "Upload",
    "approve",
    "attach",
    "draft",
    "draft_once",
    "edit",
    "file",
    "refuse",
    "submit",
    "take_step",
    "tell_customer",
    "withdraw",
    "withdraw_if_ended",
]
