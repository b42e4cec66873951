"""The one clock of the house. Nobody else asks what time it is.

A production county lives in real time. A demo county has a time of its own, kept in one database row that web, workers and sweeps
share; it runs on from where it stopped.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from longzhong.kit.models import CountyClock

CST = ZoneInfo("Asia/Shanghai")
REREAD_S = 1.0  # another process's change of the county's time is seen after this long at the latest

_frozen: list[datetime] = []
_row: tuple[float, CountyClock | None] | None = None


def real_now() -> datetime:
    """The machine's own time: only for retries, time-outs and sessions, never for business."""
    return datetime.now(UTC)


def now() -> datetime:
    """The county's time, aware, in Asia/Shanghai."""
    if _frozen:
        return _frozen[-1]
    row = _county_row()
    if row is None:
        return real_now().astimezone(CST)
    return (row.county_at + (real_now() - row.real_at) * row.speed).astimezone(CST)


def today() -> date:
    """The county's civil day."""
    return now().date()


def set_county_time(at: datetime, speed: float = 1.0) -> None:
    """Give the county a time of its own (demo counties only); never backwards."""
    row = CountyClock.objects.filter(pk=1).first()
    if row is not None and at < row.county_at:
        raise ValueError(f"the county's clock stands at {row.county_at} and doesn't go back to {at}")
    CountyClock.objects.update_or_create(pk=1, defaults={"real_at": real_now(), "county_at": at, "speed": speed})
    forget()


def stop_county_time() -> None:
    """Keep the present county time over a stop of the house; nothing without a county's own time."""
    forget()
    CountyClock.objects.filter(pk=1).update(county_at=now(), real_at=real_now(), speed=0.0)
    forget()


def resume_county_time(speed: float = 1.0) -> None:
    """Let a county's own time run on from where it was last written down, whether the house was stopped or killed."""
    CountyClock.objects.filter(pk=1).update(real_at=real_now(), speed=speed)
    forget()


def note_county_time() -> None:
    """Write the running time down, so that a kill loses no more than the time since."""
    forget()
    CountyClock.objects.filter(pk=1).exclude(speed=0.0).update(county_at=now(), real_at=real_now())
    forget()


def forget() -> None:
    """Read the row again at the next call."""
    global _row
    _row = None


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the time of this process still (tests, and building a demo county)."""
    _frozen.append(at.astimezone(CST))
    try:
        yield
    finally:
        _frozen.pop()


def day_start(day: date) -> datetime:
    """00:00 of a civil day."""
    return datetime(day.year, day.month, day.day, tzinfo=CST)


def civil_day(at: datetime) -> date:
    """The civil day (UTC+8) of a moment."""
    return at.astimezone(CST).date()


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every civil day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _county_row() -> CountyClock | None:
    global _row
    if _row is None or time.monotonic() - _row[0] > REREAD_S:
        _row = (time.monotonic(), CountyClock.objects.filter(pk=1).first())
    return _row[1]
