"""Words of closures (销户): why an account is closed, how the wish came, what a household's transfer is, where a paper is told.

REFERENCE §5.2 (F seed 000; M 供电营业规则 1996 §33; F2 bankruptcy), §2.7 (一次性告知, 一证受理, 免填单).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Ground(StrEnum):
    """Why an account is to be closed. IDLE and BANKRUPT are the utility's own acts (供电企业主动终止)."""

    OWN = "own"
    DEMOLITION = "demolition"
    IDLE = "idle"
    BANKRUPT = "bankrupt"


class Channel(StrEnum):
    """How the wish reached us. VERBAL is a wish only: nothing is applied for (seed 000)."""

    HALL = "hall"
    VERBAL = "verbal"
    PHONE = "phone"
    VISIT = "visit"
    ONLINE = "online"
    OFFICE = "office"


class Transfer(StrEnum):
    """What a household of a demolition does instead of closing (改类/过户)."""

    OWNER = "owner"
    RENAME = "rename"
    RECLASS = "reclass"
    MOVE = "move"


class Way(StrEnum):
    """How the customer was contacted, and how a list was handed over."""

    HALL = "hall"
    PHONE = "phone"
    VISIT = "visit"
    PRINT = "print"
    MESSAGE = "message"


GROUND_LABELS = {
    Ground.OWN: "客户申请",
    Ground.DEMOLITION: "拆迁",
    Ground.IDLE: "连续不用电",
    Ground.BANKRUPT: "客户破产",
}
CHANNEL_LABELS = {
    Channel.HALL: "营业厅",
    Channel.VERBAL: "口头提出",
    Channel.PHONE: "电话",
    Channel.VISIT: "上门",
    Channel.ONLINE: "网上",
    Channel.OFFICE: "供电企业提出",
}
TRANSFER_LABELS = {
    Transfer.OWNER: "过户",
    Transfer.RENAME: "更名",
    Transfer.RECLASS: "改类",
    Transfer.MOVE: "迁址",
}
WAY_LABELS = {
    Way.HALL: "营业厅当面",
    Way.PHONE: "电话",
    Way.VISIT: "上门",
    Way.PRINT: "打印书面告知单",
    Way.MESSAGE: "短信",
}
CONTACT_WAYS = (Way.HALL, Way.PHONE, Way.VISIT)
TELL_WAYS = (Way.PRINT, Way.HALL, Way.VISIT, Way.PHONE, Way.MESSAGE)
TOLD_BY = {
    Channel.HALL: Way.PRINT, Channel.VERBAL: Way.HALL, Channel.PHONE: Way.PHONE, Channel.VISIT: Way.VISIT,
    Channel.ONLINE: Way.MESSAGE, Channel.OFFICE: Way.PRINT,
}  # fmt: skip
ABOUT_CLOSING = frozenset({"enquiry.change", "complaint.business.change_steps"})
"""Categories of the 95598 tree under which a customer asks for a closure, or complains that one isn't done."""
OF_CUSTOMER = (Ground.OWN, Ground.DEMOLITION)
OF_UTILITY = (Ground.IDLE, Ground.BANKRUPT)


@dataclass(frozen=True, kw_only=True)
class NewClosure:
    """A closure to begin. `shown` "": a wish only, nothing is applied for.

    `signed`: the commitment letter (承诺书) for what is brought later was signed. `idle_since_on`: the last day of use;
    `suspended`: use was suspended by agreement (暂停) since. `case_number`: the hotline case it came from.
    """

    ground: str = Ground.OWN
    channel: str = Channel.HALL
    shown: str = ""
    agent: bool = False
    signed: bool = False
    idle_since_on: date | None = None
    suspended: bool = False
    case_number: str = ""
    next_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read."""

    note: str = ""
    reason: str = ""
    way: str = ""
    next_on: date | None = None
    shown: str = ""
    agent: bool = False
    signed: bool = False
    paper: str = ""
    kwh: str = ""
    removed: bool = False
    yuan: str = ""
    receipt: str = ""
    staff: str = ""
    kind: str = ""
