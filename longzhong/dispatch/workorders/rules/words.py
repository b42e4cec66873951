"""The words of work orders (工单): kinds, priorities, states, and how each is called.

Codes are stored; the Chinese words beside them are what pages show. A finished order waits for its proof: an area's for the curves
of the following days, a caller's (抢修、诉求办理) for the customer's word at the call-back, hence two words for one state.
"""

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    AREA_FAULT = "area_fault"
    METER_FAULT = "meter_fault"
    REPAIR = "repair"
    SERVICE = "service"


ALL = frozenset(Kind)
FAULTS = frozenset({Kind.AREA_FAULT, Kind.METER_FAULT})
"""Sensed by a machine, proved by measurements."""
CALLS = ALL - FAULTS
"""Asked for by a customer, who says whether it helped."""
SITE = FAULTS | {Kind.REPAIR}
"""Done on site: somebody has to arrive."""


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
    DIAGNOSED = "diagnosed"
    CONTACTED = "contacted"
    REPORTED = "reported"
    PROJECT = "project"
    FINISHED = "finished"
    UNPROVEN = "unproven"
    RETURNED = "returned"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


CLOSED = (State.VERIFIED, State.CANCELLED)
LIVE = tuple(state for state in State if state not in CLOSED)
IN_HAND = (
    State.DISPATCHED,
    State.ACCEPTED,
    State.ARRIVED,
    State.DIAGNOSED,
    State.CONTACTED,
    State.RETURNED,
)
"""The owner is to act; a leaver's orders in these states go to whoever manages the cell now."""

KIND_LABELS = {
    Kind.AREA_FAULT: "异常台区治理",
    Kind.METER_FAULT: "计量异常处理",
    Kind.REPAIR: "故障抢修",
    Kind.SERVICE: "诉求办理",
}
PRIORITY_LABELS = {Priority.URGENT: "紧急", Priority.HIGH: "重要", Priority.NORMAL: "一般"}
STATE_LABELS = {
    State.NEW: "待派单",
    State.DISPATCHED: "待接单",
    State.ACCEPTED: "已接单",
    State.ARRIVED: "已到场",
    State.DIAGNOSED: "已研判",
    State.CONTACTED: "已联系客户",
    State.REPORTED: "已上报待答复",
    State.PROJECT: "工程治理",
    State.FINISHED: "待验证",
    State.UNPROVEN: "待认定",
    State.RETURNED: "退回重办",
    State.VERIFIED: "已验证",
    State.CANCELLED: "已撤销",
}
_CALLERS_WORDS = {State.FINISHED: "待客户确认", State.VERIFIED: "已归档"}
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
    "frequent_outage": "频繁停电",
    "no_power": "停电",
    "phase_loss": "缺相",
    "voltage": "电压异常",
    "pole_base": "杆基塌陷",
    "fallen_pole": "倒杆",
    "line_over_road": "线路横跨道路",
    "broken_strand": "导线断股",
    "hazard": "安全隐患",
}
WARNED = 1  # alarm of an order: nothing told, warned, escalated to level 1, 2, 3
ALARM_LABELS = {1: "预警", 2: "升级·供电所", 3: "升级·区县", 4: "升级·地市"}
VERBS = {
    "open": "生成工单",
    "finish": "完成",
    "hand_over": "更换负责人",
    "priority": "调整紧急程度",
    "forget_place": "客户要求保密，不再记地点",
    "milestone_done": "里程碑完成",
    "milestone_moved": "里程碑改期",
}


def state_label(kind: str, state: str) -> str:
    """How a state is called on an order of this kind."""
    own = _CALLERS_WORDS if Kind(kind) in CALLS else {}
    return own.get(State(state), STATE_LABELS[State(state)])
