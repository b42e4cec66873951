"""The timeline of an outage in words: what each step's codes mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.sensing.outages.rules import KIND_LABELS, REASON_LABELS, VERBS, Kind

WORDS = VERBS
STOP_WORDS = {"stop": "登记营销停电", "lift": "恢复供电"}


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; no query."""
    return ["\n".join(filter(None, [_codes(card.data), matters.said(card)])) for card in cards]


def _codes(data: Mapping[str, Any]) -> str:
    parts = [
        KIND_LABELS[Kind(data["kind"])] if "kind" in data else "",
        REASON_LABELS.get(data["reason_code"], data["reason_code"]) if "reason_code" in data else "",
        _plan(data),
        f"影响 {data['areas']} 个台区、{data['accounts']} 户" if "accounts" in data else "",
        _changed(data),
        _expected(data),
        "延迟公告晚于规定时间" if data.get("notice_late") else "",
        f"停电时间 {_moment(data['started_at'])}" if data.get("started_at") else "",
        f"送电时间 {_moment(data['restored_at'])}" if data.get("restored_at") else "",
        f"送电 {data['write_back_late_min']} 分钟后才回填" if data.get("write_back_late_min") else "",
        f"{'并入' if 'into' in data else '接收'} {data['number']}" if data.get("number") else "",
        f"已发出 {data['sent']} 条" if data.get("sent") else "",
        f"照片 {data['photos']} 张" if data.get("photos") else "",
        f"恢复 {data['restored']} 个台区，还有 {data['left']} 个" if data.get("left") else "",
    ]
    return "；".join(part for part in parts if part)


def _plan(data: Mapping[str, Any]) -> str:
    if not data.get("planned_start"):
        return ""
    now = f"{_moment(data['planned_start'])} 至 {_moment(data['planned_end'])}"
    was = f"{_moment(data['was_start'])} 至 {_moment(data['was_end'])} → " if data.get("was_start") else ""
    return f"计划 {was}{now}"


def _changed(data: Mapping[str, Any]) -> str:
    if "accounts_was" not in data:
        return ""
    return f"原 {data['accounts_was']} 户；新增 {len(data['added'])} 个台区，移出 {len(data['removed'])} 个台区"


def _expected(data: Mapping[str, Any]) -> str:
    if "now" not in data:
        return f"预计恢复 {_moment(data['expected_end_at'])}" if data.get("expected_end_at") else ""
    was = _moment(data["was"]) if data.get("was") else "未定"
    return f"预计恢复 {was} → {_moment(data['now'])}" + ("（延迟送电）" if data.get("delay") else "")


def _moment(value: str) -> str:
    return moment_words(datetime.fromisoformat(value))
