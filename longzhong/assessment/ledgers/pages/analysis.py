"""投诉分析: one dimension at a time, the vital few first; each number opens the matters that it counts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.pages.asked import Asked, asked, dimensions, filters
from longzhong.assessment.ledgers.rules import DIMENSION_LABELS, ORDERED, READERS, Dimension, Side, pareto
from longzhong.assessment.ledgers.selectors import Part
from longzhong.cases.complaints.rules.intervals import SMALL
from longzhong.kit import web

SHOWN = 20


@dataclass(frozen=True)
class AnalysisPage:
    words: str
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
        question.words, _lead(parts, by, total), tabs, table, _chart(parts), total == 0,
        small if 0 < total < SMALL * 4 else "", question.page("ledgers:home"),
    )  # fmt: skip
    return web.show(request, page, "ledgers/analysis.html")


def _lead(parts: list[Part], by: Dimension, total: int) -> str:
    """The finding in one sentence."""
    if not total:
        return _("这个统计期没有可以分析的事项。")
    if by is Dimension.ATTITUDE:
        manner = sum(one.tally.total for one in parts if one.key == "1")
        return _("态度类 %(n)s 件，占 %(share)s。") % {"n": manner, "share": f"{manner / total:.1%}"}
    head = [bar for bar in pareto({one.label: one.tally.total for one in parts}) if bar.head]
    text = _("%(total)s 件里，%(names)s等 %(n)s 类占 %(share)s。")
    names = "、".join(bar.key for bar in head[:3])
    return text % {"total": total, "names": names, "n": len(head), "share": f"{head[-1].running:.1%}"}


def _chart(parts: list[Part]) -> Any:
    shown = parts[:SHOWN]
    lines = [
        web.Line(_("受理"), [one.tally.total for one in shown]),
        web.Line(_("属实（申诉后）"), [one.tally.final for one in shown], "$ochre"),
    ]
    return web.bar_chart([_last(one.label) for one in shown], lines, unit=_("件"))


def _last(label: str) -> str:
    return label.rsplit(" / ", 1)[-1]


def _columns(question: Asked, by: Dimension) -> tuple[web.Column, ...]:
    def number(key: str, label: str, side: Side) -> web.Column:
        return web.Column(
            key, label, lambda part: getattr(part.tally, key), "number",
            href=lambda part: question.href(by=by.value, key=part.key, side=side.value),
        )  # fmt: skip

    running = web.Column("share", _("占比"), "share.value", "share", decimals=1, note=_interval)
    return (
        web.Column("label", DIMENSION_LABELS[by], "label"),
        number("total", _("受理"), Side.ALL),
        running,
        number("raw", _("属实（申诉前）"), Side.RAW),
        number("final", _("属实（申诉后）"), Side.FINAL),
        web.Column("rate", _("属实率（申诉后）"), "tally.final_rate", "share", decimals=1, phone=by in ORDERED),
    )


def _interval(part: Part) -> str:
    return f"{part.share.low:.0%}–{part.share.high:.0%}" if part.share else ""
