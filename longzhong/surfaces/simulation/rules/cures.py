"""From an order's words to the physics (处理措施): what a crew did follows from the cause that it reports.

The causes are those of workorders; the tap moves up against low voltage and down otherwise.
"""

from collections.abc import Sequence

from longzhong.dispatch.workorders.rules import Kind
from longzhong.surfaces.simulation.rules.faults import FOUND_AS, GRID_KINDS, Cure, Fault, FaultKind

_AREA = {
    "overload": Cure.REPLACE_TRANSFORMER,
    "long_line": Cure.RECONDUCTOR,
    "unbalance": Cure.REBALANCE,
    "joint": Cure.FIX_NEUTRAL,
    "neutral": Cure.FIX_NEUTRAL,
    "pv": Cure.VOLT_VAR,
    "meter": Cure.REPLACE_METER,
}
_METER = {
    "meter": Cure.REPLACE_METER,
    "wiring": Cure.REWIRE_METER,
    "ratio": Cure.CORRECT_RATIO,
    "collector": Cure.REPLACE_TERMINAL,
    "signal": Cure.RESTORE_SIGNAL,
}
RIGHT_CAUSE: dict[FaultKind, str] = {
    FaultKind.OVERLOAD: "overload",
    FaultKind.HEAVY_LOAD: "overload",
    FaultKind.LOW_VOLTAGE: "long_line",
    FaultKind.OVER_VOLTAGE: "pv",
    FaultKind.UNBALANCE: "unbalance",
    FaultKind.NEUTRAL: "neutral",
    FaultKind.TERMINAL: "collector",
    FaultKind.FLAT: "meter",
    FaultKind.SPIKE: "meter",
    FaultKind.ZERO: "meter",
    FaultKind.NEGATIVE: "wiring",
    FaultKind.MULTIPLIER: "ratio",
    FaultKind.GAP: "signal",
}
WRONG_CAUSE: dict[str, str] = {  # what a hasty crew reports of an alert of this kind
    "low_voltage": "tap",
    "over_voltage": "season",
    "heavy_load": "unbalance",
    "overload": "season",
    "unbalance": "season",
    "neutral": "unbalance",
    "dead": "none",
}
REMEDIES: dict[str, tuple[str, ...]] = {  # side effects: an overloaded line lacks volts, a shifted neutral has too many
    "low_voltage": ("long_line", "tap", "overload"),
    "over_voltage": ("tap", "unbalance", "long_line"),
    "heavy_load": ("overload",),
    "overload": ("overload",),
    "unbalance": ("unbalance",),
    "neutral": ("neutral", "unbalance", "long_line"),
}
WORK_WORDS: dict[str, str] = {
    "overload": "更换增容配变，复测负载率正常。",
    "long_line": "末端线路换大截面导线，压降恢复正常。",
    "unbalance": "按相序重新分配单相用户，三相电流已均衡。",
    "tap": "调整配变分接开关一档。",
    "joint": "紧固接头并做除锈处理。",
    "neutral": "处理中性线虚接，重新压接线鼻。",
    "pv": "开启光伏逆变器无功电压控制并调整分接开关。",
    "season": "季节性负荷，已告知客户错峰用电。",
    "none": "现场检查未发现异常。",
    "meter": "更换故障电能表。",
    "wiring": "纠正电能表接线。",
    "ratio": "核对互感器，修正倍率。",
    "collector": "更换集中器并恢复通信。",
    "signal": "加装载波中继，采集恢复。",
}


def cure_of(kind: str, cause_found: str, fault: str) -> Cure:
    """What the physics sees of a finished order."""
    if kind == Kind.METER_FAULT:
        return _METER.get(cause_found, Cure.INSPECT)
    if cause_found == "tap":
        return Cure.RAISE_TAP if fault == "low_voltage" else Cure.LOWER_TAP
    return _AREA.get(cause_found, Cure.INSPECT)


def right_cause(active: Sequence[Fault], done: Sequence[Cure], fault: str, kind: str) -> str:
    """What a careful crew finds on site: the fault behind the alert, else the usual remedies of its kind that weren't tried yet."""
    meters = kind == Kind.METER_FAULT
    here = [one for one in active if (one.kind not in GRID_KINDS) == meters]
    same = [RIGHT_CAUSE[one.kind] for one in here if fault in FOUND_AS[one.kind]]
    usual = ("signal", "meter", "collector") if meters else REMEDIES.get(fault, ())
    behind = [RIGHT_CAUSE[one.kind] for one in here] if meters or fault in ("neutral", "over_voltage") else []
    for cause in (*same, *behind, *usual):
        if cure_of(kind, cause, fault) not in done:
            return cause
    return "none" if meters else "season"
