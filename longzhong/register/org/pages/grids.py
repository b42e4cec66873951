"""Grid cells of a day: station, manager, and the one-to-one mapping to the government's social grid (S1-02, S0-12)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.org import selectors
from longzhong.register.org.pages.asked import asked_day


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("网格"), sort="name", note="code"),
        Column("unit", _("供电所")),
        Column("manager", _("台区经理")),
        Column("acting", _("当日在岗"), lambda row: row.acting if row.acting_id != row.manager_id else ""),
        Column("social_grid", _("社会治理网格")),
        Column("branch", _("党支部"), phone=False),
    )


@dataclass(frozen=True)
class GridsPage:
    table: Listing
    day: date


def _filters(day: date) -> tuple[Filter, ...]:
    gaps = (("manager", _("没有台区经理")), ("social_grid", _("没有对应社会网格")))
    return (
        Filter("day", _("哪一天"), lambda rows, _value: rows, kind="day", first=day.isoformat()),
        Filter("q", _("网格名称或编码"), selectors.grids_named, kind="text"),
        Filter("unit", _("单位编码"), lambda rows, value: selectors.grids_below(rows, value, day), kind="text"),
        Filter("gap", _("缺什么"), lambda rows, value: selectors.grids_lacking(rows, value, day), choices=gaps),
    )


@web.page()
def grids_page(request: HttpRequest) -> HttpResponseBase:
    """The person's cells as they stood on the day."""
    day = asked_day(request)
    table = web.listing(
        request,
        selectors.visible_grids(web.actor(request), day),
        _columns(),
        _filters(day),
        title=_("网格"),
        sort="name",
        href=lambda row: reverse("org:grid", args=[row.id]),
        dress=lambda rows: selectors.grid_rows(rows, day),
    )
    return web.show(request, GridsPage(table, day), "org/grids.html")
