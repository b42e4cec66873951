"""Which clocks a case starts with (时限): a table of type, class and channel → clock and policy key.

Sources: REFERENCE §2.3 (投诉、举报、意见、12345、12398), §2.4 (服务申请), §2.5 (抢修派单), §2.6; S3-12 (最短时间: 隐患一级).
A confidential caller (保密) is not called, so nobody has a time limit for calling; an anonymous one can't be (§2.3).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.cases.hotline.rules.words import CaseType, Channel, Secrecy
from longzhong.dispatch.matters.rules.counting import Limit, Measure

DISPATCH, CONTACT, REPLY, ANSWER = "dispatch", "contact", "reply", "answer"
ONSITE, RESTORE, CLOSE, EXTERNAL = "onsite", "restore", "close", "external"
CLOCK_LABELS = {
    DISPATCH: "派单",
    CONTACT: "首次联系客户",
    REPLY: "处理并回单",
    ANSWER: "答复客户",
    ONSITE: "到场核实",
    RESTORE: "恢复供电",
    CLOSE: "渠道办结",
    EXTERNAL: "来单要求时限",
}
HAZARD_KEY = "hotline.hazard_dispatch_min"
DISPATCH_KEY = "hotline.dispatch_min"


@dataclass(frozen=True)
class Planned:
    """A clock to start: its name, and the policy that limits it; "" where the incoming order itself set the deadline."""

    name: str
    policy_key: str = ""

    @property
    def label(self) -> str:
        return CLOCK_LABELS[self.name]


BY_TYPE: dict[CaseType, tuple[Planned, ...]] = {
    CaseType.REPAIR: (Planned(DISPATCH, "repair.dispatch_min"),),
    CaseType.COMPLAINT: (
        Planned(DISPATCH, "complaint.dispatch_min"),
        Planned(CONTACT, "complaint.first_contact_h"),
        Planned(REPLY, "complaint.reply_wd"),
        Planned(ANSWER, "complaint.customer_answer_wd"),
    ),
    CaseType.REPORT: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "report.reply_wd")),
    CaseType.OPINION: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "opinion.reply_wd")),
    CaseType.SUGGESTION: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "opinion.reply_wd")),
    CaseType.ENQUIRY: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "enquiry.reply_wd")),
    CaseType.QUERY: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "enquiry.reply_wd")),
    CaseType.PRAISE: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "hotline.praise_wd")),
    CaseType.OTHER: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "enquiry.reply_wd")),
    CaseType.APPLICATION: (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "service.other_wd")),
}
BY_CLASS: dict[str, tuple[Planned, ...]] = {
    "application.reconnect": (Planned(DISPATCH, DISPATCH_KEY), Planned(RESTORE, "service.reconnect_h")),
    "application.appliance": (Planned(DISPATCH, DISPATCH_KEY), Planned(ONSITE, "service.appliance_onsite_h")),
    "application.meter": (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "service.meter_fault_wd")),
    "application.reading": (Planned(DISPATCH, DISPATCH_KEY), Planned(REPLY, "service.read_anomaly_wd")),
    "application.charging": (Planned(DISPATCH, DISPATCH_KEY), Planned(ONSITE, "hotline.charging_onsite_min")),
}
AFTERWARDS: dict[str, Planned] = {
    "application.reconnect": Planned(REPLY, "service.reconnect_reply_wd"),
    "application.appliance": Planned(REPLY, "service.appliance_reply_wd"),
    "application.charging": Planned(REPLY, "hotline.charging_reply_h"),
}
"""The clock that starts once the first stage (复电、到场) is done, by class (§2.4)."""
BY_CHANNEL: dict[Channel, Planned] = {
    Channel.GOV_12345: Planned(CLOSE, "ch12345.close_d"),
    Channel.REGULATOR_12398: Planned(CLOSE, "ch12398.close_wd"),
    Channel.CONDUCT: Planned(CLOSE, "other.close_d"),
}


def clocks_of(
    type_: CaseType, code: str, channel: Channel, *, secrecy: Secrecy, hazard: bool, external: bool
) -> tuple[Planned, ...]:
    """The clocks that a new case of a category (`code`, dotted) starts with; never none."""
    rows = BY_CLASS.get(".".join(code.split(".")[:2]), BY_TYPE[type_])
    plan = [row for row in rows if row.name != CONTACT or secrecy is Secrecy.OPEN]
    if hazard:
        plan = [Planned(DISPATCH, HAZARD_KEY), *(row for row in plan if row.name != DISPATCH)]
    if channel in BY_CHANNEL:
        plan.append(BY_CHANNEL[channel])
    if external:
        plan.append(Planned(EXTERNAL))
    return tuple(plan)


def limit_until(started_at: datetime, due_at: datetime) -> Limit:
    """A deadline as a limit in minutes from the start; one already past leaves one minute, so that it shows as late."""
    return Limit(max((due_at - started_at) / timedelta(minutes=1), 1.0), Measure.MINUTES)
