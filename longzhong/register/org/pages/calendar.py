"""The working calendar of a year: worked, free and make-up days, how far it is published, and our own rows."""

import calendar as months
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.web import MoveForm
from longzhong.register.org import selectors, services
from longzhong.register.org.pages.asked import day_field, moved
from longzhong.register.org.pages.notice_form import NoticeForm
from longzhong.register.org.rules import DayKind, DayMark, Role

KEEPERS = (Role.SECURITY, Role.QUALITY)
SIGNS = {DayKind.HOLIDAY: gettext_lazy("休"), DayKind.MAKE_UP: gettext_lazy("班")}


class DayForm(forms.Form):
    day = day_field(gettext_lazy("日期"))
    working = forms.TypedChoiceField(
        label=gettext_lazy("这一天"),
        choices=(("0", gettext_lazy("不上班")), ("1", gettext_lazy("上班"))),
        coerce=lambda value: value == "1",
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200)


@dataclass(frozen=True)
class DayCell:
    day: date
    sign: str
    name: str
    working: bool
    today: bool


@dataclass(frozen=True)
class Month:
    title: str
    weeks: list[list[DayCell | None]]


@dataclass(frozen=True)
class CalendarPage:
    year: int
    months: list[Month]
    working_days: int
    known_until: date
    settled_until: date
    unknown: bool
    own: list[selectors.OwnDay]
    moves: list[MoveForm]
    before: str
    after: str


@web.page()
def calendar_page(request: HttpRequest) -> HttpResponseBase:
    """A year at a glance; a POST adds a row of our own, or the next year's notice."""
    if request.method != "POST":
        return _show(request)
    who, at, back = web.actor(request), clock.now(), reverse("org:calendar")
    if "notice" in request.POST:
        return moved(
            NoticeForm(request.POST),
            lambda data: services.publish_year(**data, by=who, at=at),
            back,
            lambda form: _show(request, notice=form),
        )
    return moved(
        DayForm(request.POST),
        lambda data: services.set_calendar_day(**data, by=who, at=at),
        back,
        lambda form: _show(request, day=form),
    )


def _show(request: HttpRequest, **bound: forms.Form) -> HttpResponseBase:
    today, table = clock.today(), selectors.calendar()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and table.known_from.year <= int(asked) <= today.year + 5 else today.year
    marks = selectors.calendar_year(year)
    page = CalendarPage(
        year=year,
        months=_months(year, marks, today),
        working_days=sum(mark.working for mark in marks),
        known_until=table.known_until,
        settled_until=table.settled_until,
        unknown=year > table.known_until.year,
        own=selectors.own_days(year),
        moves=_moves(request, table.known_until.year + 1, bound),
        before=f"?year={year - 1}",
        after=f"?year={year + 1}",
    )
    return web.show(request, page, "org/calendar.html")


def _moves(request: HttpRequest, next_year: int, bound: dict[str, forms.Form]) -> list[MoveForm]:
    if not web.actor(request).has(*KEEPERS):
        return []
    action = reverse("org:calendar")
    notice = bound.get("notice") or NoticeForm(initial={"year": next_year})
    title = _("登记 %(year)s 年放假安排") % {"year": next_year}
    return [
        MoveForm("day", _("设定某一天"), action, bound.get("day") or DayForm(), tone="primary"),
        MoveForm("notice", title, action, notice, hidden={"notice": "1"}),
    ]


def _months(year: int, marks: list[DayMark], today: date) -> list[Month]:
    cells = {mark.day: _cell(mark, today) for mark in marks}
    weeks = months.Calendar(firstweekday=0)
    return [
        Month(
            _("%(month)s月") % {"month": month},
            [
                [cells.get(day) if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(mark: DayMark, today: date) -> DayCell:
    return DayCell(mark.day, str(SIGNS.get(mark.kind, "")), mark.reason, mark.working, mark.day == today)
