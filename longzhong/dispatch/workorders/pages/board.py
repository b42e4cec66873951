"""工单看板: what is to be done, what is late, in whose hands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.pages.words import (
    READERS,
    alarm_badge,
    due_words,
    fault_words,
    owner_words,
    priority_badge,
    state_badge,
)
from longzhong.dispatch.workorders.rules import KIND_LABELS, LIVE, PRIORITY_LABELS, STATE_LABELS, State
from longzhong.kit import clock, web

Rows = QuerySet[WorkOrder]
TABS = (State.DISPATCHED, State.REPORTED, State.FINISHED, State.UNPROVEN, State.RETURNED, State.PROJECT, State.VERIFIED)


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Live orders by default, due soonest first; tab and filters stay in the address."""
    who, now = web.actor(request), clock.now()
    tab = request.GET.get("state", "live")
    counts = selectors.counts(who, now)
    rows = selectors.board(who)
    table = web.listing(
        request, _narrowed(rows, tab, now), COLUMNS, _filters(who, now), title=_("工单"),
        href=lambda order: reverse("workorders:detail", args=[order.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(_tabs(counts, tab), table), "workorders/board.html")


def _narrowed(rows: Rows, tab: str, now: datetime) -> Rows:
    special: dict[str, Callable[[], Rows]] = {
        "live": lambda: rows.filter(state__in=LIVE),
        "late": lambda: selectors.late(rows, now),
        "soon": lambda: selectors.soon(rows, now),
        "pool": lambda: rows.filter(state__in=LIVE, owner=None),
        "all": lambda: rows,
    }
    return special[tab]() if tab in special else rows.filter(state=tab)


def _tabs(counts: selectors.OrderCounts, active: str) -> list[web.Tab]:
    pressing = (("live", _("未完结"), counts.live), ("late", _("超时"), counts.late), ("soon", _("24小时内到期"), counts.soon),
                ("pool", _("无人负责"), counts.unassigned))  # fmt: skip
    states = tuple((state.value, str(STATE_LABELS[state]), counts.by_state[state.value]) for state in TABS)
    rows = (*pressing, *states, ("all", _("全部"), sum(counts.by_state.values())))
    return [web.Tab(label, f"?state={key}", number, key == active) for key, label, number in rows]


def _filters(who: web.Actor, now: datetime) -> tuple[web.Filter, ...]:
    people = [(str(line.staff_id or 0), f"{line.name}（{line.live}）") for line in selectors.by_person(who, now)]
    return (
        web.Filter("owner", _("负责人"), lambda rows, owner: rows.filter(owner=int(owner) or None), choices=people),
        *FILTERS,
    )


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(area__name__icontains=text) | rows.filter(area__code=text) | rows.filter(number=text.upper())


COLUMNS = (
    web.Column("number", "工单", "number", "code", "id"),
    web.Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    web.Column("kind", "事由", fault_words, phone=False),
    web.Column("priority", "紧急程度", priority_badge, "badge", "priority"),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("owner", "负责人", owner_words, sort="owner__name", note="unit.short_name"),
    web.Column("due", "最近时限", "due_at", "countdown", "due_at", note=due_words),
    web.Column("alarm", "督办", alarm_badge, "badge", "alarm"),
    web.Column("opened", "派单日期", "opened_at", "day", "opened_at", phone=False),
)
FILTERS = (
    web.Filter(
        "at", "状态", lambda rows, state: rows.filter(state=state), choices=[(k.value, v) for k, v in STATE_LABELS.items()]
    ),
    web.Filter("kind", "类别", lambda rows, kind: rows.filter(kind=kind), choices=[(k.value, v) for k, v in KIND_LABELS.items()]),
    web.Filter(
        "priority", "紧急程度", lambda rows, level: rows.filter(priority=int(level)),
        choices=[(str(k.value), v) for k, v in PRIORITY_LABELS.items()],
    ),
    web.Filter("persistent", "持续低电压", lambda rows, _on: rows.filter(persistent=True), "switch"),
    web.Filter("q", "台区或工单号", _named, "text"),
)  # fmt: skip
