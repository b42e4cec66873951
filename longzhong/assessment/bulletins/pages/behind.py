"""The list behind one number of a bulletin: exactly what was counted, as its cases stand now."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.pages.words import case_columns
from longzhong.assessment.bulletins.rules import FIGURES, READERS, Figure
from longzhong.kit import web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Badge, Column, Filter, Listing


@dataclass(frozen=True)
class BehindPage:
    title: str
    lead: str
    back: str
    table: Listing


COLUMNS = (
    *case_columns("case."),
    Column("detail", "承诺", "detail"),
    Column("due", "时限或承诺时间", "due_at", "moment"),
)
GOOD = Column("good", "是否达到", lambda line: Badge("good", "是") if line.good else Badge("late", "否"), "badge")
FILTERS = (
    Filter("good", "是否达到", lambda rows, value: [one for one in rows if one.good == (value == "1")],
           choices=[("1", "是"), ("0", "否")]),
)  # fmt: skip


@web.page(*READERS)
def behind(request: HttpRequest, bulletin_id: int) -> HttpResponseBase:
    """?figure= and ?unit= (empty: all units)."""
    who = web.actor(request)
    row = selectors.bulletin_of(who, bulletin_id)
    asked, unit = request.GET.get("figure", ""), request.GET.get("unit", "")
    if asked not in set(Figure):
        raise Refused("not_found", _("通报里没有这个数字。"), figure=asked)
    figure = Figure(asked)
    lines = selectors.behind(who, row, figure, int(unit) if unit.isdecimal() and len(unit) < 15 else 0)
    share = FIGURES[figure].share
    table = web.listing(
        request, lines, (*COLUMNS, GOOD) if share else COLUMNS, FILTERS if share else (), title=FIGURES[figure].label
    )  # fmt: skip
    lead = _("%(how)s。以下是通报时计入的，状态为现在。") % {"how": FIGURES[figure].how}
    back = reverse("bulletins:bulletin", args=[row.pk])
    return web.show(request, BehindPage(FIGURES[figure].label, lead, back, table), "bulletins/behind.html")
