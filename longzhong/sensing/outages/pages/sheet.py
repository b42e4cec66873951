"""95598 停送电信息: the table out and in as Excel; what wasn't taken in is told row by row."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.web.workbook import Book
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.engines import read_sheet
from longzhong.sensing.outages.rules import PLANNERS, READERS
from longzhong.sensing.outages.rules.sheet import HEADS

LONGEST = timedelta(days=366)
MONTH = timedelta(days=30)


class SheetForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Excel 文件"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("按列名识别，列的顺序不限；至少要有停电信息唯一标识号、停电开始时间、停电类型。"),
    )  # fmt: skip


@dataclass(frozen=True)
class SheetPage:
    form: SheetForm
    first: date
    last: date
    may_import: bool
    report: services.SheetReport | None = None


@web.page(*READERS)
def sheet(request: HttpRequest) -> HttpResponseBase:
    """GET: the dates to export and the file to import. POST: import."""
    who, now = web.actor(request), clock.now()
    form, report = SheetForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        rows = read_sheet(form.cleaned_data["table"].read())
        report = services.keep_sheet(rows=rows, by=who, at=now)
        form = SheetForm()
    today = now.date()
    page = SheetPage(form, today - MONTH, today + MONTH, who.has(*PLANNERS), report)
    return web.show(request, page, "outages/sheet.html")


@web.page(*READERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Outages that began, or are planned, on these days, in the table's layout; at most a year."""
    today = clock.now().date()
    first = _day(request.GET.get("first", ""), today - MONTH)
    last = min(_day(request.GET.get("last", ""), today + MONTH), first + LONGEST)
    book = Book(list(HEADS.values()))
    start, end = clock.day_start(first), clock.day_start(last + timedelta(days=1))
    for row in selectors.sheet_rows(web.actor(request), start, end):
        book.add([row[name] for name in HEADS])
    return book.response(_("95598停送电信息"))


def _day(text: str, other: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return other
