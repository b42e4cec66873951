"""Timelines in words, and the words of each list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from longzhong.cases.closures.rules import (
    CHANNEL_LABELS,
    FAULT,
    GROUND_LABELS,
    HOUSEHOLD,
    MACHINE,
    PAPERS,
    PROJECT,
    TRANSFER_LABELS,
    WAY_LABELS,
    Channel,
    Ground,
    Kind,
    Transfer,
    Way,
)
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies
from longzhong.register.policies.rules import Row

VERB_WORDS = {
    "begin": "登记销户", "tell": "一次性告知材料", "told_twice": "二次告知（我方责任）", "remind": "短信提醒客户",
    "print": "打印", "link": "关联诉求", **{row.verb: row.label for row in MACHINE.moves},
}  # fmt: skip
HOUSE_WORDS = {row.verb: row.label for row in HOUSEHOLD.moves}
PROJECT_WORDS = {
    "open": "建立项目", "edit": "修改项目", "import": "导入拆迁户名单", **{row.verb: row.label for row in PROJECT.moves},
}  # fmt: skip
FAULT_WORDS = {"record": "登记二次告知", **{row.verb: row.label for row in FAULT.moves}}


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step of a closure, a household, a project or a second request; no query."""
    return ["\n".join(filter(None, [_codes(step.data), matters.said(step)])) for step in steps]


def list_row(kind: Kind, unit_id: int, at: datetime) -> Row:
    """The list of documents of a business in force for a unit: codes with source and confidence."""
    return policies.row(f"onetime.{kind}", unit_id=unit_id, day=civil_day(at))


def list_codes(row: Row) -> tuple[str, ...]:
    value = row.value
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else (str(value),)


def _codes(data: Mapping[str, Any]) -> str:
    parts = [
        GROUND_LABELS[Ground(data["ground"])] if data.get("ground") else "",
        CHANNEL_LABELS[Channel(data["channel"])] if data.get("channel") else "",
        WAY_LABELS[Way(data["way"])] if data.get("way") else "",
        TRANSFER_LABELS[Transfer(data["transfer"])] if data.get("transfer") else "",
        f"出示 {_paper(data['shown'])}" if data.get("shown") else "",
        f"材料：{'、'.join(map(_paper, data['papers']))}" if data.get("papers") else "",
        f"还缺：{'、'.join(map(_paper, data['missing']))}" if data.get("missing") else "",
        "已签后补承诺书" if data.get("signed") else "",
        f"末次示数 {data['kwh']}" if data.get("kwh") else "",
        "电能表已拆除" if data.get("removed") else "",
        f"下次联系 {data['next_on']}" if data.get("next_on") else "",
        _counts(data),
    ]
    return "；".join(part for part in parts if part)


def _counts(data: Mapping[str, Any]) -> str:
    words = {"new": "新列入", "changed": "有变化", "unchanged": "无变化", "refused": "拒收"}
    return "，".join(f"{word} {data[name]} 户" for name, word in words.items() if name in data)


def _paper(code: str) -> str:
    return PAPERS.get(code, code).partition("（")[0]
