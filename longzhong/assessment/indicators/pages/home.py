"""治理指标: is the promise kept this month, where not, and is it getting better."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.indicators import selectors
from longzhong.assessment.indicators.pages.asked import asked_month, behind_href, indicator_href
from longzhong.assessment.indicators.rules import (
    BY_CODE,
    COLUMN_WORDS,
    HEADLINES,
    KIND_WORDS,
    Direction,
    Tally,
    total,
)
from longzhong.assessment.indicators.selectors import Figures, UnitLine
from longzhong.cases.alerts.rules import READERS
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Filter, Limit, Line, Listing

INDENT = "　"


@dataclass(frozen=True)
class Tile:
    """What `<c-tile>` draws."""

    label: str
    value: float | None
    unit: str
    href: str
    tone: str
    trend: list[float]
    note: str
    change: str = ""
    change_tone: str = ""
    against: str = ""
    decimals: str = "1"


@dataclass(frozen=True)
class FormulaLine:
    """An indicator with its formula, its parts and whether the promise was kept."""

    name: str
    formula: str
    parts: str
    share: str
    target: str
    badge: Badge | None
    href: str


@dataclass(frozen=True)
class KindLine:
    """One kind of alert; `cells` are (label, count, list behind it)."""

    name: str
    cells: list[tuple[str, int, str]]


@dataclass(frozen=True)
class HomePage:
    lead: str
    month: str
    counted_at: datetime | None
    tiles: list[Tile]
    formulas: list[FormulaLine]
    kinds: list[KindLine]
    units: Listing
    chart: Any
    chart_empty: bool


@web.page(*READERS)
def home_page(request: HttpRequest) -> HttpResponseBase:
    """The month's indicators of what one may see; every number opens its list."""
    who = web.actor(request)
    month = asked_month(request) or selectors.newest_month(who) or clock.today().replace(day=1)
    known = selectors.figures(who, month)
    page = HomePage(
        lead=_lead(known),
        month=f"{month:%Y-%m}",
        counted_at=known.counted_at,
        tiles=[_tile(code, known) for code in HEADLINES],
        formulas=[_formula(code, known) for code in BY_CODE],
        kinds=[_kind(kind, known.kinds[kind], month) for kind in KIND_WORDS if kind in known.kinds],
        units=_units(request, selectors.lines(who, month, known), month),
        chart=_chart(known),
        chart_empty=not known.cells,
    )
    return web.show(request, page, "indicators/home.html")


def _lead(known: Figures) -> str:
    voltage, month = known.value("voltage_load"), f"{known.month:%Y-%m}"
    if voltage.share is None:
        return _("%(month)s 没有发现过/低电压和重过载。") % {"month": month}
    said = {"month": month, "found": voltage.denominator, "cured": voltage.numerator, "share": voltage.share}
    return _("%(month)s 发现过/低电压、重过载 %(found)d 处，核实治好 %(cured)d 处，治理率 %(share).1f%%。") % said


def _tile(code: str, known: Figures) -> Tile:
    indicator, value, trend = BY_CODE[code], known.value(code), [share for _month, share in known.trend(code)]
    before = trend[-2]
    moved = value.share - before if value.share is not None and before is not None else None
    better = moved is not None and (moved >= 0) == (indicator.direction is Direction.UP)
    return Tile(
        label=indicator.name, value=value.share, unit=indicator.unit, href=indicator_href(known.month, code),
        tone="late" if value.met is False else "", trend=[share for share in trend if share is not None],
        note=_("目标 %s%%") % f"{value.target:g}" if value.target is not None else "",
        change=f"{moved:+.1f}" if moved is not None else "", against=_("较上月") if moved is not None else "",
        change_tone=("good" if better else "late") if moved else "",
    )  # fmt: skip


def _formula(code: str, known: Figures) -> FormulaLine:
    indicator, value = BY_CODE[code], known.value(code)
    badge = None
    if value.met is not None:
        badge = Badge("good", _("达标")) if value.met else Badge("late", _("未达标"))
    return FormulaLine(
        name=indicator.name,
        formula=indicator.formula,
        parts=f"{value.numerator} ÷ {value.denominator}",
        share="–" if value.share is None else f"{value.share:.1f}%",
        target="–" if value.target is None else f"{value.target:g}%",
        badge=badge,
        href=indicator_href(known.month, code),
    )


def _kind(kind: str, counts: Tally, month: date) -> KindLine:
    cells = [
        (word, getattr(counts, column), behind_href(month, kind=kind, column=column))
        for column, word in COLUMN_WORDS.items()
    ]
    return KindLine(KIND_WORDS[kind], cells)


def _units(request: HttpRequest, lines: list[UnitLine], month: date) -> Listing:
    def number(column: str) -> Column:
        return Column(
            column, _(COLUMN_WORDS[column]), lambda line: getattr(_electric(line), column), "number",
            href=lambda line: behind_href(month, unit=line.unit_id, column=column, indicator="on_time"),
            phone=column in ("found", "verified"),
        )  # fmt: skip

    def share(code: str) -> Column:
        return Column(code, BY_CODE[code].name, lambda line: line.values[code].share, "number", decimals=1)

    return web.listing(
        request,
        lines,
        (
            Column("name", _("单位"), lambda line: INDENT * line.depth + line.name),
            *(number(column) for column in COLUMN_WORDS),
            share("voltage_load"),
            share("unbalance"),
        ),
        (Filter("month", _("月份"), lambda rows, _value: rows, kind="month", first=f"{month:%Y-%m}"),),
        title=_("治理指标") + f" {month:%Y-%m}",
    )


def _electric(line: UnitLine) -> Tally:
    """The unit's counts of the grid's own faults, as the columns' lists show them."""
    return total(counts for kind, counts in line.kinds.items() if kind in BY_CODE["on_time"].kinds)


def _chart(known: Figures) -> Any:
    months = [f"{month:%Y-%m}" for month, _share in known.trend(HEADLINES[0])]
    lines = [Line(BY_CODE[code].name, [share for _month, share in known.trend(code)]) for code in HEADLINES]
    promised = known.promised.unbalance_pct
    limits = [Limit(_("不平衡目标 %s") % f"{promised:g}", promised)] if promised >= 0 else []
    return web.line_chart(months, lines, unit="%", limits=limits)
