"""Writes of estate transfers, by verb group."""

from longzhong.cases.transfers.services.defects import add_defect, fix, unfix, verify
from longzhong.cases.transfers.services.opening import attach, open_transfer, tie
from longzhong.cases.transfers.services.stages import (
    accept,
    dispute,
    end_survey,
    fail,
    hand_over,
    notify,
    restart,
    settle,
    stop,
    submit,
)
from longzhong.cases.transfers.services.stepping import open_once, take_step
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "Upload",
    "accept",
    "add_defect",
    "attach",
    "dispute",
    "end_survey",
    "fail",
    "fix",
    "hand_over",
    "notify",
    "open_once",
    "open_transfer",
    "restart",
    "settle",
    "stop",
    "submit",
    "take_step",
    "tie",
    "unfix",
    "verify",
]
