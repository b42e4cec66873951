"""投诉台账: both ledgers of a span, against the span and the year before, month by month and unit by unit."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.pages.asked import Asked, asked, filters, is_sure, percents
from longzhong.assessment.ledgers.rules import READERS, Side
from longzhong.assessment.ledgers.selectors import Ledger, Line
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.complaints.rules.intervals import SMALL, gap, ratio, share
from longzhong.cases.complaints.rules.ledger import Tally, change, points
from longzhong.kit import web

INDENT = "　"


@dataclass(frozen=True)
class HomePage:
    words: str
    hints: list[str]
    tiles: list[web.Tile]
    table: web.Listing
    chart: Any
    nothing: bool
    small: str
    analysis: str


@web.page(*READERS)
def home(request: HttpRequest) -> HttpResponseBase:
    """?span=2026-03, 2026q1 or 2026, ?kind, ?asof=the ledger as it stood at the end of that day."""
    who, question = web.actor(request), asked(request)
    found = selectors.ledger(who, question.days, question.as_of, question.kind)
    lines = selectors.unit_lines(who, found)
    title = _("投诉台账") + f" {question.words}"
    table = web.listing(request, lines, _columns(question), filters(), title=title)
    nothing = all(not one.total for _month, one in found.trend)
    small = _("件数少（不足 %(n)s 件），升降多半是偶然，不宜据此排名或评价。") % {"n": SMALL}
    page = HomePage(
        question.words, _hints(found, question), _tiles(found, question), table, _chart(found), nothing,
        small if 0 < found.now.total < SMALL else "", question.page("ledgers:analysis"),
    )  # fmt: skip
    return web.show(request, page, "ledgers/home.html")


def _hints(found: Ledger, question: Asked) -> list[str]:
    """What a reader must know before comparing."""
    waiting = found.now.open if question.kind != Kind.OPINION else 0
    changing = _("还有 %s 件没有核定，属实件数和属实率还会变。") % waiting
    return [*filter(None, [question.cut]), *([changing] if waiting else [])]


def _tiles(found: Ledger, question: Asked) -> list[web.Tile]:
    now, year = found.now, found.year_before
    trend = tuple(float(one.total) for _month, one in found.trend)
    taken = _count(_("受理"), (now.total, year.total), found, question.href(), trend=trend)
    if question.kind == Kind.OPINION:  # answered without a verdict
        return [taken]
    return [
        taken,
        _count(_("属实（申诉前）"), (now.raw, year.raw), found, question.href(side=Side.RAW)),
        _count(_("属实（申诉后）"), (now.final, year.final), found, question.href(side=Side.FINAL)),
        _rate_tile(now, found.before, question.href(side=Side.FINAL)),
        web.Tile(
            _("没有核定"), now.open, _("件"), question.href(side=Side.OPEN), note=_("含已撤回；申诉改判 %s 件") % now.corrected
        ),
    ]  # fmt: skip


def _rate_tile(now: Tally, before: Tally, href: str) -> web.Tile:
    moved = _points(points(now.final_rate, before.final_rate))
    sure = is_sure(gap(now.final, now.total, before.final, before.total), 0)
    note = _("申诉前 %(raw)s；区间 %(range)s") % {
        "raw": _rate(now.raw_rate),
        "range": percents(share(now.final, now.total)),
    }
    return web.Tile(
        _("属实率（申诉后）"), _percent(now.final_rate), "%", href, decimals="2", change=moved,
        against=(_("较上期") if sure else _("较上期，可能只是偶然")) if moved else "",
        change_tone=_tone(now.final_rate, before.final_rate) if sure else "", note=note,
    )  # fmt: skip


def _count(label: str, counts: tuple[int, int], found: Ledger, href: str, trend: tuple[float, ...] = ()) -> web.Tile:
    """A count now and a year before; coloured only where chance alone wouldn't do it."""
    (now, before), days = counts, found.days_year.length
    moved = change(now, before)
    words = "" if moved is None else f"{moved * 100:+.2f} %"
    sure = is_sure(ratio(now, days, before, days), 1)
    note = _("上年同期 %s 件") % before + ("" if sure or now == before else _("，差别可能只是偶然"))
    return web.Tile(
        label, now, _("件"), href, change=words, change_tone=_tone(now, before) if sure else "",
        against=_("同比") if words else "", note=note, trend=trend,
    )  # fmt: skip


def _tone(now: float | None, before: float | None) -> str:
    """Fewer is better."""
    if now is None or before is None or now == before:
        return ""
    return "good" if now < before else "late"


def _percent(value: float | None) -> float | None:
    return None if value is None else value * 100


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.2f} %"


def _points(value: float | None) -> str:
    return "" if value is None else _("%s 个百分点") % f"{value:+.2f}"


def _chart(found: Ledger) -> Any:
    months = [f"{month.start:%Y-%m}" for month, _one in found.trend]
    lines = [
        web.Line(_("受理"), [one.total for _m, one in found.trend], "$closed"),
        web.Line(_("属实（申诉前）"), [one.raw for _m, one in found.trend], "$ochre"),
        web.Line(_("属实（申诉后）"), [one.final for _m, one in found.trend], "$brand"),
    ]
    return web.bar_chart(months, lines, unit=_("件"))


def _columns(question: Asked) -> tuple[web.Column, ...]:
    def number(key: str, label: str, side: Side, *, phone: bool = True) -> web.Column:
        return web.Column(
            key, label, lambda line: _of(line.tally, side), "number", phone=phone,
            href=lambda line: question.href(by=selectors.BELOW, key=str(line.unit_id), side=side.value),
        )  # fmt: skip

    verdicts = (
        number("raw", _("属实（申诉前）"), Side.RAW, phone=False),
        number("final", _("属实（申诉后）"), Side.FINAL),
        web.Column("rate", _("属实率（申诉后）"), "tally.final_rate", "share", decimals=2, note=_rate_interval),
    )
    return (
        web.Column("name", _("单位"), lambda line: INDENT * line.depth + line.name),
        number("total", _("受理"), Side.ALL),
        *(verdicts if question.kind != Kind.OPINION else ()),
        web.Column("per", _("每万户件数"), "rate.value", "number", decimals=2, note=_interval),
        web.Column("accounts", _("客户数"), lambda line: line.accounts or None, "number", phone=False),
        web.Column("before", _("上期受理"), "before.total", "number", phone=False),
        web.Column("place", _("同级名次"), _place, note=_why),
    )


def _of(tally: Tally, side: Side) -> int:
    return {Side.ALL: tally.total, Side.RAW: tally.raw, Side.FINAL: tally.final}[side]


def _rate_interval(line: Line) -> str:
    return _("区间 %s") % percents(share(line.tally.final, line.tally.total)) if line.tally.total else ""


def _interval(line: Line) -> str:
    return (
        _("区间 %(low)s–%(high)s") % {"low": f"{line.rate.low:,.2f}", "high": f"{line.rate.high:,.2f}"}
        if line.rate
        else ""
    )


def _place(line: Line) -> str:
    """Nobody is ranked whose number may be anybody's (小样本不排名)."""
    if line.place is None:
        return "–"
    best, worst = line.place
    if (best, worst) == (1, line.rivals):
        return _("不作排名")
    return str(best) if best == worst else f"{best}–{worst}"


def _why(line: Line) -> str:
    if line.place is None:
        return ""
    return _("与同级无显著差别") if line.place == (1, line.rivals) else _("共 %s 个单位，投诉少者靠前") % line.rivals
