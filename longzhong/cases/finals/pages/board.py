"""最终答复: which are under way, and the filed ones as the list that is reported upward (报备)."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.pages.words import grounds_words, state_badge
from longzhong.cases.finals.rules import GROUND_LABELS, LIVE, READERS, STATE_LABELS, State
from longzhong.kit import web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Those under way by default; the tab is in the address."""
    who = web.actor(request)
    state = request.GET.get("state", "live")
    table = web.listing(
        request, _rows(who, state), COLUMNS, FILTERS, title=_("最终答复报备清单"), sort="-drafted",
        href=lambda row: reverse("finals:detail", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(_tabs(selectors.counts_by_state(who), state), table), "finals/board.html")


def _rows(who: web.Actor, state: str) -> QuerySet[FinalAnswer]:
    rows = selectors.board(who)
    if state == "live":
        return rows.filter(state__in=LIVE)
    return rows.filter(state=state) if state in set(State) else rows


def _tabs(counts: dict[str, int], active: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [web.Tab(_("办理中"), "?state=live", live, active == "live")]
    for state in (State.SUBMITTED, State.APPROVED, State.TOLD, State.FILED, State.REFUSED):
        tabs.append(web.Tab(STATE_LABELS[state], f"?state={state}", counts.get(state, 0), active == state))
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), active == "all")]


COLUMNS = (
    web.Column("number", "备案号", lambda row: row.number or _("未批准"), sort="number", note="case.number"),
    web.Column("category", "诉求", "case.category.name", note=lambda row: row.case.content[:60]),
    web.Column("grounds", "依据", grounds_words),
    web.Column("unit", "责任单位", "unit.short_name", sort="unit__name"),
    web.Column("drafter", "起草人", "drafted_by.name", phone=False),
    web.Column("drafted", "起草时间", "drafted_at", "moment", "drafted_at"),
    web.Column("approved", "批准时间", "approved_at", "moment", "approved_at", phone=False),
    web.Column("answered", "告知客户", "answered_at", "moment", "answered_at", note="get_answered_how_display"),
    web.Column("filed", "报备时间", "filed_at", "moment", "filed_at"),
    web.Column("state", "状态", state_badge, "badge", "state"),
)

FILTERS = (
    web.Filter(
        "ground",
        "依据",
        lambda rows, ground: rows.filter(grounds__contains=[ground]),
        choices=tuple((one.value, label) for one, label in GROUND_LABELS.items()),
    ),
    web.Filter(
        "number", "备案号或诉求号", lambda rows, text: rows.filter(number=text) | rows.filter(case__number=text), "text"
    ),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("month", "起草月份", web.in_month("drafted_at"), "month"),
)
