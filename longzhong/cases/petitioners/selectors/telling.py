"""The timelines of files and incidents in words: what each step's codes mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from longzhong.cases.petitioners.rules import (
    BY_WORDS,
    CHANNEL_LABELS,
    FILE,
    INCIDENT,
    LEVEL_LABELS,
    MOOD_LABELS,
    OUTCOME_LABELS,
    SCRIPT,
    SETTLED_LABELS,
)
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard

FILE_WORDS = {
    **{move.verb: move.label for move in FILE.moves},
    "open": "建档",
    "add_phone": "补登电话",
    "end_phone": "停用电话",
    "level": "等级变化",
    "move": "搬家",
    "merge_in": "并入另一份档案",
    "met": "见面、通话记录",
    "came": "又来电来访",
    "detach": "不是本人，剔除",
    "script": "开始三步法",
    "step": "三步法：做了一步",
    "skip_step": "三步法：跳过一步",
    "script_end": "三步法结束",
}
INCIDENT_WORDS = {**{move.verb: move.label for move in INCIDENT.moves}, "escalate": "呼叫负责人"}
CLOCKS = {"met": "按时接手", "late": "接手超时"}
_WORDS: tuple[tuple[str, Mapping[Any, str]], ...] = (
    ("mood", MOOD_LABELS), ("channel", CHANNEL_LABELS), ("by", BY_WORDS), ("outcome", {**OUTCOME_LABELS, **SETTLED_LABELS}),
)  # fmt: skip


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step, without a query."""
    return ["\n".join(filter(None, [_codes(card.data), matters.said(card)])) for card in cards]


def _codes(data: Mapping[str, Any]) -> str:
    parts = [words[data[key]] for key, words in _WORDS if data.get(key) in words]
    if data.get("from") in LEVEL_LABELS and data.get("to") in LEVEL_LABELS:
        parts.append(f"{LEVEL_LABELS[data['from']]} → {LEVEL_LABELS[data['to']]}")
    if isinstance(position := data.get("position"), int) and 1 <= position <= len(SCRIPT):
        parts.append(SCRIPT[position - 1].title)
    if data.get("from_on"):
        parts.append(f"自 {data['from_on']} 起")
    clocks = data.get("clocks")
    if isinstance(clocks, Mapping):
        parts += [CLOCKS[verdict] for verdict in clocks.values() if verdict in CLOCKS]
    return "；".join(parts)
