"""The table of 95598 停送电信息 (S_REGION_OUTRAGE, REFERENCE §3.2, F2): its columns by their heads, and a row of it as an outage.

Columns are found by head, in any order; what the table has beyond these is passed over. The lower ones are ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.errors import Refused
from longzhong.register.org.rules import CST
from longzhong.sensing.outages.rules.words import DEVICE_LABELS, KIND_LABELS, REASONS, Device, Kind

HEADS = {
    "poweroff_id": "停电信息唯一标识号",
    "app_no": "申请编号",
    "poweroff_scope": "停电区域",
    "start_time": "停电开始时间",
    "stop_date": "停电结束时间",
    "org_no": "停电所属供电单位",
    "type_code": "停电类型",
    "poweroff_area": "停电范围",
    "poweroff_reason": "停电原因",
    "power_time": "现场送电时间",
    "devices": "停电设备",
    "state": "状态",
    "accounts": "影响户数",
    "important": "重要客户数",
    "changes": "变更次数",
    "delays": "延迟次数",
    "exemption": "豁免理由",
}
NEEDED = ("poweroff_id", "start_time", "type_code")
TYPES = {
    Kind.PLANNED: "计划停电",
    Kind.TEMPORARY: "临时停电",
    Kind.FAULT: "电网故障停限电",
    Kind.SHORTAGE: "超电网供电能力停限电",
}
PREFIX = "95598:"
USUAL = {
    Kind.PLANNED: "maintenance", Kind.TEMPORARY: "urgent_defect", Kind.FAULT: "unknown", Kind.SHORTAGE: "capacity",
}  # fmt: skip
_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y%m%d%H%M%S")
_KINDS = {
    **{label: kind for kind, label in KIND_LABELS.items()}, **{label: kind for kind, label in TYPES.items()},
    **{kind.value: kind for kind in Kind},
}  # fmt: skip
_DEVICES = {label: kind for kind, label in DEVICE_LABELS.items()}


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row that can be read; `devices` are (kind, code) pairs, `unit` is the code of a unit or ""."""

    key: str
    kind: Kind
    starts_at: datetime
    ends_at: datetime | None
    restored_at: datetime | None
    reason_code: str
    reason: str
    place: str
    unit: str
    devices: tuple[tuple[str, str], ...]
    exemption: str

    @property
    def source(self) -> str:
        """The label under which the row is known here."""
        return f"{PREFIX}{self.key}"


def row_of(cells: Mapping[str, object]) -> SheetRow:
    """A row by column code; refused with `row_…` where a needed cell is missing or can't be read."""
    lost = [HEADS[name] for name in NEEDED if not _text(cells, name)]
    if lost:
        raise Refused("row_incomplete", f"缺少{'、'.join(lost)}", columns=lost)
    kind = _KINDS.get(_text(cells, "type_code"))
    if kind is None:
        raise Refused("row_type_unknown", f"停电类型“{_text(cells, 'type_code')[:20]}”不认识")
    start, end = _moment(cells, "start_time"), _moment(cells, "stop_date")
    if start is None:
        raise Refused("row_incomplete", "缺少停电开始时间")
    if end is None and kind is not Kind.FAULT:
        raise Refused("row_incomplete", "计划停电缺少停电结束时间")
    code, words = _reason(kind, _text(cells, "poweroff_reason"))
    return SheetRow(
        key=_text(cells, "poweroff_id")[:40], kind=kind, starts_at=start, ends_at=end, restored_at=_moment(cells, "power_time"),
        reason_code=code, reason=words, place=_text(cells, "poweroff_area")[:120], unit=_text(cells, "org_no"),
        devices=_devices(_text(cells, "devices")), exemption=_text(cells, "exemption")[:200],
    )  # fmt: skip


def devices_text(pairs: list[tuple[str, str]]) -> str:
    """(kind, code) pairs as the cell says them: "线路:F1；台区:A2"."""
    return "；".join(f"{DEVICE_LABELS[Device(kind)]}:{code}" for kind, code in pairs)


def _text(cells: Mapping[str, object], name: str) -> str:
    value = cells.get(name)
    return "" if value is None else str(value).strip()


def _moment(cells: Mapping[str, object], name: str) -> datetime | None:
    value = cells.get(name)
    if isinstance(value, datetime):
        return value.replace(tzinfo=CST) if value.tzinfo is None else value
    text = _text(cells, name)
    if not text:
        return None
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=CST)
        except ValueError:
            continue
    raise Refused("row_moment", f"{HEADS[name]}“{text[:20]}”不是时间")


def _reason(kind: Kind, text: str) -> tuple[str, str]:
    """The code whose label begins the text, and the rest; else the kind's usual code and the whole text."""
    for code, label in REASONS[kind].items():
        if text == label or text.startswith((f"{label}，", f"{label},")):
            return code, text[len(label) + 1 :][:200]
    return USUAL[kind], text[:200]


def _devices(text: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in filter(None, (one.strip() for one in re.split("[;；]", text))):
        word, _sep, code = part.replace("：", ":").partition(":")
        kind = _DEVICES.get(word.strip())
        if kind is None or not code.strip():
            raise Refused("row_device", f"停电设备“{part[:30]}”要写成“线路:编码”")
        pairs.append((kind.value, code.strip()))
    return tuple(pairs)
