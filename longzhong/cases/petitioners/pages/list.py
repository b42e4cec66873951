"""The files of people who come again and again, and who may become one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.petitioners import selectors
from longzhong.cases.petitioners.models import Petitioner
from longzhong.cases.petitioners.pages.candidates import CandidateLine, candidate_lines
from longzhong.cases.petitioners.pages.words import LEVEL_TONES
from longzhong.cases.petitioners.rules import LEVEL_LABELS, READERS, FileState, Level
from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit


@dataclass(frozen=True)
class ListPage:
    tabs: list[web.Tab]
    table: web.Listing | None
    candidates: list[CandidateLine]


@web.page(*READERS)
def files(request: HttpRequest) -> HttpResponseBase:
    """Open files by default; ?state=closed, ?state=candidates."""
    who = web.actor(request)
    state = request.GET.get("state", "open")
    counted = selectors.visible_to(who).aggregate(
        open=Count("id", filter=Q(state=FileState.OPEN)), closed=Count("id", filter=Q(state=FileState.CLOSED))
    )
    tabs = [
        web.Tab(_("在档"), "?state=open", counted["open"], state not in ("closed", "candidates")),
        web.Tab(_("候选"), "?state=candidates", None, state == "candidates"),
        web.Tab(_("已归档"), "?state=closed", counted["closed"], state == "closed"),
    ]
    if state == "candidates":
        return web.show(request, ListPage(tabs, None, candidate_lines(who, clock.now())), "petitioners/list.html")
    wanted = FileState.CLOSED if state == "closed" else FileState.OPEN
    return web.show(request, ListPage(tabs, _table(request, who, wanted), []), "petitioners/list.html")


def _table(request: HttpRequest, who: web.Actor, state: FileState) -> web.Listing:
    since = clock.now() - timedelta(days=90)
    rows = selectors.visible_to(who).filter(state=state).select_related("kept_by")
    rows = rows.annotate(times=Count("occasions", filter=Q(occasions__detached_at=None, occasions__at__gte=since)))
    return web.listing(
        request, rows, COLUMNS, FILTERS, title=_("常来客户"), sort="-last",
        href=lambda row: reverse("petitioners:file", args=[row.pk]), dress=selectors.with_homes,
    )  # fmt: skip


def _level(row: Petitioner) -> web.Badge:
    return web.Badge(LEVEL_TONES[row.level], LEVEL_LABELS[Level(row.level)])


def _phone(rows: QuerySet[Petitioner], text: str) -> QuerySet[Petitioner]:
    return selectors.with_phone(rows, text)


COLUMNS = (
    web.Column("mask", "客户", lambda row: row.mask or "–", note="number"),
    web.Column("level", "等级", _level, "badge", "level"),
    web.Column("home", "现住", "home"),
    web.Column("times", "近90天次数", "times", "number", "times"),
    web.Column("last", "最近一次", "last_at", "moment", "last_at"),
    web.Column("unit", "保管单位", "kept_by.short_name", sort="kept_by__name", phone=False),
    web.Column("opened", "建档", "opened_at", "day", "opened_at", phone=False),
)
FILTERS = (
    web.Filter(
        "level",
        "等级",
        lambda rows, level: rows.filter(level=level),
        choices=tuple((str(k), v) for k, v in LEVEL_LABELS.items()),
    ),
    web.Filter("phone", "电话（全号）", _phone, "text"),
    web.Filter("number", "档案编号", lambda rows, text: rows.filter(number__contains=text), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit("kept_by"), "text"),
)
