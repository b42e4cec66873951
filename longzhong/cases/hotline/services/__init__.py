"""Writes of the hotline, by verb group."""

from longzhong.cases.hotline.rules.given import Caller, NewCall, NewCase
from longzhong.cases.hotline.rules.stepping import StepGiven
from longzhong.cases.hotline.services.answering import answer_call
from longzhong.cases.hotline.services.bringing import Brought, Wish, bring_in, bring_one, take_push
from longzhong.cases.hotline.services.calling import give_up, record_call
from longzhong.cases.hotline.services.chaining import answer_try, ask_next, time_out_tries
from longzhong.cases.hotline.services.counting import count_repeat
from longzhong.cases.hotline.services.desking import DeskCall, Promised, finish_call
from longzhong.cases.hotline.services.dispatching import dispatch
from longzhong.cases.hotline.services.ending import answer_case, audit, govern, point_at, void_case
from longzhong.cases.hotline.services.explaining import explain_cases, note_outage, push_no_power, push_told_call
from longzhong.cases.hotline.services.finalizing import finalize, listen
from longzhong.cases.hotline.services.firstfix import note_return, reopen
from longzhong.cases.hotline.services.following import follow_order
from longzhong.cases.hotline.services.handing import accept_offer, claim, decline_offer, hand_over_leavers, offer
from longzhong.cases.hotline.services.hiding import keep_secret, untell
from longzhong.cases.hotline.services.identity import HANDLING_REASON, erase_caller, reveal_call, reveal_caller, unnamed
from longzhong.cases.hotline.services.joining import join, leave
from longzhong.cases.hotline.services.linking import link, override
from longzhong.cases.hotline.services.opening import open_case
from longzhong.cases.hotline.services.papers import Form, accept_one, bring_paper, fill_form
from longzhong.cases.hotline.services.passing import lead_family
from longzhong.cases.hotline.services.promising import (
    keep_promise,
    move_promise,
    promise,
    settle_promises,
    watch_promises,
)
from longzhong.cases.hotline.services.reviewing import review
from longzhong.cases.hotline.services.settling import Settled, settle_call
from longzhong.cases.hotline.services.stepping import take_step
from longzhong.cases.hotline.services.taking import take_call
from longzhong.cases.hotline.services.tying import Tie, hear_again, relate, take_tie
from longzhong.cases.hotline.services.urging import answer_urge, urge
from longzhong.cases.hotline.services.waiting import hear, note_alarm, pause, resume

__all__ = [
    "HANDLING_REASON",
    "Brought",
    "Caller",
    "DeskCall",
    "Form",
    "NewCall",
    "NewCase",
    "Promised",
    "Settled",
    "StepGiven",
    "Tie",
    "Wish",
    "accept_offer",
    "accept_one",
    "answer_call",
    "answer_case",
    "answer_try",
    "answer_urge",
    "ask_next",
    "audit",
    "bring_in",
    "bring_one",
    "bring_paper",
    "claim",
    "count_repeat",
    "decline_offer",
    "dispatch",
    "erase_caller",
    "explain_cases",
    "fill_form",
    "finalize",
    "finish_call",
    "follow_order",
    "give_up",
    "govern",
    "hand_over_leavers",
    "hear",
    "hear_again",
    "join",
    "keep_promise",
    "keep_secret",
    "lead_family",
    "leave",
    "link",
    "listen",
    "move_promise",
    "note_alarm",
    "note_outage",
    "note_return",
    "offer",
    "open_case",
    "override",
    "pause",
    "point_at",
    "promise",
    "push_no_power",
    "push_told_call",
    "record_call",
    "relate",
    "reopen",
    "resume",
    "reveal_call",
    "reveal_caller",
    "review",
    "settle_call",
    "settle_promises",
    "take_call",
    "take_push",
    "take_step",
    "take_tie",
    "time_out_tries",
    "unnamed",
    "untell",
    "urge",
    "void_case",
    "watch_promises",
]
