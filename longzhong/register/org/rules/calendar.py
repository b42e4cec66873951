"""The working calendar (工作日历): weekends, State-Council holidays (法定节假日) and make-up working days (调休上班).

Days are counted as the Civil Code counts them (民法典 第二百零一、二百零三条): the day on which a period starts is not
counted, the period ends at 24:00 of its last day (written 23:59:59). Working minutes run inside office hours of
working days only. REFERENCE §2.3, F: promises in working days use the State Council's holiday and make-up table.

The State Council publishes a year's table in the autumn before. Past the last published year the calendar doesn't
know: it raises CalendarUnknown, unless it was asked, aloud, to assume (`assuming()`); then every day that it assumed
says so in `explain`. Rows of our own override any day. Late-December days may still be moved by the next year's
notice (so it was in 2006, 2007, 2011 and 2018): `settled_until` leaves them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from longzhong.kit.errors import Refused
from longzhong.register.org.rules.hours import CST, Hours, civil

ONE_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)
SATURDAY = 5


class DayKind(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


DAY_KIND_NAMES: dict[DayKind, str] = {
    DayKind.WORKDAY: "工作日",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "节假日",
    DayKind.MAKE_UP: "调休上班",
}


class CalendarUnknown(Refused):
    """The holiday table for this day has not been published (or is older than the table)."""

    def __init__(self, day: date, known_until: date) -> None:
        text = f"{day:%Y-%m-%d} 的节假日安排尚未公布，工作日历只到 {known_until:%Y-%m-%d}"
        super().__init__("calendar_unknown", text, day=day.isoformat(), known_until=known_until.isoformat())


@dataclass(frozen=True)
class Override:
    """A row of our own table: this day is worked, or not, whatever the published table says."""

    working: bool
    name: str
    source: str


@dataclass(frozen=True)
class DayMark:
    """What a day is and why. `assumed`: not published, taken from weekdays and statutory festivals."""

    day: date
    working: bool
    kind: DayKind
    name: str
    source: str = ""
    assumed: bool = False

    @property
    def reason(self) -> str:
        """In Chinese words, for "why this deadline"."""
        text = self.name or DAY_KIND_NAMES[self.kind]
        return f"{text}（节假日安排未公布，推定）" if self.assumed else text


@dataclass(frozen=True)
class CountedDay:
    """A day of a period: whether it was counted, and the reason in Chinese words."""

    day: date
    counted: bool
    reason: str
    mark: DayMark


@dataclass(frozen=True)
class Calendar:
    """Pure and frozen: holidays and make-ups by day, our overrides, and the span for which the table is published."""

    holidays: Mapping[date, str]
    make_ups: Mapping[date, str]
    known_from: date
    known_until: date
    overrides: Mapping[date, Override] = field(default_factory=lambda: MappingProxyType({}))
    assumes: bool = False

    def assuming(self) -> "Calendar":
        """The same calendar that, past `known_until`, takes weekdays and statutory festivals, and marks them so."""
        return replace(self, assumes=True)

    @property
    def settled_until(self) -> date:
        """Up to here no later notice can change a day: the last four days of the year may still be moved."""
        return self.known_until - timedelta(days=4)

    def knows(self, day: date) -> bool:
        return day in self.overrides or self.known_from <= day <= self.known_until

    def mark(self, day: date) -> DayMark:
        """What `day` is. CalendarUnknown when nobody has published it and the calendar may not assume."""
        own = self.overrides.get(day)
        if own is not None:
            return DayMark(day, own.working, _kind(day, own.working), own.name, own.source)
        assumed = not self.knows(day)
        if assumed and not self.assumes:
            raise CalendarUnknown(day, self.known_until)
        if day in self.make_ups:
            return DayMark(day, True, DayKind.MAKE_UP, self.make_ups[day], "国务院办公厅", assumed)
        if day in self.holidays:
            return DayMark(day, False, DayKind.HOLIDAY, self.holidays[day], "国务院办公厅", assumed)
        working = day.weekday() < SATURDAY
        return DayMark(day, working, DayKind.WORKDAY if working else DayKind.WEEKEND, "", "", assumed)

    def is_working(self, day: date) -> bool:
        return self.mark(day).working

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it (顺延)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it (提前)."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself is not counted; n = 0: the day, put off if not worked."""
        if n < 0:
            raise ValueError("a period of working days is not negative")
        if n == 0:
            return self.on_or_after(day)
        while n:
            day += ONE_DAY
            n -= self.is_working(day)
        return day

    def add_working_days(self, moment: datetime, n: int, closes: time = END_OF_DAY) -> datetime:
        """The end (`closes`, by default 23:59:59) of the n-th working day after the moment's civil day."""
        day = self.working_day_after(civil(moment).date(), n)
        return datetime.combine(day, closes, tzinfo=CST)

    def add_working_minutes(self, moment: datetime, minutes: float, hours: Hours) -> datetime:
        """The earliest moment by which `minutes` of office hours have run; the moment itself for 0."""
        if minutes < 0:
            raise ValueError("working minutes are not negative")
        left = timedelta(minutes=minutes)
        start = civil(moment)
        day = start.date()
        while left:
            for opens, ends in hours.on(day) if self.is_working(day) else ():
                begin = max(opens, start)
                room = max(ends - begin, timedelta(0))
                if room >= left:
                    return begin + left
                left -= room
            day += ONE_DAY
        return start

    def working_minutes_between(self, a: datetime, b: datetime, hours: Hours) -> float:
        """Office minutes in [a, b); 0 when b is not after a."""
        a, b = civil(a), civil(b)
        total, day = timedelta(0), a.date()
        while day <= b.date():
            for opens, ends in hours.on(day) if self.is_working(day) else ():
                total += max(min(ends, b) - max(opens, a), timedelta(0))
            day += ONE_DAY
        return total / timedelta(minutes=1)

    def working_days_between(self, a: date | datetime, b: date | datetime) -> int:
        """Working days after the civil day of a, up to and with that of b; 0 when b is not after a."""
        return sum(self.is_working(day) for day in days_after(_day(a), _day(b)))

    def explain(self, a: date | datetime, b: date | datetime) -> tuple[CountedDay, ...]:
        """The days from a to b, each counted or skipped, with its reason; the first is never counted."""
        first = self.mark(_day(a))
        rows = [CountedDay(first.day, False, "起始当日不计入", first)]
        for day in days_after(_day(a), _day(b)):
            mark = self.mark(day)
            rows.append(CountedDay(day, mark.working, mark.reason, mark))
        return tuple(rows)


def days_after(a: date, b: date) -> list[date]:
    """The days in (a, b]."""
    return [a + timedelta(days=i) for i in range(1, (b - a).days + 1)]


def _day(value: date | datetime) -> date:
    return civil(value).date() if isinstance(value, datetime) else value


def _kind(day: date, working: bool) -> DayKind:
    weekday = day.weekday() < SATURDAY
    if working:
        return DayKind.WORKDAY if weekday else DayKind.MAKE_UP
    return DayKind.HOLIDAY if weekday else DayKind.WEEKEND
