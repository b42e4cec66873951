"""The working calendar in force: the published table under our own rows."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from longzhong.register.org.models import CalendarDay, CalendarYear
from longzhong.register.org.rules.calendar import Calendar, DayMark, Override
from longzhong.register.org.rules.published import published_calendar


@dataclass(frozen=True)
class OwnDay:
    """A row of our own over the published table."""

    day: date
    working: bool
    name: str
    source: str
    reason: str


def calendar() -> Calendar:
    """A pure object; two small queries. It knows on through years whose notice was entered here without a gap."""
    base = published_calendar()
    rows = {row.day: Override(row.working, row.name, row.source) for row in CalendarDay.objects.all()}
    known = base.known_until.year
    for year in CalendarYear.objects.filter(year__gt=known).order_by("year").values_list("year", flat=True):
        if year != known + 1:
            break
        known = year
    return replace(base, overrides=MappingProxyType(rows), known_until=date(known, 12, 31))


def calendar_year(year: int) -> list[DayMark]:
    """Every day of a year with what it is; unpublished days are marked as assumed."""
    table = calendar().assuming()
    first = date(year, 1, 1)
    return [table.mark(first + timedelta(days=i)) for i in range((date(year + 1, 1, 1) - first).days)]


def own_days(year: int) -> list[OwnDay]:
    """Our own rows of a year."""
    rows = CalendarDay.objects.filter(day__year=year).order_by("day")
    return [OwnDay(row.day, row.working, row.name, row.source, row.reason) for row in rows]
