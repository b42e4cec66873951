"""在手工单: live orders that are late, due today, with nobody or escalated; the lists behind the cockpit's figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import STATE_LABELS
from longzhong.dispatch.workorders.selectors import OrderCounts, PersonLine
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Bar, Column, Filter, Tab
from longzhong.surfaces.cockpit import selectors
from longzhong.surfaces.cockpit.pages.readers import READERS

TITLES = {
    "late": "超期",
    "soon": "24 小时内到期",
    "unassigned": "未派到人",
    "unproven": "待人工认定",
    "live": "全部在手",
}


@dataclass(frozen=True)
class HandsPage:
    tabs: list[Tab]
    people: list[Bar]
    table: web.Listing


@web.page(*READERS)
def hands(request: HttpRequest) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    view = request.GET.get("view", "late")
    view = view if view in TITLES else "late"
    people = workorders.by_person(who, now)
    counts = workorders.counts(who, now)
    tabs = [Tab(_(TITLES[key]), f"?view={key}", _count(counts, key), key == view) for key in TITLES]
    table = web.listing(
        request,
        selectors.orders_in_hand(who, view, now),
        COLUMNS,
        _filters(people),
        title=_("在手工单"),
        sort="due",
        href=lambda order: reverse("workorders:detail", args=[order.pk]),
    )
    return web.show(request, HandsPage(tabs, late_bars(people), table), "cockpit/hands.html")


def _count(counts: OrderCounts, view: str) -> int:
    return counts.by_state["unproven"] if view == "unproven" else int(getattr(counts, view))


def late_bars(people: Sequence[PersonLine], most: int = 8) -> list[Bar]:
    """Late orders by person, each bar opening that person's list."""
    late = [line for line in people if line.late]
    link = reverse("cockpit:hands")
    return [Bar(line.name, line.late, f"{link}?view=late&owner={line.staff_id or 0}") for line in late[:most]]


def _state(order: Any) -> Badge:
    tone: web.Tone = "late" if order.state in ("returned", "unproven") else "info"
    return Badge(tone, STATE_LABELS[order.state])


def _owned(rows: Any, owner: str) -> Any:
    return rows.filter(owner_id=int(owner)) if owner.isdecimal() and owner != "0" else rows.filter(owner=None)


def _name(path: str) -> Callable[[Any], str]:
    return lambda order: str(getattr(order, path) or "")


def _filters(people: Sequence[PersonLine]) -> tuple[Filter, ...]:
    owners = tuple((str(line.staff_id or 0), f"{line.name}（{line.live}）") for line in people)
    return (
        Filter("owner", _("责任人"), _owned, choices=owners),
        Filter("q", _("台区"), lambda rows, text: rows.filter(area__name__icontains=text), "text"),
    )


COLUMNS = (
    Column("number", "工单号", "number", sort="number"),
    Column("area", "台区", _name("area"), sort="area__name"),
    Column("state", "状态", _state, kind="badge", sort="state"),
    Column("due", "时限", "due_at", kind="countdown", sort="due_at"),
    Column(
        "owner", "责任人", lambda order: str(order.owner.name if order.owner else _("未派到人")), sort="owner__name"
    ),
    Column("unit", "供电所", _name("unit"), sort="unit__name"),
    Column("opened", "派单时间", "opened_at", kind="moment", sort="opened_at", phone=False),
)
