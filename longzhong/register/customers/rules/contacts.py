"""Who may be called about an account, how they want to be reached, and what they agreed to.

A contact is not the account: a tenant, a neighbour, the estate's electrician. Consent (同意) is given for one purpose
and can be withdrawn at any time (PIPL 15). Purposes that hand data to somebody else or touch health need a separate
consent (单独同意, PIPL 23, 29): a tick together with other terms doesn't count. Calls needed by the supply contract
itself rest on the contract (PIPL 13) and need none.
"""

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"
    NEIGHBOUR = "neighbour"
    ESTATE = "estate"
    COMMITTEE = "committee"
    AGENT = "agent"
    OTHER = "other"


class Preference(StrEnum):
    PHONE = "phone"
    MESSAGE = "message"
    VISIT = "visit"
    EVENING = "evening"
    NEVER = "never"


class Purpose(StrEnum):
    NOTICE = "notice"
    VISIT = "visit"
    SURVEY = "survey"
    SHARE_ESTATE = "share_estate"
    SHARE_COMMUNITY = "share_community"
    HEALTH = "health"


@dataclass(frozen=True)
class PurposeRow:
    words: str
    separate: bool
    why: str


RELATION_WORDS = {
    Relation.OWNER: "户主", Relation.FAMILY: "家人", Relation.TENANT: "租户", Relation.NEIGHBOUR: "邻居",
    Relation.ESTATE: "物业", Relation.COMMITTEE: "村/社区", Relation.AGENT: "经办人", Relation.OTHER: "其他",
}  # fmt: skip
PREFERENCE_WORDS = {
    Preference.PHONE: "电话", Preference.MESSAGE: "短信", Preference.VISIT: "上门",
    Preference.EVENING: "晚上或周末再打", Preference.NEVER: "不要联系",
}  # fmt: skip
PURPOSES = {
    Purpose.NOTICE: PurposeRow("停电和电费以外的通知", False, "PIPL 13、14"),
    Purpose.VISIT: PurposeRow("上门走访建档", False, "PIPL 13、14"),
    Purpose.SURVEY: PurposeRow("满意度回访", False, "PIPL 13、14"),
    Purpose.SHARE_ESTATE: PurposeRow("向物业提供联系方式", True, "PIPL 23 单独同意"),
    Purpose.SHARE_COMMUNITY: PurposeRow("向社区/村委提供联系方式", True, "PIPL 23 单独同意"),
    Purpose.HEALTH: PurposeRow("记录健康、特殊困难情况", True, "PIPL 28–29 单独同意"),
}


def needs_separate(purpose: Purpose) -> bool:
    """Whether only a separate consent counts for the purpose."""
    return PURPOSES[purpose].separate
