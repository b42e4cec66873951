"""Our own rows over the published calendar, and years whose notice is entered by hand."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.models import CalendarDay, CalendarYear
from longzhong.register.org.rules.calendar import SATURDAY
from longzhong.register.org.rules.published import published_calendar
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.selectors import calendar
from longzhong.register.org.services.doors import not_past, nothing_to_change, reasoned

KEEPERS = (Role.SECURITY, Role.QUALITY)
OWN_SOURCE = "本单位设定"


@transaction.atomic
def set_calendar_day(*, day: date, working: bool, name: str, reason: str, by: Actor, at: datetime) -> CalendarDay:
    """Make a day worked or free, whatever the published table says; days gone by stay as they were counted."""
    need(by, *KEEPERS)
    not_past(day=day, at=at)
    reasoned(reason=reason)
    row = CalendarDay.objects.select_for_update().filter(day=day).first()
    if row is not None and (row.working, row.name) == (working, name):
        raise nothing_to_change()
    row, _made = CalendarDay.objects.update_or_create(
        day=day, defaults={"working": working, "name": name, "source": OWN_SOURCE, "reason": reason}
    )
    journal.record(by, "org.set_calendar_day", f"org.day:{day}", at=at, reason=reason, working=working)
    return row


@transaction.atomic
def publish_year(
    *, year: int, off: Mapping[date, str], make_ups: Collection[date], source: str, by: Actor, at: datetime
) -> CalendarYear:
    """Enter the State Council's notice for the next unpublished year: days off with their festival, make-up days."""
    need(by, *KEEPERS)
    known = calendar().known_until.year
    if year != known + 1:
        raise Refused("year_not_next", _("工作日历已到 %(known)s 年，只能登记下一年。") % {"known": known}, known=known)
    if not off or not source.strip():
        raise Refused("notice_incomplete", _("请填写通知文号和放假日期。"))
    if any(day.year != year for day in (*off, *make_ups)) or not set(off).isdisjoint(make_ups):
        raise Refused("notice_days", _("日期不在该年内，或同一天既放假又上班。"))
    if any(day.weekday() < SATURDAY for day in make_ups):
        raise Refused("notice_days", _("调休上班日应是周六或周日。"))
    own = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
    rows = {day: (False, name) for day, name in off.items()} | dict.fromkeys(make_ups, (True, "调休上班"))
    for day in published_calendar().holidays:
        if day.year == year and day not in rows and day.weekday() < SATURDAY:
            rows[day] = (True, "照常上班")  # the library's guess of an observed day that the notice doesn't give
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, working=working, name=name, source=source, reason=f"{year}年放假安排")
        for day, (working, name) in sorted(rows.items())
        if day not in own
    )
    row = CalendarYear.objects.create(year=year, source=source)
    journal.record(by, "org.publish_year", f"org.year:{year}", at=at, off=len(off), make_ups=len(make_ups))
    return row
