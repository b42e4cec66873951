"""Reads of disconnections; `visible_to` is the door, `visible_bills` that of money."""

from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.disconnections.selectors.boards import (
    Line,
    Owed,
    bills_of,
    board,
    counts,
    history_of,
    lines,
    live_of,
    owed,
    owing,
    owing_lines,
    paid_up,
    to_propose,
)
from longzhong.cases.disconnections.selectors.door import (
    NOUN,
    disconnection_of,
    is_own_request,
    is_visible,
    label,
    may,
    sees_money,
    title,
    url,
    visible_bills,
    visible_to,
)
from longzhong.cases.disconnections.selectors.guarding import GUARD, guard, limits_of
from longzhong.cases.disconnections.selectors.telling import WORDS, told

__all__ = [
    "GUARD", "NOUN", "WORDS", "Arrears", "Disconnection", "Line", "Owed",
    "bills_of", "board", "counts", "disconnection_of", "guard", "history_of", "is_own_request", "is_visible",
    "label", "limits_of", "lines", "live_of", "may", "owed", "owing", "owing_lines",
    "paid_up", "sees_money", "title", "to_propose", "told", "url",
    "visible_bills", "visible_to",
]  # fmt: skip
