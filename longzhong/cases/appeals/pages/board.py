"""申诉看板: what may still be appealed against and how long, what is under way, what waits for my vote, what was decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.pages.words import (
    asked_words,
    grounds_words,
    level_words,
    result_words,
    state_badge,
    was_words,
)
from longzhong.cases.appeals.rules import JUDGED, LEVEL_LABELS, LIVE, READERS
from longzhong.kit import clock, web
from longzhong.register.org import selectors as org

TABS = {"open": "可申诉", "live": "办理中", "mine": "待我评审", "judged": "已有结论", "all": "全部"}


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    empty: str


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Those under way by default; the tab is in the address."""
    who, now, tab = web.actor(request), clock.now(), request.GET.get("tab", "live")
    if tab == "open":
        table = web.listing(
            request, selectors.to_appeal(who, now), WINDOWS, WINDOW_FILTERS, title=_("可申诉的投诉"),
            href=lambda row: reverse("complaints:detail", args=[row.complaint_id]),
        )  # fmt: skip
    else:
        table = web.listing(
            request, _rows(who, tab), _columns(tab), FILTERS, title=_("申诉清单"),
            href=lambda row: reverse("appeals:sit" if tab == "mine" else "appeals:detail", args=[row.pk]),
        )  # fmt: skip
    return web.show(
        request, BoardPage(_tabs(who, tab, now), table, EMPTY.get(tab, EMPTY["live"])), "appeals/board.html"
    )


def _rows(who: web.Actor, tab: str) -> QuerySet[Appeal]:
    if tab == "mine":
        return selectors.waiting(who)
    rows = selectors.board(who)
    wanted = {"live": LIVE, "judged": JUDGED}.get(tab)
    return rows.filter(state__in=wanted) if wanted else rows


def _columns(tab: str) -> list[web.Column]:
    """What is judged has no deadline any more, what isn't has no result yet."""
    hidden = {"all": "", "judged": "due"}.get(tab, "result")
    return [one for one in COLUMNS if one.key != hidden]


def _tabs(who: web.Actor, active: str, now: datetime) -> list[web.Tab]:
    states = selectors.counts_by_state(who)
    counts = {
        "open": selectors.to_appeal(who, now).count(), "live": sum(states.get(one, 0) for one in LIVE),
        "mine": selectors.waiting(who).count(), "judged": sum(states.get(one, 0) for one in JUDGED),
        "all": sum(states.values()),
    }  # fmt: skip
    return [web.Tab(words, f"?tab={tab}", counts[tab], active == tab) for tab, words in TABS.items()]


def _unit(row: Any) -> str:
    return str(row.complaint.unit.short_name or row.complaint.unit.name)


def _was(row: Appeal) -> str:
    return _("原核定 %s") % was_words(row)


EMPTY = {
    "open": "投诉核定为属实后，在申诉期内的会列在这里。",
    "mine": "优服办把您编入评审组后，会列在这里。",
    "judged": "评审组作出结论的申诉会列在这里。",
    "live": "在投诉详情里点“起草申诉”；须有三级盖章的扫描件。",
}
LEVELS = tuple((one.value, words) for one, words in LEVEL_LABELS.items())
WINDOWS = (
    web.Column("number", "投诉编号", "complaint.case.number", note="complaint.category.name"),
    web.Column("unit", "责任单位", _unit, sort="complaint__unit__name"),
    web.Column("verdict", "现在的核定", "complaint.get_final_verdict_display",
               note="complaint.get_final_responsibility_display"),
    web.Column("level", "可以", "get_level_display"),
    web.Column("left", "还剩", "last_at", "countdown", "last_at"),
    web.Column("last", "申诉截止", "last_at", "moment", phone=False),
)  # fmt: skip
COLUMNS = (
    web.Column(
        "number", "申诉编号", lambda row: row.number or _("未提交"), sort="number", note="complaint.case.number"
    ),
    web.Column("unit", "责任单位", _unit, sort="complaint__unit__name", note="complaint.category.name"),
    web.Column("level", "级别", level_words, sort="level"),
    web.Column("grounds", "申诉原因", grounds_words, phone=False),
    web.Column("asked", "申诉目的", asked_words, note=_was),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("due", "评审时限", "due_at", "countdown", "due_at"),
    web.Column("result", "改判", result_words),
    web.Column("drafted", "起草日期", "drafted_at", "day", "drafted_at", phone=False),
)
WINDOW_FILTERS = (
    web.Filter("level", "级别", lambda rows, one: rows.filter(level=one), choices=LEVELS),
    web.Filter("unit", org.UNIT_LABEL, org.of_unit("complaint__unit"), "text"),
)
FILTERS = (
    *WINDOW_FILTERS,
    web.Filter("number", "编号", lambda rows, text: rows.filter(number=text.strip())
               | rows.filter(complaint__case__number=text.strip()), "text"),
    web.Filter("month", "起草月份", web.in_month("drafted_at"), "month"),
)  # fmt: skip
