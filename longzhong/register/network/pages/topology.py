"""The topology check: counts by problem, and the list behind each count (S4-21)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Column, Listing
from longzhong.register.network import selectors
from longzhong.register.network.pages import areas
from longzhong.register.network.pages.words import LOOKERS, MOVERS, area_href
from longzhong.register.network.rules import (
    CHECK_OF,
    METER_KIND_NAMES,
    PHASE_NAMES,
    Check,
    MeterKind,
    Noun,
    Phase,
    Problem,
)
from longzhong.register.network.selectors import TopologyReport


@dataclass(frozen=True)
class TopologyPage:
    report: TopologyReport
    found: list[tuple[selectors.ReportLine, str]]
    clean: list[str]


@dataclass(frozen=True)
class ProblemPage:
    check: Check
    table: Listing


@web.page(*LOOKERS)
def topology_page(request: HttpRequest) -> HttpResponseBase:
    """Where account, meter, area and feeder don't fit together."""
    report = selectors.topology_report(web.actor(request))
    found = [(line, reverse("network:problem", args=[line.check.problem])) for line in report.lines if line.count]
    clean = [_(line.check.label) for line in report.lines if not line.count]
    return web.show(request, TopologyPage(report, found, clean), "network/topology.html")


@web.page(*LOOKERS)
def problem_page(request: HttpRequest, problem: str) -> HttpResponseBase:
    """The rows behind one count."""
    if problem not in set(Problem):
        raise Refused("not_found", _("没有这项核查。"), problem=problem)
    who, check = web.actor(request), CHECK_OF[Problem(problem)]
    rows, columns = selectors.problem_rows(who, check.problem), _columns(check.noun)
    table = web.listing(
        request,
        rows,
        columns,
        title=_(check.label),
        sort=columns[0].key,
        href=_opens(check, who.has(*MOVERS)),
        dress=selectors.area_lines if check.noun is Noun.AREA else None,
    )
    return web.show(request, ProblemPage(check, table), "network/problem.html")


def _opens(check: Check, may_move: bool) -> Callable[[Any], str] | None:
    """Where a row leads: to the form that mends it, where there is one, else to its page."""
    if check.noun is Noun.METER:
        return (lambda row: reverse("network:meter_area", args=[row.id])) if may_move else None
    if check.noun is Noun.FEEDER:
        return lambda row: reverse("network:feeder", args=[row.id])
    if check.noun is Noun.SECTION:
        return lambda row: reverse("network:feeder", args=[row.feeder_id]) if row.feeder_id else ""
    if check.problem is Problem.AREA_NO_GRID and may_move:
        return lambda row: reverse("network:area_grid", args=[row.id])
    return lambda row: area_href(row.id)


def _columns(noun: Noun) -> tuple[Column, ...]:
    if noun is Noun.AREA:
        return areas.columns()
    if noun is Noun.METER:
        return (
            Column("code", _("电表编号"), sort="code", kind="code"),
            Column("kind", _("类别"), lambda row: METER_KIND_NAMES[MeterKind(row.kind)], sort="kind"),
            Column("phase", _("相别"), lambda row: PHASE_NAMES[Phase(row.phase)], sort="phase"),
            Column("wiring", _("接线"), lambda row: _("单相") if row.wiring == 1 else _("三相"), sort="wiring"),
            Column("ratio", _("综合倍率"), kind="number", sort="ratio"),
        )
    if noun is Noun.SECTION:
        return (
            Column("name", _("线段"), sort="name", note="code"),
            Column("feeder", _("线路"), "feeder.name", sort="feeder__code"),
            Column("upstream", _("上游"), "upstream.name", note="upstream.code"),
        )
    return Column("name", _("线路"), sort="name", note="code"), Column("kv", _("电压 kV"), kind="number", sort="kv")
