"""Units: the tree as it stood on a day."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.org import selectors
from longzhong.register.org.pages.asked import asked_day
from longzhong.register.org.rules import UNIT_KIND_NAMES

INDENT = "　"


@dataclass(frozen=True)
class UnitRow:
    id: int
    label: str
    name: str
    code: str
    kind: str
    staff: int
    cells: int


@dataclass(frozen=True)
class UnitsPage:
    table: Listing
    day: date
    past: bool


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", _("单位"), note="name"),
        Column("kind", _("类型")),
        Column("code", _("编码"), kind="code", phone=False),
        Column("staff", _("人员"), kind="number"),
        Column("cells", _("网格"), kind="number"),
    )


def _filters(day: date) -> tuple[Filter, ...]:
    def named(rows: list[selectors.UnitNode], value: str) -> list[selectors.UnitNode]:
        return [row for row in rows if value in row.name or value in row.short_name or value == row.code]

    def of_kind(rows: list[selectors.UnitNode], value: str) -> list[selectors.UnitNode]:
        return [row for row in rows if row.kind == value]

    return (
        Filter("day", _("哪一天的组织"), lambda rows, _value: rows, kind="day", first=day.isoformat()),
        Filter("q", _("名称或编码"), named, kind="text"),
        Filter("kind", _("类型"), of_kind, choices=[(kind.value, name) for kind, name in UNIT_KIND_NAMES.items()]),
    )


@web.page()
def units_page(request: HttpRequest) -> HttpResponseBase:
    """Every unit of the person, hung where it stood on the day."""
    day = asked_day(request)
    table = web.listing(
        request,
        selectors.units(web.actor(request), day),
        _columns(),
        _filters(day),
        title=_("单位"),
        href=lambda row: reverse("org:unit", args=[row.id]) + f"?day={day}",
        dress=lambda rows: _rows(rows, day),
    )
    return web.show(request, UnitsPage(table, day, day < clock.today()), "org/units.html")


def _rows(nodes: list[selectors.UnitNode], day: date) -> list[UnitRow]:
    heads = selectors.heads(day)
    rows = []
    for node in nodes:
        head = heads.get(node.id, selectors.Head())
        label, name = INDENT * node.depth + node.label, INDENT * node.depth + node.name
        rows.append(UnitRow(node.id, label, name, node.code, node.kind_name, head.staff, head.cells))
    return rows
