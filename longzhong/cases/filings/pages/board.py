"""报备: what is in force, what waits for acceptance or audit, who is suspended; storms propose a filing."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.filings import selectors
from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.pages.words import kind_words, late_words, scope_line, span_words, state_badge
from longzhong.cases.filings.rules import FILERS, KIND_LABELS, LIVE, READERS, STATE_LABELS, State
from longzhong.cases.filings.selectors import Proposal
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    proposals: list[Proposal]
    suspended: list[str]
    may_file: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Those under way by default; the tab is in the address."""
    who, now = web.actor(request), clock.now()
    state = request.GET.get("state", "live")
    table = web.listing(
        request, _rows(who, state), COLUMNS, FILTERS, title=_("报备清单"), sort="-drafted",
        href=lambda row: reverse("filings:detail", args=[row.pk]),
    )  # fmt: skip
    may_file = who.has(*FILERS)
    proposals = selectors.storm_proposals(who, now) if may_file else []
    suspended = [f"{name}：至 {moment_words(until)}" for name, until in selectors.suspended_units(who, now)]
    tabs = _tabs(selectors.counts_by_state(who), state)
    return web.show(request, BoardPage(tabs, table, proposals, suspended, may_file), "filings/board.html")


def _rows(who: web.Actor, state: str) -> QuerySet[Filing]:
    rows = selectors.board(who)
    if state == "live":
        return rows.filter(state__in=LIVE)
    return rows.filter(state=state) if state in set(State) else rows


def _tabs(counts: dict[str, int], active: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [web.Tab(_("办理中"), "?state=live", live, active == "live")]
    for state in (State.SUBMITTED, State.ACCEPTED, State.EXPIRED, State.TRUE, State.MISUSED):
        tabs.append(web.Tab(STATE_LABELS[state], f"?state={state}", counts.get(state, 0), active == state))
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), active == "all")]


def _drafted(row: Filing) -> str:
    return f"{row.drafted_by.name} {clock.civil_day(row.drafted_at):%m-%d}"


COLUMNS = (
    web.Column("number", "报备号", lambda row: row.number or _("未提交"), sort="number", note=late_words),
    web.Column("title", "标题", note=kind_words),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("due", "时限", "due_at", "countdown", "due_at"),
    web.Column("span", "有效时间和范围", span_words, sort="begins_at", note=scope_line),
    web.Column(
        "drafted", "单位与起草", lambda row: row.unit.short_name or row.unit.name, sort="drafted_at", note=_drafted
    ),
)
FILTERS = (
    web.Filter(
        "kind", "类型", lambda rows, kind: rows.filter(kind=kind),
        choices=tuple((one.value, label) for one, label in KIND_LABELS.items()),
    ),
    web.Filter("late", "只看补报", lambda rows, _on: rows.filter(late=True), "switch"),
    web.Filter("number", "报备号", lambda rows, text: rows.filter(number=text.strip()), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
)  # fmt: skip
