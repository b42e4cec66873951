"""电压监测: which areas were abnormal in a period, by kind, the widest first; every line opens the area's curves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Filter, Tab
from longzhong.sensing.curves import selectors
from longzhong.sensing.curves.models import ScanRun
from longzhong.sensing.curves.pages.words import READERS
from longzhong.sensing.curves.rules import ELECTRIC, KIND_NAMES, LASTING_NAMES, Kind, worst_words

DAYS = (1, 7, 30, 90)
USUAL = 30
LASTING_TONES: dict[str, web.Tone] = {"long_term": "late", "seasonal": "soon", "occasional": "info"}


@dataclass(frozen=True)
class FindingsPage:
    days: int
    periods: list[Tab]
    scan: ScanRun | None
    table: web.Listing


@web.page(*READERS)
def findings(request: HttpRequest) -> HttpResponseBase:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in DAYS} else USUAL
    last = clock.today()
    first = last - timedelta(days=days - 1)
    table = web.listing(
        request,
        grouped(web.actor(request), first, last),
        COLUMNS,
        FILTERS,
        title=_("电压监测"),
        dress=_dressed,
        sort="-days",
        href=_href,
    )
    periods = [Tab(_("近 %s 天") % one, f"?days={one}", None, one == days) for one in DAYS]
    return web.show(request, FindingsPage(days, periods, selectors.last_scan(), table), "curves/findings.html")


def grouped(who: web.Actor, first: date, last: date) -> QuerySet[Any, Any]:
    """One row for each pair of area and kind with an abnormal day: what the cockpit counts as sensed."""
    rows = selectors.visible_faults(who).filter(day__gte=first, day__lte=last)
    named = rows.values("area_id", "area__name", "area__code", "unit__short_name", "unit__name", "kind").annotate(
        id=Max("id"),
        days=Count("day", distinct=True),
        meters=Max("meters"),
        lowest=Min("worst"),
        highest=Max("worst"),
        beyond=Max("beyond_pct"),
        latest=Max("day"),
        lasting=Max("duration_class"),
    )
    return named.order_by("-days", "-meters", "area_id", "kind")


def _dressed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"worst": row["lowest"] if row["kind"] in LOW_IS_BAD else row["highest"]} for row in rows]


def _href(row: dict[str, Any]) -> str:
    return f"{reverse('curves:area', args=[row['area_id']])}?day={row['latest']}" if row["area_id"] else ""


def _lasting(row: dict[str, Any]) -> Badge | None:
    word = LASTING_NAMES.get(row["lasting"], "")
    return Badge(LASTING_TONES[row["lasting"]], word) if word else None


LOW_IS_BAD = (Kind.LOW_VOLTAGE, Kind.DEAD)
COLUMNS = (
    Column("area", "台区", "area__name", sort="area__name", note="area__code"),
    Column("kind", "异常", lambda row: KIND_NAMES[row["kind"]], sort="kind"),
    Column("days", "异常天数", kind="number", sort=("days", "meters")),
    Column("meters", "涉及表计", kind="number", sort="meters"),
    Column("worst", "最严重值", lambda row: worst_words(row["kind"], row["worst"]), kind="number"),
    Column("beyond", "超限 %", kind="number", decimals=1, sort="beyond"),
    Column("lasting", "持续性", _lasting, kind="badge", sort="lasting"),
    Column("latest", "最近异常日", kind="day", sort="latest"),
    Column("unit", "供电所", lambda row: row["unit__short_name"] or row["unit__name"], sort="unit__name", phone=False),
)
FILTERS = (
    Filter(
        "kind",
        "异常",
        lambda rows, kind: rows.filter(kind=kind),
        choices=tuple((kind.value, KIND_NAMES[kind]) for kind in ELECTRIC),
    ),
    Filter(
        "lasting", "持续性", lambda rows, value: rows.filter(duration_class=value), choices=tuple(LASTING_NAMES.items())
    ),
    Filter("q", "台区", lambda rows, text: rows.filter(area__name__icontains=text), "text"),
)
