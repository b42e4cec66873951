"""投诉分析: one dimension at a time, the vital few first; each number opens the matters that it counts."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.pages.asked import Asked, asked, dimensions, filters, is_sure, percents
from longzhong.assessment.ledgers.rules import DIMENSION_LABELS, ORDERED, READERS, Dimension, Side, pareto
from longzhong.assessment.ledgers.selectors import Part
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.complaints.rules.intervals import SMALL, ratio, share
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.kit import web

SHOWN, NAMED = 20, 3


@dataclass(frozen=True)
class AnalysisPage:
    words: str
    cut: str
    lead: str
    tabs: list[web.Tab]
    table: web.Listing
    chart: Any
    nothing: bool
    small: str
    ledger: str


@web.page(*READERS)
def analysis(request: HttpRequest) -> HttpResponseBase:
    """?by=dimension beside what every page of the ledgers takes."""
    who, question = web.actor(request), asked(request)
    allowed = dimensions(who)
    wanted = request.GET.get("by", "")
    by = Dimension(wanted) if wanted in allowed else Dimension.CATEGORY
    parts = selectors.breakdown(who, question.days, question.as_of, by, (question.kind,))
    total = sum(one.tally.total for one in parts)
    table = web.listing(
        request,
        parts,
        _columns(question, by),
        filters(),
        title=_("投诉分析") + f" {question.words} {DIMENSION_LABELS[by]}",
    )
    tabs = [
        web.Tab(DIMENSION_LABELS[one], question.page("ledgers:analysis", by=one.value), active=one is by)
        for one in allowed
    ]
    small = _("共 %(n)s 件，样本很小：占比后的区间说明真实占比可能在哪里。") % {"n": total}
    page = AnalysisPage(
        question.words, question.cut, _lead(parts, by, total), tabs, table, chart(parts, by), total == 0,
        small if 0 < total < SMALL * 4 else "", question.page("ledgers:home"),
    )  # fmt: skip
    return web.show(request, page, "ledgers/analysis.html")


def _lead(parts: list[Part], by: Dimension, total: int) -> str:
    """The finding in one sentence."""
    if not total:
        return _("这个统计期没有可以分析的事项。")
    if by is Dimension.ATTITUDE:
        manner = sum(one.tally.total for one in parts if one.key == "1")
        said = {"n": manner, "share": f"{manner / total:.1%}", "range": percents(share(manner, total))}
        return _("态度类 %(n)s 件，占 %(share)s（区间 %(range)s）。") % said
    labels = {one.key: one.label for one in parts}
    known = {one.key: one.tally.total for one in parts if one.known and one.tally.total}
    told = sum(known.values())
    rest = _("另有 %(n)s 件%(label)s。") % {"n": total - told, "label": _unknown(parts)} if total > told else ""
    if not told:
        return rest
    head = [bar for bar in pareto(known) if bar.head]
    if len(head) > max(NAMED, len(known) / 2):
        return _("%(total)s 件分散在 %(n)s 类里，没有明显集中。") % {"total": told, "n": len(known)} + rest
    names = "、".join(labels[bar.key] for bar in head[:NAMED]) + (
        _("等 %s 类") % len(head) if len(head) > NAMED else ""
    )
    text = _("%(total)s 件里，%(names)s占 %(share)s。")
    return text % {"total": told, "names": names, "share": f"{head[-1].running:.1%}"} + rest


def _unknown(parts: list[Part]) -> str:
    return next((one.label for one in parts if not one.known), "")


def chart(parts: list[Part], by: Dimension) -> Any:
    """All hours and weekdays; of others the largest, and what the rest come to."""
    shown = parts if by in ORDERED or len(parts) <= SHOWN else parts[: SHOWN - 1]
    bars = [(_last(one.label), one.tally) for one in shown]
    if len(shown) < len(parts):
        rest = sum((one.tally for one in parts[len(shown) :]), Tally())
        bars.append((_("其余 %s 类") % (len(parts) - len(shown)), rest))
    lines = [
        web.Line(_("受理"), [tally.total for _name, tally in bars]),
        web.Line(_("属实（申诉后）"), [tally.final for _name, tally in bars], "$ochre"),
    ]
    return web.bar_chart([name for name, _tally in bars], lines, unit=_("件"))


def _last(label: str) -> str:
    return label.rsplit(" / ", 1)[-1]


def _columns(question: Asked, by: Dimension) -> tuple[web.Column, ...]:
    def number(key: str, label: str, side: Side) -> web.Column:
        return web.Column(
            key, label, lambda part: getattr(part.tally, key), "number",
            href=lambda part: question.href(by=by.value, key=part.key, side=side.value),
        )  # fmt: skip

    verdicts = (
        number("raw", _("属实（申诉前）"), Side.RAW),
        number("final", _("属实（申诉后）"), Side.FINAL),
        web.Column("rate", _("属实率（申诉后）"), "tally.final_rate", "share", decimals=1, note=_rate_interval),
    )
    year = question.a_year_before()
    return (
        web.Column("label", DIMENSION_LABELS[by], "label"),
        number("total", _("受理"), Side.ALL),
        web.Column("share", _("占比"), "share.value", "share", decimals=1, note=_interval),
        *(verdicts if question.kind != Kind.OPINION else ()),
        web.Column(
            "year", _("上年同期受理"), "year.total", "number", phone=False, note=partial(_by_chance, year.days.length),
            href=lambda part: year.href(by=by.value, key=part.key),
        ),
    )  # fmt: skip


def _by_chance(days: int, part: Part) -> str:
    """Said of every difference that chance alone may make."""
    found = ratio(part.tally.total, days, part.year.total, days)
    return "" if found is None or part.tally.total == part.year.total or is_sure(found, 1) else _("差别可能只是偶然")


def _interval(part: Part) -> str:
    return percents(part.share) if part.share else ""


def _rate_interval(part: Part) -> str:
    return percents(share(part.tally.final, part.tally.total)) if part.tally.total else ""
