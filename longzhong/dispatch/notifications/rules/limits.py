"""When and how often people may be reached (免打扰、频次), as policies `notices.*`; times of day in Asia/Shanghai."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

CST = timezone(timedelta(hours=8))  # China keeps no summer time


@dataclass(frozen=True)
class NoticeLimits:
    """Quiet hours from–to (0–24, may run over midnight; equal: none), messages a phone a day, parts a message, asks."""

    quiet_from_h: int = 21
    quiet_to_h: int = 8
    daily_per_phone: int = 5
    sms_parts: int = 4
    uncertain_asks: int = 5
    closing_silent: tuple[str, ...] = ("billing", "marketing")  # purposes that an account being closed gets nothing of


def is_quiet(at: datetime, limits: NoticeLimits) -> bool:
    """Whether a moment lies in the quiet hours."""
    hour, first, last = at.astimezone(CST).hour, limits.quiet_from_h % 24, limits.quiet_to_h % 24
    if first <= last:
        return first <= hour < last
    return hour >= first or hour < last


def next_open(at: datetime, limits: NoticeLimits) -> datetime:
    """The first moment from `at` on that isn't quiet."""
    if not is_quiet(at, limits):
        return at
    local = at.astimezone(CST)
    end = local.replace(hour=limits.quiet_to_h % 24, minute=0, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)
