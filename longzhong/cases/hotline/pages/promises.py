"""承诺兑现: what was promised to customers, by whom, until when, and whether it was kept (S3-04)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Promise
from longzhong.cases.hotline.pages.words import WHO
from longzhong.cases.hotline.rules.words import PROMISE_LABELS, PromiseState
from longzhong.kit import clock, web
from longzhong.kit.web.parts import Tone
from longzhong.register.org.selectors import UNIT_LABEL, of_unit

TONES: dict[PromiseState, Tone] = {
    PromiseState.OPEN: "info",
    PromiseState.KEPT: "good",
    PromiseState.BROKEN: "late",
    PromiseState.MOVED: "closed",
    PromiseState.RELEASED: "closed",
}


@dataclass(frozen=True)
class PromisesPage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*WHO)
def promises(request: HttpRequest) -> HttpResponseBase:
    """What is still owed by default: late first."""
    who, now = web.actor(request), clock.now()
    tab = request.GET.get("tab", "owed")
    table = web.listing(
        request, _narrowed(selectors.promises(who), tab, now), COLUMNS, FILTERS, title=_("承诺"),
        href=lambda row: reverse("hotline:case", args=[row.case_id]),
    )  # fmt: skip
    page = PromisesPage(_tabs(selectors.promise_counts(who, now), tab), table)
    return web.show(request, page, "hotline/promises.html")


def promise_badge(row: Promise) -> web.Badge:
    state = PromiseState(row.state)
    late = state is PromiseState.OPEN and row.due_at < clock.now()
    word = _("逾期未兑现") if late else PROMISE_LABELS[state]
    if state is PromiseState.BROKEN and row.ended_at:
        word = _("逾期后兑现")
    return web.Badge("late" if late else TONES[state], word)


def _narrowed(rows: QuerySet[Promise], tab: str, now: datetime) -> QuerySet[Promise]:
    if tab == "owed":
        return rows.filter(ended_at=None)
    if tab == "overdue":
        return selectors.owed(rows, now)
    return rows.filter(state=tab) if tab in set(PromiseState) else rows


def _tabs(counts: selectors.PromiseCounts, active: str) -> list[web.Tab]:
    rows = (("owed", _("待兑现"), counts.open + counts.overdue), ("overdue", _("逾期未兑现"), counts.overdue),
            ("kept", _("已兑现"), counts.kept), ("broken", _("逾期"), counts.broken + counts.overdue),
            ("moved", _("已改期"), counts.moved), ("all", _("全部"), None))  # fmt: skip
    return [web.Tab(label, f"?tab={key}", number, key == active) for key, label, number in rows]


def _named(rows: QuerySet[Promise], text: str) -> QuerySet[Promise]:
    return rows.filter(text__icontains=text) | rows.filter(case__number=text.upper())


COLUMNS = (
    web.Column("text", "承诺", "text", note="case.number"),
    web.Column("due", "承诺时间", "due_at", "moment", "due_at"),
    web.Column("state", "兑现情况", promise_badge, "badge", "state"),
    web.Column("left", "还剩", lambda row: None if row.ended_at else row.due_at, "countdown"),
    web.Column("made_by", "承诺人", "made_by.name", sort="made_by__name", note="case.unit.short_name"),
    web.Column("owner", "负责人", "case.owner.name", sort="case__owner__name", phone=False),
    web.Column("ended", "办结时间", "ended_at", "moment", "ended_at", phone=False),
)
FILTERS = (
    web.Filter("person", "承诺人", lambda rows, name: rows.filter(made_by__name__icontains=name), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit("case__unit"), "text"),
    web.Filter("q", "诉求单号或内容", _named, "text"),
)  # fmt: skip
