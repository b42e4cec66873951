"""The words of telling people about an outage (停电告知): what is told, to whom, and how a paper was handed over.

S2-20 重要客户书面通知, S2-21 居民公告张贴到社区, S4-29 多渠道精准发布.
REFERENCE §3.1: 停电区域、停电线路、停电时间 (供电监管办法第 13 条, F2).
"""

from enum import StrEnum

READERS = ("grid", "desk", "crew", "station", "quality", "dept", "leader", "auditor")
TELLERS = ("desk", "station", "quality")
"""Who tells: the same people who compose notices (notifications.rules.COMPOSERS)."""
SERVERS = ("grid", "station")
"""Who goes there: the manager of the cell, or the station's head."""
KEEPERS = ("station", "quality")
"""Who keeps the robots of partners' groups, hands errands to somebody else, and calls them off."""


class Tale(StrEnum):
    """What is told."""

    PLAN = "plan"
    CHANGE = "change"
    POSTPONE = "postpone"
    DELAY = "delay"
    FAULT = "fault"
    RESTORED = "restored"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Who is told: the first three by message, the last two by somebody who goes there."""

    ACCOUNTS = "accounts"
    LEADERS = "leaders"
    PARTNERS = "partners"
    PAPERS = "papers"
    POSTINGS = "postings"


class Errand(StrEnum):
    WRITTEN = "written"
    POSTING = "posting"


class Receipt(StrEnum):
    """How a written notice was handed over; refused and absent ones are left there, with a witness or a photo."""

    SIGNED = "signed"
    AGENT = "agent"
    REFUSED = "refused"
    ABSENT = "absent"


class Outcome(StrEnum):
    """What became of a suggestion."""

    NONE = ""
    TOLD = "told"
    DROPPED = "dropped"
    REPLACED = "replaced"


TALE_LABELS = {
    Tale.PLAN: "停电预告", Tale.CHANGE: "计划变更", Tale.POSTPONE: "延期", Tale.DELAY: "延迟送电", Tale.FAULT: "故障停电",
    Tale.RESTORED: "恢复送电", Tale.CANCELLED: "取消停电",
}  # fmt: skip
AUDIENCE_LABELS = {
    Audience.ACCOUNTS: "受影响客户", Audience.LEADERS: "村/社区和村小组联系人", Audience.PARTNERS: "物业和告知群",
    Audience.PAPERS: "重要客户书面通知", Audience.POSTINGS: "社区公告张贴",
}  # fmt: skip
ERRAND_LABELS = {Errand.WRITTEN: "书面通知", Errand.POSTING: "公告张贴"}
RECEIPT_LABELS = {
    Receipt.SIGNED: "本人或单位签收", Receipt.AGENT: "代收人签收", Receipt.REFUSED: "拒收，见证后留置",
    Receipt.ABSENT: "无人，留置门口",
}  # fmt: skip
BY_MESSAGE = (Audience.ACCOUNTS, Audience.LEADERS, Audience.PARTNERS)
BY_HAND = (Audience.PAPERS, Audience.POSTINGS)
ON_PAPER = (Tale.PLAN, Tale.CHANGE, Tale.POSTPONE, Tale.CANCELLED)
"""What is served and posted: a running outage is told faster than anybody can walk."""
