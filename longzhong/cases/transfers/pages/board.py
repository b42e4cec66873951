"""小区移交: where each estate stands, what is late, how many defects are open, which are disputed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.models import Transfer
from longzhong.cases.transfers.pages.words import partner_words, state_badge
from longzhong.cases.transfers.rules import LIVE, READERS, STATE_LABELS, SURVEYORS, State
from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    may_open: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Live ones by default, what is due first on top; the tab is in the address."""
    who = web.actor(request)
    state = request.GET.get("state", "live")
    table = web.listing(
        request, _rows(who, state), COLUMNS, FILTERS, title=_("小区移交清单"), sort="due",
        href=lambda row: reverse("transfers:detail", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(_tabs(who, state), table, who.has(*SURVEYORS)), "transfers/board.html")


def _rows(who: web.Actor, state: str) -> QuerySet[Transfer]:
    rows = selectors.board(who, clock.today())
    if state == "live":
        return rows.filter(state__in=LIVE)
    if state == "late":
        return selectors.late(rows, clock.now())
    return rows.filter(state=state) if state in set(State) else rows


def _tabs(who: web.Actor, active: str) -> list[web.Tab]:
    counts = selectors.counts_by_state(who)
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [
        web.Tab(_("办理中"), "?state=live", live, active == "live"),
        web.Tab(_("已超时"), "?state=late", selectors.late_count(who, clock.now()), active == "late"),
    ]
    for state in (State.RECTIFYING, State.ACCEPTANCE, State.DISPUTED, State.HANDED_OVER, State.STOPPED):
        tabs.append(web.Tab(STATE_LABELS[state], f"?state={state}", counts.get(state, 0), active == state))
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), active == "all")]


def _defects(row: Any) -> web.Badge:
    if row.overdue_defects:
        return web.Badge(
            "late", _("%(late)s 条逾期，共 %(n)s 条") % {"late": row.overdue_defects, "n": row.open_defects}
        )
    return web.Badge("soon", _("%s 条待整改") % row.open_defects) if row.open_defects else web.Badge("closed", _("无"))


COLUMNS = (
    web.Column("estate", "小区", sort="estate", note="number"),
    web.Column("state", "阶段", state_badge, "badge", "state"),
    web.Column("due", "下一时限", "due_at", "countdown", "due_at"),
    web.Column("defects", "缺陷", _defects, "badge", "overdue_defects"),
    web.Column("partner", "开发商 / 物业", partner_words, phone=False),
    web.Column("households", "户数", kind="number", sort="households"),
    web.Column("unit", "责任单位", lambda row: row.unit.short_name or row.unit.name, sort="unit__name"),
    web.Column("entered", "进入本阶段", "entered_at", "moment", "entered_at", phone=False),
)
FILTERS = (
    web.Filter(
        "q", "小区、开发商、物业",
        lambda rows, text: rows.filter(
            Q(estate__icontains=text) | Q(developer__icontains=text) | Q(property_company__icontains=text)
        ), "text",
    ),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("overdue", "只看缺陷逾期", lambda rows, _on: rows.filter(overdue_defects__gt=0), "switch"),
)  # fmt: skip
