"""The timeline of a disconnection in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from longzhong.cases.disconnections.rules import RECEIPT_LABELS, VERBS, WAY_LABELS, Receipt, Way
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.selectors import StepCard

WORDS = VERBS


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; no query."""
    return ["\n".join(filter(None, [_codes(card.data), matters.said(card)])) for card in cards]


def _codes(data: Mapping[str, Any]) -> str:
    parts = [
        f"已逾期 {data['overdue_d']} 天" if "overdue_d" in data else "",
        WAY_LABELS[Way(data["way"])] if data.get("way") else "",
        RECEIPT_LABELS[Receipt(data["receipt"])] if data.get("receipt") else "",
        f"发生时间 {moment_words(datetime.fromisoformat(data['moment']))}" if data.get("moment") else "",
        f"还有 {data['left']} 笔未缴" if data.get("left") else "",
    ]
    return "；".join(part for part in parts if part)
