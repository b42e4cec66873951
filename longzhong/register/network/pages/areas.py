"""All areas that one may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.network import selectors
from longzhong.register.network.pages.words import LOOKERS, area_href
from longzhong.register.network.rules import AREA_KIND_NAMES, SITE_NAMES


@dataclass(frozen=True)
class AreasPage:
    table: Listing


@web.page(*LOOKERS)
def areas_page(request: HttpRequest) -> HttpResponseBase:
    """Which areas there are, who manages them and what feeds them; the top bar narrows them to a unit."""
    table = web.listing(
        request,
        selectors.areas(web.actor(request)),
        columns(),
        filters(),
        title=_("台区"),
        sort="name",
        href=lambda row: area_href(row.id),
        dress=selectors.area_lines,
    )
    return web.show(request, AreasPage(table), "network/areas.html")


def columns() -> tuple[Column, ...]:
    return (
        Column("name", _("台区"), sort="name", note="code"),
        Column("unit", _("供电所"), sort="unit__code"),
        Column("grid", _("网格"), sort="grid__code", note="manager"),
        Column("feeder", _("10 kV 线路"), sort="section__feeder__code", phone=False),
        Column("kva", _("容量 kVA"), kind="number", sort="kva"),
        Column("kind", _("性质"), "kind_name", sort="kind", phone=False),
        Column("site", _("地域"), "site_name", sort="site", phone=False),
        Column("customers", _("用户表"), "meters.customer", kind="number"),
        Column("no_phase", _("相别未知"), "meters.no_phase", kind="number", phone=False),
    )


def filters() -> tuple[Filter, ...]:
    return (
        Filter("q", _("编码或名称"), _named, kind="text"),
        Filter("kind", _("性质"), lambda rows, value: rows.filter(kind=value), choices=list(AREA_KIND_NAMES.items())),
        Filter("site", _("地域"), lambda rows, value: rows.filter(site=value), choices=list(SITE_NAMES.items())),
        Filter("free", _("只看未划网格"), lambda rows, _value: rows.filter(grid=None), kind="switch"),
    )


def _named(rows: Any, value: str) -> Any:
    for word in value.split()[:5]:
        rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word))
    return rows
