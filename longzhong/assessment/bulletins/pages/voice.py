"""客户声音: what customers tell us about, why, through which door, and what is on the rise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.pages.asked import asked_period, period_tabs, told_href
from longzhong.assessment.bulletins.rules import READERS, Limits, Rising, RisingLimits
from longzhong.assessment.bulletins.selectors import Asked, Voice
from longzhong.cases.hotline.rules.words import CALL_OUTCOME_LABELS, CAUSE_LABELS, CHANNEL_LABELS, TYPE_LABELS, CaseType
from longzhong.kit import clock, web
from longzhong.kit.web import Bar, Line, Tab, Tile
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

MOST_CATEGORIES, MOST_LINES = 15, 5
LEAST_HEAT, FAR_ABOVE = 4, 1.5
Period = tuple[date, date]


@dataclass(frozen=True)
class ParetoLine:
    """A category: its cases, its share, and the share of it with all above it."""

    label: str
    number: int
    share: float
    together: float
    href: str


@dataclass(frozen=True)
class HeatRow:
    """A unit's cases by type; `tone` says where a number is far above the unit's even part."""

    unit: str
    cells: list[tuple[str, int, str, str]]


@dataclass(frozen=True)
class WordLine:
    rising: Rising
    href: str


@dataclass(frozen=True)
class VoicePage:
    lead: str
    periods: list[Tab]
    tiles: list[Tile]
    pareto: list[ParetoLine]
    causes: list[Bar]
    channels: list[Bar]
    outcomes: list[Bar]
    chart: Any
    chart_empty: bool
    heat_heads: str
    heat: list[HeatRow]
    words: list[WordLine]


@web.page(*READERS)
def voice(request: HttpRequest) -> HttpResponseBase:
    """A period's numbers; every one opens its list."""
    period = asked_period(request)
    least = policies.limits(Limits, "bulletins", day=clock.today()).least_n
    found = selectors.voice(web.actor(request), Asked(*period), RisingLimits(least_n=least))
    types = [kind for kind, _n in found.types.most_common(MOST_LINES)]
    page = VoicePage(
        lead=_lead(found, period), periods=period_tabs(request), tiles=_tiles(found, period, least), pareto=_pareto(found, period),
        causes=_bars(found.causes, CAUSE_LABELS, lambda code: told_href(period, cause=code)),
        channels=_bars(found.channels, CHANNEL_LABELS, lambda code: told_href(period, channel=code)),
        outcomes=_bars(found.outcomes, CALL_OUTCOME_LABELS, lambda _code: ""),
        chart=_chart(found, types), chart_empty=not found.total,
        heat_heads=",".join([_("单位"), *(f"#{TYPE_LABELS[CaseType(kind)]}" for kind in types)]), heat=_heat(found, types, period),
        words=[WordLine(one, told_href(period, word=one.word)) for one in found.words],
    )  # fmt: skip
    return web.show(request, page, "bulletins/voice.html")


def _lead(found: Voice, period: Period) -> str:
    said = {"first": period[0], "last": period[1], "calls": found.calls, "cases": found.total}
    return _("%(first)s 至 %(last)s：来电 %(calls)d 个，受理诉求 %(cases)d 件；点开数字看清单。") % said


def _tiles(found: Voice, period: Period, least: int) -> list[Tile]:
    share = 100 * found.attitude / found.complaints if found.complaints else None
    few = _("样本少（%(n)d 件），仅供参考") % {"n": found.complaints} if 0 < found.complaints < least else ""
    note = few or _("%(n)d/%(all)d 件投诉反映态度") % {"n": found.attitude, "all": found.complaints}
    return [
        Tile(_("来电"), found.calls, _("个"), note=_("含当场答复和停电告知")),
        Tile(_("诉求"), found.total, _("件"), told_href(period)),
        Tile(_("投诉"), found.complaints, _("件"), told_href(period, type="complaint"), tone="late" if found.complaints else ""),
        Tile(_("态度类投诉占比"), share, "%", told_href(period, attitude=1), note=note, decimals="1"),
    ]  # fmt: skip


def _pareto(found: Voice, period: Period) -> list[ParetoLine]:
    """The most frequent categories with the share that they make up together; the rest is one line."""
    names, order = categories.labels(found.categories), _by_size(found.categories)
    shown, rest = order[:MOST_CATEGORIES], order[MOST_CATEGORIES:]
    sums = accumulate(found.categories[one] for one in shown)
    lines = [
        ParetoLine(names[one], n, n / found.total, together / found.total, told_href(period, category=one))
        for one, n, together in zip(shown, (found.categories[one] for one in shown), sums, strict=True)
    ]
    if rest:
        left = sum(found.categories[one] for one in rest)
        lines.append(ParetoLine(_("其余 %(n)d 类") % {"n": len(rest)}, left, left / found.total, 1.0, ""))
    return lines


def _chart(found: Voice, types: list[str]) -> Any:
    lines = [
        Line(TYPE_LABELS[CaseType(kind)], [found.weeks.get((week, kind), 0) for week in found.mondays])
        for kind in types
    ]
    return web.line_chart([f"{week:%m-%d}" for week in found.mondays], lines, unit=_("件"))


def _heat(found: Voice, types: list[str], period: Period) -> list[HeatRow]:
    names = org.unit_names({unit for unit, _kind in found.units})
    even = {kind: found.types[kind] / max(1, len(names)) for kind in types}
    return [
        HeatRow(name, [
            (TYPE_LABELS[CaseType(kind)], n, told_href(period, unit=unit, type=kind), _tone(n, even[kind]))
            for kind in types for n in (found.units[unit, kind],)
        ])
        for unit, name in sorted(names.items(), key=lambda one: one[1])
    ]  # fmt: skip


def _tone(number: int, even: float) -> str:
    """Red where a number is far above the units' even part."""
    return "late" if number > max(LEAST_HEAT, FAR_ABOVE * even) else ""


def _bars(counts: Any, labels: Mapping[Any, str], href: Callable[[Any], str]) -> list[Bar]:
    return [Bar(labels[code], counts[code], href(code)) for code in _by_size(counts)]


def _by_size(counts: Any) -> list[Any]:
    return sorted(counts, key=lambda one: (-counts[one], str(one)))
