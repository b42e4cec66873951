"""The timeline of a trouble in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.sensing.troubles.rules import LEVEL_LABELS, VERBS, Level

WORDS = VERBS


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; no query."""
    return ["；".join(filter(None, [_codes(card.data), matters.said(card)])) for card in cards]


def _codes(data: Mapping[str, Any]) -> str:
    parts = [
        f"{LEVEL_LABELS[Level(data['level'])]}级" if data.get("level") else "",
        f"{data['count']} 条信号" if data.get("count") else "",
        f"转到疑似停电 {data['to']}" if data.get("to") else "",
        f"来自疑似停电 {data['from']}" if data.get("from") else "",
        f"停电 {data['outage']}" if data.get("outage") else "",
    ]
    return "，".join(part for part in parts if part)
