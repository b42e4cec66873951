"""The words of work orders (工单): kinds, priorities, states, causes found on site, milestones of a project.

Codes are stored; the Chinese words beside them are what pages show. Causes and milestones are the usual list of area governance
(异常台区治理), ours and to be confirmed by the office (confidence U).
"""

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    AREA_FAULT = "area_fault"
    METER_FAULT = "meter_fault"


class Priority(IntEnum):
    """1 is the most urgent; the level of an alert is used as it is."""

    URGENT = 1
    HIGH = 2
    NORMAL = 3

    @property
    def code(self) -> str:
        """The word in policy keys: orders.area_fault.urgent.accept."""
        return self.name.lower()


class State(StrEnum):
    NEW = "new"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    PROJECT = "project"
    FINISHED = "finished"
    UNPROVEN = "unproven"
    RETURNED = "returned"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


CLOSED = (State.VERIFIED, State.CANCELLED)
LIVE = tuple(state for state in State if state not in CLOSED)
IN_HAND = (State.DISPATCHED, State.ACCEPTED, State.ARRIVED, State.RETURNED)
"""Somebody is to act on site; a leaver's orders in these states go to whoever manages the cell now."""

KIND_LABELS = {Kind.AREA_FAULT: "异常台区治理", Kind.METER_FAULT: "计量异常处理"}
PRIORITY_LABELS = {Priority.URGENT: "紧急", Priority.HIGH: "重要", Priority.NORMAL: "一般"}
STATE_LABELS = {
    State.NEW: "待派单",
    State.DISPATCHED: "待接单",
    State.ACCEPTED: "已接单",
    State.ARRIVED: "已到场",
    State.PROJECT: "工程治理",
    State.FINISHED: "待验证",
    State.UNPROVEN: "待认定",
    State.RETURNED: "退回重办",
    State.VERIFIED: "已验证",
    State.CANCELLED: "已撤销",
}
FAULT_LABELS = {  # codes are the caller's; an unknown one is shown as it is
    "low_voltage": "低电压",
    "over_voltage": "过电压",
    "heavy_load": "重载",
    "overload": "过载",
    "unbalance": "三相不平衡",
    "neutral": "中性线异常",
    "dead": "整台区无数据",
    "gap": "数据缺失",
    "flat": "曲线平直",
    "spike": "数据突变",
    "negative": "负值",
    "zero": "零值",
    "multiplier": "倍率异常",
}
CAUSES: dict[Kind, dict[str, str]] = {
    Kind.AREA_FAULT: {
        "overload": "配变容量不足",
        "long_line": "供电半径过长或线径偏细",
        "unbalance": "三相负荷不平衡",
        "tap": "分接开关档位不当",
        "joint": "接头松动或接触不良",
        "neutral": "中性线断线或虚接",
        "pv": "分布式光伏集中接入",
        "reactive": "无功补偿不足",
        "season": "季节性集中用电",
        "customer": "客户侧设备原因",
        "meter": "计量或采集装置异常",
        "none": "现场未发现异常",
    },
    Kind.METER_FAULT: {
        "meter": "电能表故障",
        "wiring": "接线错误",
        "ratio": "互感器倍率不符",
        "collector": "采集终端故障",
        "signal": "通信中断",
        "none": "现场未发现异常",
    },
}
MEASURED = {
    "ua": ("A相电压", "V", 0.0, 1000.0),
    "ub": ("B相电压", "V", 0.0, 1000.0),
    "uc": ("C相电压", "V", 0.0, 1000.0),
    "load_pct": ("负载率", "%", 0.0, 500.0),
}
MILESTONES = {
    "survey": "现场勘查",
    "design": "方案设计",
    "budget": "立项批复",
    "material": "物资到货",
    "build": "施工",
    "energize": "投运",
}
CLOCKS = {
    "accept": "接单",
    "arrive": "到场",
    "finish": "完成治理",
    "rework": "返工",
    "decide": "人工认定",
}
WARNED = 1  # alarm of an order: nothing told, warned, escalated to level 1, 2, 3
ALARM_LABELS = {1: "预警", 2: "升级·供电所", 3: "升级·区县", 4: "升级·地市"}
VERBS = {
    "open": "生成工单",
    "hand_over": "更换负责人",
    "priority": "调整紧急程度",
    "milestone_done": "里程碑完成",
    "milestone_moved": "里程碑改期",
}
