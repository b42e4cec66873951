"""The words of outages (停电): kinds, states, devices, reasons. Codes are stored; the Chinese words are what pages show.

Kinds are the production types of 95598 停送电信息: 计划停电, 临时停电, 电网故障停限电, 超电网供电能力停限电 (REFERENCE §3.2, F2).
Reasons are ours and to be confirmed by the office (U).
"""

from enum import StrEnum


class Kind(StrEnum):
    PLANNED = "planned"
    TEMPORARY = "temporary"
    FAULT = "fault"
    SHORTAGE = "shortage"


class State(StrEnum):
    """`asked`: a plan announced too late that waits for its exemption (豁免); customers aren't told of it yet.

    `reported`: somebody says the power is off; `running`: it is off, confirmed; `withdrawn`: it never was (误报); `merged`: another
    outage took it over.
    """

    ASKED = "asked"
    REPORTED = "reported"
    ANNOUNCED = "announced"
    RUNNING = "running"
    PARTLY = "partly"
    RESTORED = "restored"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class StopKind(StrEnum):
    """Marketing-side stops of one account (营销类停电, REFERENCE §3.2): they concern nobody but that customer."""

    ARREARS = "arrears"
    THEFT = "theft"
    BREACH = "breach"
    ORDERLY = "orderly"


class Device(StrEnum):
    """What is switched off; everything behind it is without power."""

    SUBSTATION = "substation"
    FEEDER = "feeder"
    SECTION = "section"
    AREA = "area"


OUT = (State.REPORTED, State.RUNNING, State.PARTLY)
"""The power is off, or said to be off, somewhere."""
COMING = (State.ASKED, State.ANNOUNCED)
"""A plan that hasn't begun."""
LIVE = (*OUT, *COMING)
HAPPENED = (State.RUNNING, State.PARTLY, State.RESTORED)
"""Outages that count in statistics: they are going on or have been."""
PLANS = (Kind.PLANNED, Kind.TEMPORARY, Kind.SHORTAGE)

KIND_LABELS = {Kind.PLANNED: "计划停电", Kind.TEMPORARY: "临时停电", Kind.FAULT: "故障停电", Kind.SHORTAGE: "限电"}
STOP_LABELS = {
    StopKind.ARREARS: "欠费停电", StopKind.THEFT: "窃电停电", StopKind.BREACH: "违约用电停电", StopKind.ORDERLY: "有序用电停电",
}  # fmt: skip
STATE_LABELS = {
    State.ASKED: "待批豁免",
    State.REPORTED: "待确认",
    State.ANNOUNCED: "待执行",
    State.RUNNING: "停电中",
    State.PARTLY: "部分恢复",
    State.RESTORED: "已恢复",
    State.CANCELLED: "已取消",
    State.WITHDRAWN: "误报撤回",
    State.MERGED: "已并入",
}
DEVICE_LABELS = {Device.SUBSTATION: "变电站", Device.FEEDER: "线路", Device.SECTION: "线段", Device.AREA: "台区"}
_WORK = {
    "maintenance": "设备检修",
    "construction": "电网工程施工",
    "user_project": "用户工程接入",
    "relocation": "线路迁改",
    "hazard": "隐患消除",
}
REASONS: dict[Kind, dict[str, str]] = {
    Kind.PLANNED: _WORK,
    Kind.TEMPORARY: {**_WORK, "urgent_defect": "紧急缺陷处理", "emergency": "应政府或抢险要求"},
    Kind.FAULT: {
        "unknown": "原因待查",
        "weather": "恶劣天气",
        "lightning": "雷击",
        "tree": "树线矛盾",
        "outside": "外力破坏",
        "equipment": "设备故障",
        "customer": "用户设备影响",
        "overload": "过负荷",
        "animal": "小动物",
        "upstream": "上级电源失电",
    },
    Kind.SHORTAGE: {"orderly": "有序用电", "capacity": "供电能力不足"},
}
REASON_LABELS = {code: label for codes in REASONS.values() for code, label in codes.items()}
STORMY = ("weather", "lightning", "tree")
"""Causes that come with storms (雷害、大风、树障): what the weather list of lines counts."""
