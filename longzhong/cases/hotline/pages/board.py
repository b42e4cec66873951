"""诉求看板: every matter, who has it, what is due; filters, search and Excel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.pages.words import (
    WHO,
    alarm_badge,
    channel_words,
    counted_words,
    due_words,
    state_badge,
    type_words,
    urgency_badge,
)
from longzhong.cases.hotline.rules.machine import DONE, LIVE, STATE_LABELS, State
from longzhong.cases.hotline.rules.words import CHANNEL_LABELS, TYPE_LABELS, URGENCY_LABELS
from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit

Rows = QuerySet[Case]
NEVER_BACK = {"times_returned": 0, "times_dissatisfied": 0, "times_reopened": 0}
TABS = (State.TAKEN, State.DISPATCHED, State.HANDLING, State.REPLIED, State.CALLING, State.CLOSED)


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*WHO)
def board(request: HttpRequest) -> HttpResponseBase:
    """Live cases by default, due soonest first; tab and filters stay in the address."""
    who, now = web.actor(request), clock.now()
    tab = request.GET.get("state", "live")
    rows = _narrowed(selectors.board(who), tab, now)
    table = web.listing(request, rows, COLUMNS, FILTERS, title=_("诉求"), href=case_url)
    return web.show(request, BoardPage(_tabs(selectors.counts(who, now), tab), table), "hotline/board.html")


def case_url(case: Case) -> str:
    return reverse("hotline:case", args=[case.pk])


def _narrowed(rows: Rows, tab: str, now: datetime) -> Rows:
    special: dict[str, Callable[[], Rows]] = {
        "live": lambda: rows.filter(state__in=LIVE),
        "late": lambda: selectors.late(rows, now),
        "soon": lambda: selectors.soon(rows, now),
        "all": lambda: selectors.archive(rows),
    }
    if tab in special:
        return special[tab]()
    return selectors.archive(rows.filter(state=tab)) if tab in DONE else rows.filter(state=tab)


def _tabs(counts: selectors.CaseCounts, active: str) -> list[web.Tab]:
    pressing = (
        ("live", _("未办结"), counts.live),
        ("late", _("超时"), counts.late),
        ("soon", _("24小时内到期"), counts.soon),
    )
    states = tuple((state.value, STATE_LABELS[state], counts.by_state.get(state.value)) for state in TABS)
    rows = (*pressing, *states, ("all", _("全部"), None))
    return [web.Tab(label, f"?state={key}", number, key == active) for key, label, number in rows]


def _topic(case: Case) -> str:
    return f"{type_words(case)} · {case.category.name}"


COLUMNS = (
    web.Column("number", "诉求单", "number", "code", "id"),
    web.Column("category", "诉求内容", _topic, note="content"),
    web.Column("urgency", "紧急程度", urgency_badge, "badge", "urgency"),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("owner", "负责人", "owner.name", sort="owner__name", note="unit.short_name"),
    web.Column("due", "最近时限", "due_at", "countdown", "due_at", note=due_words),
    web.Column("alarm", "督办", alarm_badge, "badge", "alarm", phone=False),
    web.Column("channel", "来源", channel_words, note=counted_words, phone=False),
    web.Column("opened", "受理时间", "opened_at", "moment", "opened_at"),
)
FILTERS = (
    web.Filter("type", "类型", lambda rows, kind: rows.filter(type=kind), choices=[(k.value, v) for k, v in TYPE_LABELS.items()]),
    web.Filter(
        "at", "状态", lambda rows, state: rows.filter(state=state), choices=[(k.value, v) for k, v in STATE_LABELS.items()]
    ),
    web.Filter(
        "channel", "来源", lambda rows, channel: rows.filter(channel=channel),
        choices=[(k.value, v) for k, v in CHANNEL_LABELS.items()],
    ),
    web.Filter(
        "urgency", "紧急程度", lambda rows, level: rows.filter(urgency=int(level)),
        choices=[(str(k.value), v) for k, v in URGENCY_LABELS.items()],
    ),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("back", "退回或再报过", lambda rows, _on: rows.exclude(**NEVER_BACK), "switch"),
    web.Filter("q", "单号或内容关键词", selectors.worded, "text"),
)  # fmt: skip
