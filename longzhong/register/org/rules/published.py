"""The State Council's holiday notices (国务院办公厅放假安排通知), as the `holidays` library carries them.

holidays 0.109 knows the statutory festivals of any year, but make-up working days only of years with a notice:
2001 to 2026. A notice has always named make-up days, so the last year that has one is the last published year; a
newer library moves it on by itself.
"""

from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

from longzhong.register.org.rules.calendar import Calendar

FIRST_YEAR = 2001
YEARS_AHEAD = 3
"""How many unpublished years are given with their statutory festivals, for a calendar that may assume."""


@lru_cache(maxsize=1)
def published_calendar() -> Calendar:
    """The calendar of the notices alone, without overrides of our own."""
    last = FIRST_YEAR
    while _make_ups(last + 1):
        last += 1
    years = range(FIRST_YEAR, last + YEARS_AHEAD + 1)
    off = holidays.country_holidays("CN", years=years, language="zh_CN")
    make_ups = {day: "调休上班" for year in years for day in _make_ups(year)}
    return Calendar(
        holidays=MappingProxyType({day: off[day] for day in sorted(off) if day not in make_ups}),
        make_ups=MappingProxyType(make_ups),
        known_from=date(FIRST_YEAR, 1, 1),
        known_until=date(last, 12, 31),
    )


def _make_ups(year: int) -> list[date]:
    found = holidays.country_holidays("CN", years=year).weekend_workdays
    return sorted(day for day in found if day.year == year)
