"""Writes of rectification forms, by verb group."""

from longzhong.cases.rectifications.services.drafting import add_measure, drop_measure, edit, submit
from longzhong.cases.rectifications.services.keeping import erase_due
from longzhong.cases.rectifications.services.opening import follow
from longzhong.cases.rectifications.services.proving import prove, return_proof
from longzhong.cases.rectifications.services.reviewing import again, call_due, judge, plan_review, revisit
from longzhong.cases.rectifications.services.signing import delegate, refresh_signers, refuse, sign
from longzhong.cases.rectifications.services.stepping import take_step
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "Upload",
    "add_measure",
    "again",
    "call_due",
    "delegate",
    "drop_measure",
    "edit",
    "erase_due",
    "follow",
    "judge",
    "plan_review",
    "prove",
    "refresh_signers",
    "refuse",
    "return_proof",
    "revisit",
    "sign",
    "submit",
    "take_step",
]
