"""季节风险清单: what went wrong in the last 迎峰度夏, 迎峰度冬 or 春灌, and what to have done before the next (S2-11)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Column, Filter, Tab
from longzhong.sensing.curves import selectors
from longzhong.sensing.curves.pages.words import READERS
from longzhong.sensing.curves.rules import ELECTRIC, KIND_NAMES, MEASURES, Span


@dataclass(frozen=True)
class SeasonsPage:
    span: Span
    tabs: list[Tab]
    table: web.Listing


@web.page(*READERS)
def seasons(request: HttpRequest) -> HttpResponseBase:
    spans = selectors.spans(clock.today())
    asked = request.GET.get("season", "")
    span = next((one for one in spans if one.name == asked), spans[0])
    table = web.listing(
        request, selectors.season_risks(web.actor(request), span), COLUMNS, FILTERS, title=_("季节风险清单"), sort="-days",
        href=_href,
    )  # fmt: skip
    tabs = [Tab(one.name, f"?season={one.name}", None, one == span) for one in spans]
    return web.show(request, SeasonsPage(span, tabs, table), "curves/seasons.html")


def _href(row: dict[str, Any]) -> str:
    return f"{reverse('curves:area', args=[row['area_id']])}?day={row['latest']}"


COLUMNS = (
    Column("area", "台区", "area__name", sort="area__name", note="area__code"),
    Column("kind", "异常", lambda row: KIND_NAMES[row["kind"]], sort="kind"),
    Column("days", "季内异常天数", kind="number", sort=("days", "beyond")),
    Column("beyond", "最严重超限 %", kind="number", decimals=1, sort="beyond"),
    Column("meters", "涉及表计", kind="number", sort="meters", phone=False),
    Column("kva", "容量 kVA", "area__kva", kind="number", sort="area__kva", phone=False),
    Column("latest", "最近异常日", kind="day", sort="latest"),
    Column("unit", "供电所", "unit__short_name", sort="unit__short_name"),
    Column("measure", "季前措施", lambda row: MEASURES[row["kind"]]),
)
FILTERS = (
    Filter(
        "kind",
        "异常",
        lambda rows, kind: rows.filter(kind=kind),
        choices=tuple((kind.value, KIND_NAMES[kind]) for kind in ELECTRIC),
    ),
    Filter("q", "台区", lambda rows, text: rows.filter(area__name__icontains=text), "text"),
)
