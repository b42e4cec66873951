"""停电研判看板: where the power is probably off before anybody has registered it, how sure that is, and why."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.sensing.troubles import selectors
from longzhong.sensing.troubles.pages.words import confidence, level_badge, state_badge, why
from longzhong.sensing.troubles.rules import LEVEL_LABELS, READERS, State
from longzhong.sensing.troubles.selectors import Trouble

Rows = QuerySet[Trouble]


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Probable outages by default, the newest first; tab and filters stay in the address."""
    who, tab = web.actor(request), request.GET.get("state", "probable")
    rows = _narrowed(selectors.board(who), tab)
    table = web.listing(
        request, rows, COLUMNS, FILTERS, title=_("停电研判"), href=lambda one: reverse("troubles:detail", args=[one.pk])
    )
    return web.show(request, BoardPage(_tabs(selectors.counts(who), tab), table), "troubles/board.html")


def _narrowed(rows: Rows, tab: str) -> Rows:
    if tab == "single":
        return selectors.single(rows)
    if tab == "confirmed":
        return rows.filter(state=State.CONFIRMED)
    if tab == "past":
        return rows.filter(state__in=[State.CLOSED, State.DISMISSED])
    return selectors.probable(rows)


def _tabs(counts: selectors.Counts, active: str) -> list[web.Tab]:
    rows = (
        ("probable", _("疑似停电"), counts.probable), ("single", _("单条信号"), counts.single),
        ("confirmed", _("已确认"), counts.confirmed), ("past", _("已结束"), counts.past),
    )  # fmt: skip
    return [web.Tab(label, f"?state={key}", number, key == active) for key, label, number in rows]


COLUMNS = (
    web.Column("name", "可能停电的设备", "name", note=lambda one: "；".join(why(one))),
    web.Column("level", "范围", level_badge, "badge", "level"),
    web.Column("confidence", "可信度", confidence, sort="confidence"),
    web.Column("began", "停电时间（推断）", "began_at", "moment", "began_at"),
    web.Column("signals", "信号", "signals", "number", "signals"),
    web.Column("accounts", "影响户数", "accounts", "number", "accounts"),
    web.Column("last", "最近一条信号", "last_at", "moment", "last_at", phone=False),
    web.Column("unit", "单位", lambda one: one.unit.short_name or one.unit.name if one.unit else "", phone=False),
    web.Column("state", "状态", state_badge, "badge", "state"),
)
FILTERS = (
    web.Filter(
        "level", "范围", lambda rows, level: rows.filter(level=level), choices=[(k.value, v) for k, v in LEVEL_LABELS.items()]
    ),
    web.Filter("q", "设备或台区", lambda rows, text: rows.filter(name__icontains=text), "text"),
    web.Filter("corrected", "人工改过的", lambda rows, _on: rows.filter(corrected=True), "switch"),
)  # fmt: skip
