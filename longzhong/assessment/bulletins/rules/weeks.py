"""Weeks of the bulletin: Monday 00:00 to the next Monday 00:00, drafted on that Monday from an hour on; missed ones are made up."""

from datetime import date, datetime, time, timedelta, tzinfo

WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def until(week: date) -> date:
    """The Monday after."""
    return week + WEEK


def weeks_due(now: datetime, hour: int, back: int, zone: tzinfo) -> list[date]:
    """The Mondays of the weeks whose draft should exist at `now`, oldest first, at most `back` of them."""
    here = now.astimezone(zone)
    last = monday(here.date()) - WEEK
    if here < datetime.combine(until(last), time(hour), zone):
        last -= WEEK
    return [last - WEEK * n for n in range(back - 1, -1, -1)]
