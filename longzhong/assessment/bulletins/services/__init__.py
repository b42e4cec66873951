"""Writes of bulletins: drafting, issuing, answering; returns heard; subscriptions."""

from longzhong.assessment.bulletins.services.drafting import draft_missing, draft_week
from longzhong.assessment.bulletins.services.issuing import answer, issue, recount
from longzhong.assessment.bulletins.services.sharing import mark_read, subscribe, unsubscribe
from longzhong.assessment.bulletins.services.turning import TURNS, note_turn

__all__ = [
    "TURNS",
    "answer",
    "draft_missing",
    "draft_week",
    "issue",
    "mark_read",
    "note_turn",
    "recount",
    "subscribe",
    "unsubscribe",
]
