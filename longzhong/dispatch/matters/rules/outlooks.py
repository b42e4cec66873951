"""An expected end in words (预计): the middle, and the interval in which most come out; never one moment without the other."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.register.org.rules.hours import CST


@dataclass(frozen=True)
class NewOutlook:
    """What a higher floor concluded about a matter's end; `stage` in words ("已到场"), `reasons` in sentences."""

    stage: str
    low_at: datetime
    middle_at: datetime
    high_at: datetime
    reasons: tuple[str, ...] = ()


def expected_words(low: datetime, middle: datetime, high: datetime, at: datetime) -> str:
    """ "18:10 前后，多数在 16:40–19:30 之间"; another day than today's is named."""
    return f"{clock_words(middle, at)} 前后，多数在 {between_words(low, high, at)} 之间"


def between_words(low: datetime, high: datetime, at: datetime) -> str:
    """ "16:40–19:30", "23:10–11月23日 02:00"."""
    first, last = low.astimezone(CST), high.astimezone(CST)
    end = f"{last:%H:%M}" if first.date() == last.date() else clock_words(high, low)
    return f"{clock_words(low, at)}–{end}"


def clock_words(moment: datetime, at: datetime) -> str:
    """ "18:10" today, else "11月23日 18:10"; in the county's time."""
    local = moment.astimezone(CST)
    return (
        f"{local:%H:%M}" if local.date() == at.astimezone(CST).date() else f"{local.month}月{local.day}日 {local:%H:%M}"
    )
