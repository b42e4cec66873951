"""What words may say about a matter besides its category: mood, secrecy, urgency, root cause. Codes are stored by the hotline.

Sources: REFERENCE §1.4 (attributes of a live system, F2), §1.3 with S2-04 (five causes), S3-12 (danger to life is most urgent).
"""

from enum import IntEnum, StrEnum


class Mood(StrEnum):
    """客户情绪."""

    CALM = "calm"
    EXCITED = "excited"
    FURIOUS = "furious"


class Secrecy(StrEnum):
    """保密方式; OPEN: nothing was asked for."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Urgency(IntEnum):
    """紧急程度: 1 is the most urgent; work orders take it as their priority. P1 is danger to life (三最, S3-12)."""

    URGENT = 1
    HIGH = 2
    NORMAL = 3


class RootCause(StrEnum):
    """The five causes of complaints (五大主因, S2-04)."""

    ATTITUDE = "attitude"
    KNOWLEDGE = "knowledge"
    UNFAMILIAR = "unfamiliar"
    SUPPLY = "supply"
    TEMPER = "temper"


MOOD_LABELS = {Mood.CALM: "一般", Mood.EXCITED: "激动", Mood.FURIOUS: "非常激动"}
SECRECY_LABELS = {Secrecy.OPEN: "不保密", Secrecy.CONFIDENTIAL: "保密", Secrecy.ANONYMOUS: "匿名"}
URGENCY_LABELS = {Urgency.URGENT: "紧急", Urgency.HIGH: "重要", Urgency.NORMAL: "一般"}
CAUSE_LABELS = {
    RootCause.ATTITUDE: "服务态度",
    RootCause.KNOWLEDGE: "业务技能",
    RootCause.UNFAMILIAR: "客户不了解政策流程",
    RootCause.SUPPLY: "供电质量与停电",
    RootCause.TEMPER: "客户性格情绪",
}
