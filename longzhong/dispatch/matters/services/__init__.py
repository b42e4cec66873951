"""Writes of matters: clocks, sweeps, steps, files, hand-overs, client keys, anchors."""

from longzhong.dispatch.matters.rules.outlooks import NewOutlook
from longzhong.dispatch.matters.rules.terms import NewClock
from longzhong.dispatch.matters.services.anchors import anchor_heads
from longzhong.dispatch.matters.services.attachments import Upload, attach, keep_file, rename_file
from longzhong.dispatch.matters.services.clocks import (
    give_clocks,
    hear_customer,
    pause_clocks,
    resume_clocks,
    settle_provisional,
    start_clocks,
    stop_clocks,
    supersede_clock,
    title_clocks,
)
from longzhong.dispatch.matters.services.handovers import (
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from longzhong.dispatch.matters.services.keys import once, once_int, step_once
from longzhong.dispatch.matters.services.outlooks import end_outlook, note_outlook
from longzhong.dispatch.matters.services.saying import Said, say
from longzhong.dispatch.matters.services.steps import NewStep, add_step, erase_all, erase_words, lock_matter
from longzhong.dispatch.matters.services.sweeping import BATCH, Swept, sweep

__all__ = [
    "BATCH",
    "NewClock",
    "NewOutlook",
    "NewStep",
    "Said",
    "Swept",
    "Upload",
    "accept_handover",
    "add_step",
    "anchor_heads",
    "attach",
    "decline_handover",
    "end_outlook",
    "erase_all",
    "erase_words",
    "give_clocks",
    "hear_customer",
    "keep_file",
    "lock_matter",
    "note_outlook",
    "offer_handover",
    "once",
    "once_int",
    "pause_clocks",
    "rename_file",
    "resume_clocks",
    "say",
    "settle_provisional",
    "start_clocks",
    "step_once",
    "stop_clocks",
    "supersede_clock",
    "sweep",
    "title_clocks",
    "withdraw_handover",
]
