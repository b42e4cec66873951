"""When a filing is in time (报备在前), how long it may hold, and until when a misused right is suspended.

A filing comes before the matter: submitted its lead before its begin. After that it is late (补报): only with a reason, only within
`late_most_h` of the begin, and only a role of `filings.late_roles` accepts it. Limits are ours (U) but the months (§1.7, F2).
"""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from longzhong.cases.filings.rules.words import Kind


@dataclass(frozen=True)
class Limits:
    """Policies `filings.*`: hours of lead, days of span, hours of lateness, months of suspension, storm counts."""

    storm_lead_h: float = 0
    media_lead_h: float = 0
    demand_lead_h: float = 0
    event_lead_h: float = 24
    storm_most_d: int = 7
    media_most_d: int = 30
    demand_most_d: int = 180
    event_most_d: int = 15
    late_most_h: float = 72
    suspend_least_months: int = 1
    suspend_most_months: int = 3
    storm_faults: int = 5
    storm_hours: float = 6

    def lead(self, kind: Kind) -> timedelta:
        hours = {
            Kind.STORM: self.storm_lead_h, Kind.MEDIA: self.media_lead_h, Kind.DEMAND: self.demand_lead_h,
            Kind.EVENT: self.event_lead_h,
        }  # fmt: skip
        return timedelta(hours=hours[kind])

    def longest(self, kind: Kind) -> timedelta:
        days = {
            Kind.STORM: self.storm_most_d, Kind.MEDIA: self.media_most_d, Kind.DEMAND: self.demand_most_d,
            Kind.EVENT: self.event_most_d,
        }  # fmt: skip
        return timedelta(days=days[kind])


class Timing(StrEnum):
    AHEAD = "ahead"
    LATE = "late"
    TOO_LATE = "too_late"


def timing(kind: Kind, begins_at: datetime, submitted_at: datetime, limits: Limits) -> Timing:
    """Whether a submission is ahead of its matter; the last moment of the lead still is."""
    if submitted_at <= begins_at - limits.lead(kind):
        return Timing.AHEAD
    most = begins_at + timedelta(hours=limits.late_most_h)
    return Timing.LATE if submitted_at <= most else Timing.TOO_LATE


def span_fits(kind: Kind, begins_at: datetime, ends_at: datetime, limits: Limits) -> bool:
    """Whether a span isn't longer than its kind allows."""
    return ends_at - begins_at <= limits.longest(kind)


def months_later(at: datetime, months: int) -> datetime:
    """The same day so many months later, or that month's last: 31 January + 1 month is 28 February."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


def months_allowed(months: int, limits: Limits) -> bool:
    """Whether a suspension is as long as the policy says (REFERENCE §1.7: 1–3 months)."""
    return limits.suspend_least_months <= months <= limits.suspend_most_months
