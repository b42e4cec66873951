"""How a time limit is counted (时限计量): which moments run, and at which moment a limit is used up.

Minutes and hours (分钟、小时) run from the start, always. Calendar days and working days (日、工作日) follow 《民法典》 201–203:
the day of the start isn't counted, the last day ends at 24:00; working days skip weekends and holidays and include make-up
Saturdays (调休上班). Working minutes (工作分钟) run only within office hours, lunch break out. A pause (挂起) stops every measure.
One definition serves all: a limit is used up at the earliest moment at which the counted time reaches its budget.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from longzhong.register.org.rules.hours import CST, OFFICE_HOURS, Hours

DAY = timedelta(days=1)
HORIZON_DAYS = 3660  # a limit not used up within ten years is a mistake, not a deadline


class Measure(StrEnum):
    """The codes of the policies' units of measure that are times."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"
    WORKING_DAYS = "wd"
    WORKING_MINUTES = "wmin"
    WORKING_HOURS = "wh"


BY_DAY = frozenset({Measure.DAYS, Measure.WORKING_DAYS})
BY_OFFICE = frozenset({Measure.WORKING_MINUTES, Measure.WORKING_HOURS})
BY_CALENDAR = BY_OFFICE | {Measure.WORKING_DAYS}
IN_HOURS = frozenset({Measure.HOURS, Measure.WORKING_HOURS})


class Days(Protocol):
    """What counting asks of a working calendar (org.rules.Calendar, `assuming()`)."""

    @property
    def known_until(self) -> date:
        """The last day of which holidays and make-up days are published."""

    def is_working(self, day: date) -> bool:
        """Whether people work on that day; past `known_until` as far as can be assumed."""


@dataclass(frozen=True)
class Limit:
    """A budget of time: `value` of `measure`; office hours matter to working minutes and hours only."""

    value: float
    measure: Measure
    office: Hours = OFFICE_HOURS

    def __post_init__(self) -> None:
        if not self.value > 0:
            raise ValueError("a time limit is more than nothing")

    @property
    def budget(self) -> timedelta:
        """The counted time that the limit allows."""
        if self.measure in BY_DAY:
            return timedelta(days=self.value)
        return timedelta(hours=self.value) if self.measure in IN_HOURS else timedelta(minutes=self.value)


@dataclass(frozen=True)
class Pause:
    """A stretch that doesn't count, [from_at, to_at); still open while `to_at` is None."""

    from_at: datetime
    to_at: datetime | None
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """A limit, running since its original start, less its pauses (in order, not overlapping)."""

    limit: Limit
    started_at: datetime
    pauses: tuple[Pause, ...] = field(default=())


def elapsed(run: Run, calendar: Days, at: datetime) -> timedelta:
    """The counted time from the start until `at`."""
    total = timedelta()
    for begin, end in _stretches(run, calendar):
        if begin >= at:
            break
        total += min(end, at) - begin
    return total


def instant(run: Run, calendar: Days, need: timedelta) -> datetime | None:
    """The earliest moment at which the counted time reaches `need`; None while an open pause keeps it from being known."""
    left = need
    if left <= timedelta():
        return run.started_at
    for begin, end in _stretches(run, calendar):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def due_at(run: Run, calendar: Days) -> datetime | None:
    """The deadline; None while the clock stands still with time left."""
    return instant(run, calendar, run.limit.budget)


def is_provisional(run: Run, calendar: Days, due: datetime | None) -> bool:
    """Whether the deadline leans on days of which no holidays are published yet."""
    if run.limit.measure not in BY_CALENDAR or due is None:
        return False
    last = (due - timedelta(microseconds=1)).astimezone(CST).date()
    return last > calendar.known_until


def counted_from(run: Run) -> datetime:
    """The first moment that can count: the start itself, or for days the midnight after it."""
    if run.limit.measure not in BY_DAY:
        return run.started_at
    return midnight(run.started_at.astimezone(CST).date() + DAY)


def midnight(day: date) -> datetime:
    """00:00 of a civil day."""
    return datetime.combine(day, time(), CST)


def _stretches(run: Run, calendar: Days) -> Iterator[tuple[datetime, datetime]]:
    """The counted stretches in order; ends at an open pause."""
    first = counted_from(run)
    day = first.astimezone(CST).date()
    for offset in range(HORIZON_DAYS):
        for begin, end in _windows(run.limit, day + offset * DAY, calendar):
            if end > first:
                yield from _less_pauses(max(begin, first), end, run.pauses)
                if _stands_still(run.pauses, end):
                    return
    raise ValueError(f"{run.limit} isn't used up within {HORIZON_DAYS} days")


def _windows(limit: Limit, day: date, calendar: Days) -> Sequence[tuple[datetime, datetime]]:
    """The stretches of one civil day that a measure counts."""
    if limit.measure in BY_CALENDAR and not calendar.is_working(day):
        return ()
    if limit.measure in BY_OFFICE:
        return limit.office.on(day)
    start = midnight(day)
    return ((start, start + DAY),)


def _less_pauses(begin: datetime, end: datetime, pauses: Sequence[Pause]) -> Iterator[tuple[datetime, datetime]]:
    free_from = begin
    for pause in pauses:
        if pause.to_at is not None and pause.to_at <= free_from:
            continue
        if pause.from_at >= end:
            break
        if pause.from_at > free_from:
            yield free_from, pause.from_at
        if pause.to_at is None or pause.to_at >= end:
            return
        free_from = pause.to_at
    yield free_from, end


def _stands_still(pauses: Sequence[Pause], at: datetime) -> bool:
    return bool(pauses) and pauses[-1].to_at is None and pauses[-1].from_at <= at
