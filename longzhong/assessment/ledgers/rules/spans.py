"""Spans of a ledger: a month, a quarter, a year, or any days; the span before it and the same one of the year before."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Days:
    """Days [start, until)."""

    start: date
    until: date

    @property
    def words(self) -> str:
        """ "2026年11月", "2026年第4季度", "2026年", or first and last day."""
        first, last = self.start, self.until - timedelta(days=1)
        if self == month_of(first):
            return f"{first.year}年{first.month}月"
        if self == quarter_of(first):
            return f"{first.year}年第{(first.month + 2) // 3}季度"
        return f"{first.year}年" if self == year_of(first) else f"{first} 至 {last}"

    @property
    def code(self) -> str:
        """As it stands in an address; `span_of` reads it."""
        first = self.start
        if self == month_of(first):
            return f"{first:%Y-%m}"
        if self == quarter_of(first):
            return f"{first.year}q{(first.month + 2) // 3}"
        return f"{first.year}" if self == year_of(first) else f"{first}..{self.until - timedelta(days=1)}"

    @property
    def before(self) -> "Days":
        """The span of the same kind just before (环比): the month, quarter or year before, else as many days."""
        eve = self.start - timedelta(days=1)
        for kind in (month_of, quarter_of, year_of):
            if self == kind(self.start):
                return kind(eve)
        return Days(self.start - (self.until - self.start), self.start)

    @property
    def year_before(self) -> "Days":
        """The same span of the year before (同比); one that ends before a leap day ends with February."""
        until = self.until.replace(month=3, day=1) if _is_leap_day(self.until) else self.until
        return Days(_year_back(self.start), _year_back(until))

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def length(self) -> int:
        return (self.until - self.start).days

    def so_far(self, today: date) -> "Days":
        """What of the span has come by the end of a day; itself if it is over, or hasn't begun."""
        passed = min(self.until, today + timedelta(days=1))
        return Days(self.start, passed) if passed > self.start else self

    def against(self, today: date) -> tuple["Days", "Days"]:
        """The span before and that of the year before, as far as this one has come: three weeks aren't held against a month."""
        here, before, year = self.so_far(today), self.before, self.year_before
        if here == self:
            return before, year
        end = min(before.start + timedelta(days=here.length), before.until)
        return Days(before.start, end), here.year_before


def month_of(day: date) -> Days:
    first = day.replace(day=1)
    return Days(first, _months_on(first, 1))


def quarter_of(day: date) -> Days:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Days(first, _months_on(first, 3))


def year_of(day: date) -> Days:
    return Days(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def span_of(text: str, today: date) -> Days:
    """ "2026-03", "2026q1", "2026", "2026-03-01..2026-03-15" (both included); anything else is the month of today."""
    try:
        if ".." in text:
            first, last = (date.fromisoformat(part) for part in text.split("..", 1))
            return Days(first, last + timedelta(days=1)) if first <= last else month_of(today)
        if "q" in text.lower():
            year, quarter = text.lower().split("q", 1)
            return quarter_of(date(int(year), int(quarter) * 3, 1))
        return year_of(date(int(text), 1, 1)) if text.isdecimal() else month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return month_of(today)


def months_until(days: Days, count: int) -> list[Days]:
    """The last so many months up to the one in which a span ends, the oldest first."""
    last = (days.until - timedelta(days=1)).replace(day=1)
    return [month_of(_months_on(last, -back)) for back in reversed(range(count))]


def _months_on(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _year_back(day: date) -> date:
    return date(day.year - 1, 2, 28) if _is_leap_day(day) else day.replace(year=day.year - 1)


def _is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)
