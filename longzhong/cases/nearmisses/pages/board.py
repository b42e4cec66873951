"""潜在投诉化解: what was dissolved before it became a complaint, by whom, and why it had come so far."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.words import CAUSE_LABELS, RootCause
from longzhong.cases.nearmisses import selectors
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.nearmisses.pages.words import how_words, mood_words, reason_words, state_badge
from longzhong.cases.nearmisses.rules import HANDS, PLACE_LABELS, READERS, STATE_LABELS
from longzhong.kit import web
from longzhong.kit.clock import day_start
from longzhong.kit.web import Bar, Column, Filter, Listing, Tab

Rows = QuerySet[NearMiss]


@dataclass(frozen=True)
class BoardPage:
    tabs: list[Tab]
    table: Listing
    reasons: list[Bar]
    may_record: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """All, or those in one state; the address keeps tab and filters."""
    who, tab = web.actor(request), request.GET.get("state", "all")
    rows = selectors.board(who)
    table = web.listing(
        request, rows.filter(state=tab) if tab in set(STATE_LABELS) else rows, COLUMNS, FILTERS, title=_("潜在投诉化解"),
        sort="-at", href=lambda row: reverse("nearmisses:detail", args=[row.pk]),
    )  # fmt: skip
    reasons = [
        Bar(CAUSE_LABELS[RootCause(code)], number, table.address(reason=code, page=""))
        for code, number in selectors.counts_by_reason(table.rows)  # type: ignore[arg-type]
    ]
    return web.show(request, BoardPage(_tabs(who, tab), table, reasons, who.has(*HANDS)), "nearmisses/board.html")


def _tabs(who: web.Actor, active: str) -> list[Tab]:
    counts = selectors.counts_by_state(who)
    rows = (
        ("all", _("全部"), sum(counts.values())),
        *((k.value, v, counts.get(k, 0)) for k, v in STATE_LABELS.items()),
    )
    return [Tab(label, f"?state={key}", number, key == active) for key, label, number in rows]


def _since(rows: Rows, day: str) -> Rows:
    first = _day(day)
    return rows.filter(at__gte=day_start(first)) if first else rows


def _until(rows: Rows, day: str) -> Rows:
    last = _day(day)
    return rows.filter(at__lt=day_start(last + timedelta(days=1))) if last else rows


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(staff__name__icontains=text) | rows.filter(number=text.upper())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


COLUMNS = (
    Column("number", "编号", "number", "code", "id"),
    Column("at", "时间", "at", "moment", "at"),
    Column("staff", "化解人", "staff.name", sort="staff__name", note="unit.short_name"),
    Column("place", "地点", lambda row: row.get_place_display(), sort="place", phone=False),
    Column("reason", "起因", reason_words, sort="reason"),
    Column("means", "怎么化解的", how_words),
    Column("mood", "情绪变化", mood_words, phone=False),
    Column("category", "业务分类", "category.name", phone=False),
    Column("state", "状态", state_badge, "badge", "state"),
)
FILTERS = (
    Filter("reason", "起因", lambda rows, value: rows.filter(reason=value),
           choices=[(k.value, v) for k, v in CAUSE_LABELS.items()]),
    Filter("place", "地点", lambda rows, value: rows.filter(place=value),
           choices=[(k.value, v) for k, v in PLACE_LABELS.items()]),
    Filter("from", "从", _since, "day"),
    Filter("to", "到", _until, "day"),
    Filter("q", "化解人或编号", _named, "text"),
)  # fmt: skip
