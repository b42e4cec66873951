"""Writes of filings, by verb group."""

from longzhong.cases.filings.services.drafting import attach, draft, edit, submit, tie, withdraw
from longzhong.cases.filings.services.judging import accept, confirm, end, expire_due, find_misused, give_back
from longzhong.cases.filings.services.stepping import draft_once, take_step
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "Upload",
    "accept",
    "attach",
    "confirm",
    "draft",
    "draft_once",
    "edit",
    "end",
    "expire_due",
    "find_misused",
    "give_back",
    "submit",
    "take_step",
    "tie",
    "withdraw",
]
