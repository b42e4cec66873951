"""告知任务: written notices to serve and announcements to post, whose they are, what is late, what hangs and holds no more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.pages.words import state_badge
from longzhong.sensing.announcements.rules import DONE, ERRAND_LABELS, KEEPERS, READERS, STATE_LABELS, State
from longzhong.sensing.announcements.selectors import Counts, Errand, Line

FALLEN = (State.VOID, State.OUTDATED, State.CANCELLED)


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    may_keep: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    who, now, asked = web.actor(request), clock.now(), request.GET.get("tab", "open")
    table = web.listing(
        request, _rows(who, asked, now), COLUMNS, FILTERS, title=_("告知任务"), sort="due",
        href=lambda line: reverse("announcements:errand", args=[line.row.pk]),
        dress=lambda rows: selectors.lines(who, rows),
    )  # fmt: skip
    page = BoardPage(_tabs(selectors.counts(who, now), asked), table, who.has(*KEEPERS))
    return web.show(request, page, "announcements/board.html")


def _rows(who: web.Actor, asked: str, now: datetime) -> QuerySet[Errand]:
    rows = selectors.board(who)
    if asked == "late":
        return selectors.late(rows, now)
    if asked == "mine":
        return selectors.mine(who, rows)
    states = {"open": (State.OPEN,), "done": DONE, "fallen": FALLEN}.get(asked)
    return rows.filter(state__in=states) if states else rows


def _tabs(counts: Counts, asked: str) -> list[web.Tab]:
    words = (
        ("open", _("待办"), counts.open), ("late", _("超期"), counts.late), ("mine", _("我的"), counts.mine),
        ("done", _("已送达张贴"), counts.done), ("fallen", _("作废过时"), counts.fallen), ("all", _("全部"), counts.total),
    )  # fmt: skip
    return [web.Tab(word, f"?tab={key}", count, key == asked) for key, word, count in words]


def _due(line: Line) -> Any:
    return line.row.due_at if line.row.state == State.OPEN else None


COLUMNS = (
    web.Column("whom", "送谁 / 贴哪", "whom", note="where"),
    web.Column("kind", "种类", "kind", sort="kind", note="row.number"),
    web.Column("outage", "停电", "outage", sort="outage_id"),
    web.Column("owner", "谁去", "owner", sort="owner__name", note="row.unit.short_name"),
    web.Column("state", "状态", lambda line: state_badge(line.row), "badge", "state"),
    web.Column("due", "时限", _due, "countdown", ("due_at", "id")),
    web.Column("done", "完成时间", "row.done_at", "moment", "done_at", phone=False),
)
FILTERS = (
    web.Filter(
        "kind", "种类", lambda rows, kind: rows.filter(kind=kind), choices=tuple((k.value, v) for k, v in ERRAND_LABELS.items())
    ),
    web.Filter(
        "state", "状态", lambda rows, state: rows.filter(state=state), choices=tuple((k.value, v) for k, v in STATE_LABELS.items())
    ),
    web.Filter("outage", "停电编号", lambda rows, text: rows.filter(outage__number=text.strip()), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
)  # fmt: skip
