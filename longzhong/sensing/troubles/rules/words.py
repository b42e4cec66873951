"""The words of trouble-call analysis (停电研判): levels, kinds of signals, states; and a trouble's evidence in sentences."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from longzhong.sensing.troubles.rules.signals import Level


class SignalKind(StrEnum):
    """Who says that the power is off: a person, a meter with its last charge, a meter that fell silent, a feeder's switch."""

    CALL = "call"
    LAST_GASP = "last_gasp"
    MISSING = "missing"
    FEEDER_EVENT = "feeder_event"


LEVEL_LABELS = {Level.METER: "单户", Level.AREA: "台区", Level.SECTION: "线段", Level.FEEDER: "线路"}
KIND_LABELS = {
    SignalKind.CALL: "来电",
    SignalKind.LAST_GASP: "电表断电上报",
    SignalKind.MISSING: "采集中断",
    SignalKind.FEEDER_EVENT: "线路动作",
}
NO_POWER = (
    "repair.hv.feeder_trip", "repair.hv.line_down", "repair.hv.transformer", "repair.lv.area_out", "repair.lv.single_out",
    "repair.lv.wire_down", "repair.lv.phase_lost", "repair.lv.box",
)  # fmt: skip
"""Categories of cases in which a customer is without power. Ours (U), of the tree in register/categories."""

SURE_PCT, LIKELY_PCT = 90.0, 60.0


def confidence_words(share: float) -> str:
    """很可能 · 可能 · 待核实."""
    percent = 100 * share
    return "很可能" if percent >= SURE_PCT else "可能" if percent >= LIKELY_PCT else "待核实"


def probable_words(name: str, signals: int, share: float) -> str:
    """很可能停电 10kV西关线：12 条反映，待核实."""
    return f"{confidence_words(share)}停电 {name}：{signals} 条反映，还没有确认登记"


def probable_answer(signals: int) -> str:
    """What the agent reads to a caller; it promises nothing and names no device that nobody has confirmed."""
    return (
        f"您所在的区域可能停电，已有 {signals} 条同样的反映，我们正在核实；您的来电已一并记录，"
        "确认后会告诉您原因和预计恢复时间。如果只有您一家没电，请先看表后开关，我也可以马上为您登记报修。"
    )


def evidence_words(level: str, evidence: Mapping[str, Any]) -> list[str]:
    """Why these signals are one trouble, as sentences; nothing personal is in them."""
    kinds = evidence.get("kinds", {})
    heard = "、".join(f"{KIND_LABELS[SignalKind(kind)]} {count} 条" for kind, count in sorted(kinds.items()))
    parts = [f"{heard}，集中在 {_span(int(evidence.get('minutes', 0)))}内" if heard else ""]
    areas, spoke = int(evidence.get("areas", 0)), int(evidence.get("spoke", 0))
    if level in (Level.SECTION, Level.FEEDER):
        parts.append(f"{LEVEL_LABELS[Level(level)]}下 {areas} 个台区中有 {spoke} 个报停，比逐个台区各自停电更可信")
    elif level == Level.AREA:
        parts.append("都在同一个台区，相邻台区没有同时报停")
    else:
        parts.append("只有这一户报停，邻户没有信号")
    if evidence.get("unknown"):
        parts.append(f"其中 {evidence['unknown']} 条的台区未知或不可信，按位置归入")
    if evidence.get("fixed"):
        parts.append(f"其中 {evidence['fixed']} 条由人工指定，自动研判不再改动")
    return [part for part in parts if part]


def _span(minutes: int) -> str:
    return f"{minutes} 分钟" if minutes < 120 else f"{minutes / 60:.1f} 小时"
