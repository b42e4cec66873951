"""All policies as they stand today, for the company, a unit or an edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors
from longzhong.register.policies.pages.words import confidence_badge
from longzhong.register.policies.rules import EDITION_LABELS, Edition
from longzhong.register.policies.selectors import KeyLine

EDITIONS = (Edition.STATE_GRID, Edition.SOUTHERN_GRID)


@dataclass(frozen=True)
class PoliciesPage:
    table: Listing
    waiting: int
    total: int


@web.page()
def list_page(request: HttpRequest) -> HttpResponseBase:
    """Which rules hold today, and which of them nobody has confirmed yet."""
    who = web.actor(request)
    units = [(str(node.id), "　" * node.depth + node.label) for node in org.units(who)]
    unit = request.GET.get("unit", "")
    unit_id = int(unit) if unit in dict(units) else None
    edition = request.GET.get("edition", "")
    as_edition = edition if edition in EDITIONS else ""
    lines = selectors.key_lines(who, unit_id=unit_id, as_edition=as_edition, day=clock.today())
    table = web.listing(
        request,
        lines,
        _columns(),
        _filters(lines, units),
        title=_("制度参数"),
        href=lambda row: f"{reverse('policies:key', args=[row.key])}{f'?unit={unit_id}' if unit_id else ''}",
    )
    waiting = sum(bool(line.value) and not line.confirmed for line in lines)
    return web.show(request, PoliciesPage(table, waiting, len(lines)), "policies/list.html")


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", _("参数"), sort="title", note="key"),
        Column("group", _("类别"), sort="group", phone=False),
        Column("value", _("现行取值"), note="scope"),
        Column(
            "confidence", _("可信度"), lambda row: confidence_badge(row.confidence), kind="badge", sort="confidence"
        ),
        Column("source", _("来源"), phone=False),
        Column("others", _("另有取值"), phone=False),
    )


def _filters(lines: Sequence[KeyLine], units: list[tuple[str, str]]) -> tuple[Filter, ...]:
    groups = list(dict.fromkeys(line.group for line in lines))
    return (
        Filter("q", _("名称、编码或来源"), _holding, kind="text"),
        Filter(
            "group",
            _("类别"),
            lambda rows, value: [r for r in rows if r.group == value],
            choices=[(g, g) for g in groups],
        ),
        Filter("unit", _("看哪个单位"), lambda rows, _value: rows, choices=units),
        Filter(
            "edition",
            _("看哪个版本"),
            lambda rows, _value: rows,
            choices=[(e.value, EDITION_LABELS[e]) for e in EDITIONS],
        ),
        Filter(
            "waiting",
            _("只看待确认"),
            lambda rows, _value: [row for row in rows if row.value and not row.confirmed],
            kind="switch",
        ),
    )


def _holding(rows: Sequence[KeyLine], value: str) -> list[KeyLine]:
    words = value.lower().split()
    return [row for row in rows if all(word in f"{row.title} {row.key} {row.source}".lower() for word in words)]
