"""The words of the hotline (诉求): channels, grades, outcomes, calls, promises. Codes are stored, the Chinese is shown.

Sources: REFERENCE §1.1 (types), §1.4 (attributes of a live system, F2), §2.5–2.7; S1-25 (every channel), S2-04 (causes).
"""

from enum import StrEnum

from longzhong.register.categories.rules import TYPE_NAMES as TYPE_LABELS
from longzhong.register.categories.rules import CaseType
from longzhong.sensing.texts.rules import (
    CAUSE_LABELS,
    MOOD_LABELS,
    SECRECY_LABELS,
    URGENCY_LABELS,
    Mood,
    RootCause,
    Secrecy,
    Urgency,
)

__all__ = [  # taken over from the tree and from what words hint at; all below is the hotline's own
    "CAUSE_LABELS",
    "MOOD_LABELS",
    "SECRECY_LABELS",
    "TYPE_LABELS",
    "URGENCY_LABELS",
    "CaseType",
    "Mood",
    "RootCause",
    "Secrecy",
    "Urgency",
]


GOVERNED_TYPES = (CaseType.COMPLAINT, CaseType.REPORT, CaseType.OPINION)
"""What comes under governance (投诉、举报、意见), from the moment that it is told."""


class Channel(StrEnum):
    """Where a customer's word came in (多触点受理, S1-25; 并源, S2-25)."""

    PHONE_95598 = "95598"
    HALL = "hall"
    GRID = "grid"
    ELECTRICIAN = "electrician"
    VILLAGE = "village"
    ONLINE = "online"
    GOV_12345 = "12345"
    REGULATOR_12398 = "12398"
    CONDUCT = "conduct"
    PATROL = "patrol"


class Grade(StrEnum):
    GENERAL = "general"
    IMPORTANT = "important"
    MAJOR = "major"
    SPECIAL = "special"


class Site(StrEnum):
    URBAN = "urban"
    RURAL = "rural"
    REMOTE = "remote"


class Voltage(StrEnum):
    LOW = "low"
    HIGH = "high"
    UNSURE = "unsure"


class Hazard(StrEnum):
    NONE = ""
    POLE_DOWN = "pole_down"
    POLE_BASE = "pole_base"
    WIRE_BROKEN = "wire_broken"
    WIRE_LOW = "wire_low"
    SHOCK = "shock"
    FIRE = "fire"


class Side(StrEnum):
    """Whose equipment it is (产权, S4-24)."""

    UNKNOWN = ""
    UTILITY = "utility"
    CUSTOMER = "customer"


class CallOutcome(StrEnum):
    """What became of a call; every call is kept, also one that became nothing yet."""

    KEPT = "kept"
    CASE = "case"
    ANSWERED = "answered"
    OUTAGE = "outage"
    JOINED = "joined"
    URGED = "urged"
    LISTENED = "listened"


class Outcome(StrEnum):
    """How a case ended."""

    NONE = ""
    SATISFIED = "satisfied"
    FAIR = "fair"
    UNREACHABLE = "unreachable"
    NO_CALL_BACK = "no_call_back"
    ANSWERED = "answered"
    FINAL = "final"
    VOID = "void"


class PartyKind(StrEnum):
    CALLER = "caller"
    CUSTOMER = "customer"


class Purpose(StrEnum):
    """Why we called the customer: the three calls (三通电话, §2.5) and the call-back."""

    ACCEPTED = "accepted"
    ON_THE_WAY = "on_the_way"
    REPAIRED = "repaired"
    REVIEW = "review"


class CallResult(StrEnum):
    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    DECLINED = "declined"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    MOVED = "moved"
    RELEASED = "released"


class LinkKind(StrEnum):
    SAME_MATTER = "same_matter"
    REPEAT = "repeat"
    REOPENED = "reopened"
    OVERRIDDEN = "overridden"


class Helper(StrEnum):
    """Whom the contact chain asks, in the order of the policy (失联兜底, S0-07)."""

    ELECTRICIAN = "electrician"
    VILLAGE = "village"
    GRID = "grid"
    DUTY = "duty"
    STATION = "station"


class TryResult(StrEnum):
    WAITING = "waiting"
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    TIMED_OUT = "timed_out"


CHANNEL_LABELS = {
    Channel.PHONE_95598: "95598",
    Channel.HALL: "营业厅",
    Channel.GRID: "直呼网格员",
    Channel.ELECTRICIAN: "物业电工",
    Channel.VILLAGE: "村小组长",
    Channel.ONLINE: "网上国网/微信",
    Channel.GOV_12345: "12345",
    Channel.REGULATOR_12398: "12398",
    Channel.CONDUCT: "行风热线",
    Channel.PATROL: "走访巡视",
}
GRADE_LABELS = {Grade.GENERAL: "一般", Grade.IMPORTANT: "重要", Grade.MAJOR: "重大", Grade.SPECIAL: "特殊"}
SITE_LABELS = {Site.URBAN: "城区", Site.RURAL: "农村", Site.REMOTE: "特殊边远地区"}
VOLTAGE_LABELS = {Voltage.LOW: "低压", Voltage.HIGH: "高压", Voltage.UNSURE: "不确定"}
HAZARD_LABELS = {
    Hazard.NONE: "无",
    Hazard.POLE_DOWN: "倒杆",
    Hazard.POLE_BASE: "杆基塌陷",
    Hazard.WIRE_BROKEN: "断线",
    Hazard.WIRE_LOW: "线路低垂跨路",
    Hazard.SHOCK: "漏电触电",
    Hazard.FIRE: "冒火起火",
}
SIDE_LABELS = {Side.UNKNOWN: "未判明", Side.UTILITY: "供电企业产权", Side.CUSTOMER: "客户产权"}
CALL_OUTCOME_LABELS = {
    CallOutcome.KEPT: "已留存待处理",
    CallOutcome.CASE: "已立单",
    CallOutcome.ANSWERED: "当场答复",
    CallOutcome.OUTAGE: "停电告知",
    CallOutcome.JOINED: "并入已有诉求",
    CallOutcome.URGED: "催办",
    CallOutcome.LISTENED: "倾听（已最终答复）",
}
OUTCOME_LABELS = {
    Outcome.NONE: "",
    Outcome.SATISFIED: "满意",
    Outcome.FAIR: "基本满意",
    Outcome.UNREACHABLE: "多次回访未接通",
    Outcome.NO_CALL_BACK: "无需回访",
    Outcome.ANSWERED: "当场答复",
    Outcome.FINAL: "最终答复",
    Outcome.VOID: "作废",
}
PURPOSE_LABELS = {
    Purpose.ACCEPTED: "接单后联系",
    Purpose.ON_THE_WAY: "到达前联系",
    Purpose.REPAIRED: "修复后联系",
    Purpose.REVIEW: "回访",
}
RESULT_LABELS = {
    CallResult.SATISFIED: "满意",
    CallResult.FAIR: "基本满意",
    CallResult.DISSATISFIED: "不满意",
    CallResult.REACHED: "已联系上",
    CallResult.NO_ANSWER: "无人接听",
    CallResult.BUSY: "占线/关机",
    CallResult.WRONG_NUMBER: "号码有误",
    CallResult.DECLINED: "不愿接受回访",
}
PROMISE_LABELS = {
    PromiseState.OPEN: "待兑现",
    PromiseState.KEPT: "已兑现",
    PromiseState.BROKEN: "逾期未兑现",
    PromiseState.MOVED: "已改期",
    PromiseState.RELEASED: "已解除",
}
LINK_LABELS = {
    LinkKind.SAME_MATTER: "同一事项",
    LinkKind.REPEAT: "重复致电",
    LinkKind.REOPENED: "修后再报",
    LinkKind.OVERRIDDEN: "人工判为不同事项",
}
HELPER_LABELS = {
    Helper.ELECTRICIAN: "物业电工",
    Helper.VILLAGE: "村小组长",
    Helper.GRID: "网格员",
    Helper.DUTY: "值班人员",
    Helper.STATION: "供电所长",
}
TRY_LABELS = {
    TryResult.WAITING: "等待应答",
    TryResult.REACHED: "已联系上",
    TryResult.NO_ANSWER: "未接通",
    TryResult.TIMED_OUT: "超时未应答",
}
