"""供电可靠性: the four indices of what one may see, by unit and period, their trend, and the outages behind each number."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.reliability import selectors
from longzhong.assessment.reliability.rules import READERS
from longzhong.assessment.reliability.selectors import Figures, OutageLine, Period, UnitLine
from longzhong.kit import clock, web
from longzhong.register.org import selectors as org
from longzhong.sensing.outages.rules import KIND_LABELS, Kind

INDENT = "　"


@dataclass(frozen=True)
class HomePage:
    period: Period
    tiles: list[web.Tile]
    table: web.Listing
    chart: Any
    nothing: bool
    without_major: bool
    major_days: int


@dataclass(frozen=True)
class BehindPage:
    period: Period
    unit: str
    table: web.Listing


@web.page(*READERS)
def home(request: HttpRequest) -> HttpResponseBase:
    """?period=2026-03 or 2026, ?kind, ?major=1: major event days left out."""
    now, who = clock.now(), web.actor(request)
    period = selectors.period_of(request.GET.get("period", request.GET.get("month", "")), now)
    kind, major = request.GET.get("kind", ""), request.GET.get("major") == "1"
    kinds = (kind,) if kind in set(Kind) else ()
    found = selectors.figures(who, period, now, kinds=kinds, without_major=major)
    table = web.listing(
        request,
        [one for one in found.lines if one.sums.accounts or one.sums.times],
        _columns(period),
        FILTERS,
        title=_("供电可靠性") + f" {period.words}",
    )
    chart = _chart(found)
    nothing = all(one.saidi_h is None for _month, one in found.trend)
    page = HomePage(period, _tiles(found), table, chart, nothing, major, found.major_days)
    return web.show(request, page, "reliability/home.html")


@web.page(*READERS)
def behind(request: HttpRequest) -> HttpResponseBase:
    """The outages of a unit's number in a period; they add up to it."""
    now, who = clock.now(), web.actor(request)
    period, asked = selectors.period_of(request.GET.get("period", ""), now), request.GET.get("unit", "")
    unit_id = int(asked) if asked.isdecimal() and len(asked) < 15 else None
    table = web.listing(
        request, selectors.behind(who, period, now, unit_id), BEHIND, title=_("停电明细") + f" {period.words}",
        href=lambda line: reverse("outages:detail", args=[line.outage_id]),
    )  # fmt: skip
    unit = org.unit_names([unit_id]).get(unit_id, "") if unit_id else _("全部单位")
    return web.show(request, BehindPage(period, unit, table), "reliability/behind.html")


def _tiles(found: Figures) -> list[web.Tile]:
    whole, href = found.whole, _href(found.period)
    trend = [one for _month, one in found.trend]
    return [
        web.Tile(_("用户平均停电时间 SAIDI"), whole.saidi_h, _("小时/户"), href, decimals="2",
                 trend=tuple(one.saidi_h or 0.0 for one in trend)),
        web.Tile(_("用户平均停电次数 SAIFI"), whole.saifi, _("次/户"), href, decimals="3",
                 trend=tuple(one.saifi or 0.0 for one in trend)),
        web.Tile(_("平均每次停电 CAIDI"), whole.caidi_h, _("小时"), href, decimals="2"),
        web.Tile(_("平均供电可靠率 ASAI"), whole.asai_pct, "%", href, decimals="4",
                 note=_("＝ 1 − SAIDI ÷ %s 小时") % f"{found.period.hours:g}"),
    ]  # fmt: skip


def _chart(found: Figures) -> Any:
    months = [f"{month:%Y-%m}" for month, _one in found.trend]
    lines = [web.Line("SAIDI", [one.saidi_h for _month, one in found.trend])]
    chart = web.line_chart(months, lines, unit=_("小时/户"))
    axes = [{**axis, "min": 0, "scale": False} for axis in chart["yAxis"]]  # hours without power are judged from zero
    return {**chart, "yAxis": axes}


def _href(period: Period, unit_id: int | None = None) -> str:
    query = {"period": period.words, **({"unit": unit_id} if unit_id else {})}
    return f"{reverse('reliability:behind')}?{urlencode(query)}"


def _columns(period: Period) -> tuple[web.Column, ...]:
    def opened(line: UnitLine) -> str:
        return _href(period, line.unit_id)

    return (
        web.Column("name", _("单位"), lambda line: INDENT * line.depth + line.name, href=opened),
        web.Column("saidi", "SAIDI " + _("小时/户"), "indices.saidi_h", "number", decimals=2, href=opened),
        web.Column("saifi", "SAIFI " + _("次/户"), "indices.saifi", "number", decimals=3),
        web.Column("caidi", "CAIDI " + _("小时"), "indices.caidi_h", "number", decimals=2, phone=False),
        web.Column("asai", "ASAI %", "indices.asai_pct", "number", decimals=4),
        web.Column("times", _("停电台区次"), "sums.times", "number", phone=False),
        web.Column("accounts", _("用户数"), "sums.accounts", "number", phone=False),
    )


def _kind(line: OutageLine) -> str:
    return KIND_LABELS[Kind(line.kind)] if line.kind else ""


BEHIND = (
    web.Column("title", "停电", "title", note="number"),
    web.Column("kind", "类型", _kind),
    web.Column("began", "开始", kind="moment"),
    web.Column("areas", "台区", kind="number"),
    web.Column("account_times", "停电户次", kind="number"),
    web.Column("account_hours", "停电时户数", kind="number", decimals=1),
)
FILTERS = (
    web.Filter("month", "月份", lambda rows, _month: rows, "month"),
    web.Filter("kind", "停电类型", lambda rows, _kind: rows, choices=[(k.value, v) for k, v in KIND_LABELS.items()]),
    web.Filter("major", "剔除重大事件日", lambda rows, _on: rows, "switch"),
)
