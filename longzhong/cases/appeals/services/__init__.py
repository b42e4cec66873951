"""Writes of appeals, by verb group."""

from longzhong.cases.appeals.services.drafting import attach, draft, edit, seal
from longzhong.cases.appeals.services.judging import conclude, replace, seat, vote
from longzhong.cases.appeals.services.keeping import erase_due
from longzhong.cases.appeals.services.opening import open_window
from longzhong.cases.appeals.services.stepping import draft_once, take_step
from longzhong.cases.appeals.services.submitting import lapse, lapse_late, state, submit, withdraw
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "Upload",
    "attach",
    "conclude",
    "draft",
    "draft_once",
    "edit",
    "erase_due",
    "lapse",
    "lapse_late",
    "open_window",
    "replace",
    "seal",
    "seat",
    "state",
    "submit",
    "take_step",
    "vote",
    "withdraw",
]
