"""How long before they begin planned outages are announced (停电预告), and who has had too many of them.

《电力供应与使用条例》第 28 条 (REFERENCE §3.1, F): a planned maintenance outage is announced seven days ahead; of a temporary one
the important users are told 24 hours ahead. Faults and shortage follow other rules. Days are civil days: what is announced on the
2nd may begin on the 9th. Repetition (重复停电): the same area again within the window is a warning, not a refusal (ours, U).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.sensing.outages.rules.words import Kind


@dataclass(frozen=True)
class Duties:
    """The limits under `outage.*` that the pool keeps: days, hours, minutes, numbers as the names say."""

    planned_notice_d: float = 7
    temp_notice_h: float = 24
    delay_notice_min: float = 30
    write_back_min: float = 10
    repeat_window_d: float = 60
    repeat_n: float = 2


@dataclass(frozen=True)
class Gate:
    """Until when a plan had to be announced (None: whenever), and whether it is too late for that."""

    latest: datetime | None
    short: bool
    words: str


def gate(kind: Kind, starts_at: datetime, important: int, at: datetime, duties: Duties) -> Gate:
    """Whether a plan that is announced at `at` is announced early enough; `important` counts its important accounts."""
    begins = starts_at.astimezone(at.tzinfo)
    if kind is Kind.PLANNED:
        ahead = (begins.date() - at.date()).days
        midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
        latest = midnight - timedelta(days=duties.planned_notice_d - 1)  # the end of the last day that does
        short = ahead < duties.planned_notice_d
        return Gate(latest, short, f"计划停电须提前 {duties.planned_notice_d:g} 天公告，现在提前 {max(ahead, 0)} 天")
    if kind is Kind.TEMPORARY and important:
        hours = (begins - at) / timedelta(hours=1)
        latest = begins - timedelta(hours=duties.temp_notice_h)
        need = f"临时停电须提前 {duties.temp_notice_h:g} 小时通知 {important} 户重要客户"
        return Gate(latest, hours < duties.temp_notice_h, f"{need}，现在提前 {max(hours, 0):.0f} 小时")
    return Gate(None, False, "这类停电没有提前公告期限")


@dataclass(frozen=True)
class Repeats:
    """How many areas, with how many accounts, would be off at least `n` times within the window; `most`: the worst area's times."""

    areas: int = 0
    accounts: int = 0
    most: int = 0
    window_d: float = 60

    @property
    def any(self) -> bool:
        return self.areas > 0


def repeats(times: Mapping[int, int], accounts: Mapping[int, int], duties: Duties) -> Repeats:
    """`times`: other outages of each area within the window; `accounts`: the accounts of each area of the plan."""
    counted = {area: times.get(area, 0) + 1 for area in accounts}
    often = [area for area, n in counted.items() if n >= duties.repeat_n and n > 1]
    most = max((counted[area] for area in often), default=0)
    return Repeats(len(often), sum(accounts[area] for area in often), most, duties.repeat_window_d)


def is_harder(old_start: datetime, new_start: datetime, *, adds_areas: bool) -> bool:
    """Whether a change hits customers sooner than they were told, or some who were told nothing: then the gate is asked again."""
    return new_start < old_start or adds_areas


def is_notice_late(was: datetime | None, at: datetime, duties: Duties) -> bool:
    """Whether a delay is announced later than the duty says before the end that customers know (延迟送电公告)."""
    return was is not None and at > was - timedelta(minutes=duties.delay_notice_min)


def customer_hours(accounts: int, start: datetime, end: datetime) -> float:
    """Customer-hours (停电时户数) that an outage takes: what SAIDI sums."""
    return round(accounts * ((end - start) / timedelta(hours=1)), 1)
