"""Why a notice is sent, and what that allows (PIPL 13–14; 通信短信息服务管理规定: marketing needs consent and a way out).

Service notices (停电、缴费、工单) rest on the supply contract and need no consent, but a contact who wants not to be reached
isn't. Bills (电费通知) are a purpose of their own: an account that is being closed gets none (S0-38). An emergency goes to
everybody, at any hour. Marketing asks for the consent 停电和电费以外的通知.
"""

from dataclasses import dataclass
from enum import StrEnum

from longzhong.register.customers.rules.contacts import Purpose as Consented


class Purpose(StrEnum):
    SERVICE = "service"
    BILLING = "billing"
    EMERGENCY = "emergency"
    MARKETING = "marketing"


@dataclass(frozen=True)
class PurposeRow:
    """`urgent`: at night, to those who asked not to be reached, and beyond the daily limit; `rank`: who goes first."""

    words: str
    consent: Consented | None
    urgent: bool
    unsubscribe: bool
    rank: int


PURPOSES = {
    Purpose.EMERGENCY: PurposeRow("紧急通知", None, True, False, 0),
    Purpose.SERVICE: PurposeRow("服务通知", None, False, False, 1),
    Purpose.BILLING: PurposeRow("电费通知", None, False, False, 1),
    Purpose.MARKETING: PurposeRow("推广告知", Consented.NOTICE, False, True, 2),
}
UNSUBSCRIBE = "拒收请回复R"
