"""When a closure may take its next step (销户条件): one table of checks with stable codes, read by page, service and test.

User-initiated: stop all use, bring what the list names, settle the bills, have the meter removed (REFERENCE §5.2 F seed).
Utility-initiated: six consecutive months without use and no suspension (供电营业规则 1996 §33, M), or bankruptcy (F2).
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from longzhong.cases.closures.rules.words import Ground


@dataclass(frozen=True)
class Limits:
    """Policies `closure.*`. Days are civil days."""

    idle_months: int = 6
    contact_d: int = 7
    contact_most_d: int = 30
    defer: bool = True
    wish_marks: bool = True


@dataclass(frozen=True)
class Facts:
    """What is known of a closure when its next step is asked for."""

    ground: str
    day: date
    missing: Collection[str] = ()
    signed: bool = False
    shown: str = ""
    idle_since_on: date | None = None
    suspended: bool = False
    meter_removed: bool = False
    settled: bool = False


REFUSALS = {
    "papers_missing": "材料还没有齐，客户也没有签后补承诺书",
    "papers_open": "还有承诺后补的材料没有带来，不能办结",
    "idle_unknown": "请写明从哪一天起不用电",
    "idle_too_short": "连续不用电的时间还不够，不能由供电企业终止",
    "idle_suspended": "客户办了暂停用电，暂停期间不计入不用电时间，不能终止",
    "meter_not_removed": "电能表还没有拆除，不能办结",
    "not_settled": "电费还没有结清，不能办结",
}


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month (民法典 202)."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(day.day, last))


def may_begin(facts: Facts, limits: Limits) -> str:
    """Why the utility may not begin this closure; "" where it may. A customer may always."""
    if facts.ground != Ground.IDLE:
        return ""
    if facts.idle_since_on is None or facts.idle_since_on > facts.day:
        return "idle_unknown"
    if facts.suspended:
        return "idle_suspended"
    return "idle_too_short" if facts.day < months_after(facts.idle_since_on, limits.idle_months) else ""


def may_pass_on(facts: Facts, limits: Limits) -> str:
    """Why the meter may not be read for the last time yet."""
    return "papers_missing" if facts.missing and not (limits.defer and facts.signed and facts.shown) else ""


def may_close(facts: Facts) -> str:
    """Why it may not be closed yet."""
    if facts.missing:
        return "papers_open"
    if not facts.meter_removed:
        return "meter_not_removed"
    return "" if facts.settled else "not_settled"


def next_on_fault(next_on: date | None, day: date, limits: Limits) -> bool:
    """Whether a next contact day lies in the past or further off than the policy allows."""
    return next_on is not None and not 0 <= (next_on - day).days <= limits.contact_most_d


def amount(text: str) -> Decimal | None:
    """A number with at most two decimals, not below nothing; None where it is none. Full-width digits are read."""
    try:
        value = Decimal(unicodedata.normalize("NFKC", text).strip().replace(",", ""))
    except InvalidOperation:
        return None
    if not value.is_finite() or value < 0 or value >= Decimal(10) ** 9 or value != round(value, 2):
        return None
    return value
