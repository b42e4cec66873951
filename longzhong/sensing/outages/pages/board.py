"""停电看板: what is off now, what is announced, what is past; who is late with the power."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import clock_words
from longzhong.kit import clock, web
from longzhong.kit.web.charts import Option
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.pages.words import kind_badge, reason_words, state_badge
from longzhong.sensing.outages.rules import KIND_LABELS, LIVE, OUT, READERS, REPORTERS, STOP_READERS, State
from longzhong.sensing.outages.selectors import Outage

Rows = QuerySet[Outage]
LAYERS = {
    "back": web.Layer("刚恢复", "$good", 7),
    "coming": web.Layer("计划停电", "$info", 8, "rect"),
    "reported": web.Layer("待确认", "$soon", 9, "triangle"),
    "out": web.Layer("停电中", "$late", 11),
}


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    map: Option
    has_points: bool
    may_report: bool
    may_see_stops: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Running outages by default, the newest first; tab and filters stay in the address."""
    who, now = web.actor(request), clock.now()
    tab = request.GET.get("state", "out")
    rows = _narrowed(selectors.board(who), tab, now)
    table = web.listing(
        request, rows, COLUMNS, FILTERS, title=_("停电"), href=lambda one: reverse("outages:detail", args=[one.pk])
    )
    points = selectors.map_points(who, now)
    tabs = _tabs(selectors.counts(who, now), tab)
    page = BoardPage(tabs, table, _map(points), bool(points), who.has(*REPORTERS), who.has(*STOP_READERS))
    return web.show(request, page, "outages/board.html")


def _map(points: Sequence[selectors.MapPoint]) -> Option:
    rows = [
        {
            "name": one.name,
            "lat": one.lat,
            "lon": one.lon,
            "layer": LAYERS[one.layer].name,
            "note": one.note,
            "href": one.url,
        }
        for one in points
    ]
    return web.map_chart(rows, layers=list(LAYERS.values()))


def _narrowed(rows: Rows, tab: str, now: datetime) -> Rows:
    tabs: dict[str, Callable[[], Rows]] = {
        "asked": lambda: rows.filter(state=State.ASKED).order_by("planned_start", "id"),
        "reported": lambda: rows.filter(state=State.REPORTED),
        "late": lambda: selectors.late(rows, now),
        "announced": lambda: rows.filter(state=State.ANNOUNCED).order_by("planned_start", "id"),
        "past": lambda: rows.exclude(state__in=LIVE),
        "all": lambda: rows,
    }
    return tabs[tab]() if tab in tabs else rows.filter(state__in=OUT)


def _tabs(counts: selectors.OutageCounts, active: str) -> list[web.Tab]:
    rows = (
        ("out", _("停电中"), counts.out), ("reported", _("待确认"), counts.reported), ("late", _("超时未送"), counts.late),
        ("asked", _("待批豁免"), counts.asked), ("announced", _("待执行计划"), counts.announced),
        ("past", _("已结束"), counts.past), ("all", _("全部"), counts.total),
    )  # fmt: skip
    return [web.Tab(label, f"?state={key}", number, key == active) for key, label, number in rows]


def _named(rows: Rows, text: str) -> Rows:
    areas = rows.filter(affected__area__name__icontains=text).values("pk")
    return rows.filter(title__icontains=text) | rows.filter(number=text.upper()) | rows.filter(pk__in=areas)


def _on_day(rows: Rows, text: str) -> Rows:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return rows
    return selectors.begun_on(rows, day)


def _behind(outage: Outage) -> str:
    """3 个台区 · 重要 1."""
    areas = _("%s 个台区") % outage.areas
    return _("%(areas)s · 重要 %(n)s") % {"areas": areas, "n": outage.important} if outage.important else areas


def _foreseen(outage: Any) -> str:
    """估计 18:10（16:40–19:30）: what history expects; customers are told the column's own moment."""
    if outage.state not in OUT or outage.foreseen_at is None:
        return ""
    now = clock.now()
    span = matters.span_of(outage.foreseen_low, outage.foreseen_high, now)
    return _("估计 %(at)s（%(span)s）") % {"at": clock_words(outage.foreseen_at, now), "span": span}


COLUMNS = (
    web.Column("number", "编号", "number", "code", "id", note="unit.short_name"),
    web.Column("title", "停电设备", "title", note=reason_words),
    web.Column("kind", "类型", kind_badge, "badge", "kind"),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("began", "停电时间", "began", "moment", "began"),
    web.Column(
        "expected", "预计恢复", lambda one: one.expected_end_at if one.state in OUT else "", "countdown", "expected_end_at",
        note=_foreseen,
    ),
    web.Column("restored", "恢复时间", "restored_at", "moment", "restored_at", phone=False),
    web.Column("accounts", "影响户数", "accounts", "number", "accounts", note=_behind),
)  # fmt: skip
FILTERS = (
    web.Filter("kind", "类型", lambda rows, kind: rows.filter(kind=kind), choices=[(k.value, v) for k, v in KIND_LABELS.items()]),
    web.Filter("day", "停电日期", _on_day, "day"),
    web.Filter("important", "涉及重要客户", lambda rows, _on: rows.filter(important__gt=0), "switch"),
    web.Filter("q", "线路、台区或编号", _named, "text"),
)  # fmt: skip
