"""投诉治理看板: where each stands and what is due; and what waits for whoever looks."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.pages.words import (
    alarm_badge,
    due_words,
    grade_badge,
    kind_words,
    secrecy_badge,
    state_badge,
    verdict_words,
)
from longzhong.cases.complaints.rules import (
    KIND_LABELS,
    LIVE,
    READERS,
    ROAD,
    STATE_LABELS,
    VERDICT_LABELS,
    State,
)
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, GRADE_LABELS, SECRECY_LABELS
from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit


@dataclass(frozen=True)
class BoardPage:
    title: str
    lead: str
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Those under way by default; the tab is in the address."""
    who, state = web.actor(request), request.GET.get("state", "live")
    rows = selectors.board(who)
    if state in set(State):
        rows = rows.filter(state=state)
    elif state == "live":
        rows = rows.filter(state__in=LIVE)
    table = web.listing(request, rows, COLUMNS, FILTERS, title=_("投诉治理"), href=_href)
    lead = _("每件投诉走到哪一步、谁在办、还剩多少时间；举报和意见同样在这里。")
    page = BoardPage(_("投诉治理"), lead, _tabs(selectors.counts_by_state(who), state), table)
    return web.show(request, page, "complaints/board.html")


@web.page(*READERS)
def mine(request: HttpRequest) -> HttpResponseBase:
    """What waits for whoever looks: to dispatch or decide, to investigate, to review."""
    table = web.listing(
        request, selectors.mine(web.actor(request)), COLUMNS, FILTERS[:2], title=_("待我办理的投诉"), href=_href
    )
    page = BoardPage(_("待我办理的投诉"), _("轮到我的：定级派发、调查回复、专业审核、核定和答复。"), [], table)
    return web.show(request, page, "complaints/board.html")


def _href(row: Complaint) -> str:
    return reverse("complaints:detail", args=[row.pk])


def _tabs(counts: dict[str, int], active: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [web.Tab(_("在办"), "?state=live", live, active == "live")]
    tabs += [web.Tab(STATE_LABELS[one], f"?state={one}", counts.get(one, 0), active == one) for one in ROAD]
    tabs.append(
        web.Tab(STATE_LABELS[State.WITHDRAWN], "?state=withdrawn", counts.get("withdrawn", 0), active == "withdrawn")
    )
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), active == "all")]


def _choices(labels: object) -> list[tuple[str, str]]:
    return [(key.value, words) for key, words in labels.items() if key]  # type: ignore[attr-defined]


def _handler(row: Complaint) -> str:
    return row.handler.name if row.handler else _("未派发")


COLUMNS = (
    web.Column("number", "编号", "case.number", sort="case__number", note=kind_words),
    web.Column("category", "投诉内容", "category.name", note=lambda row: row.department.name if row.department else ""),
    web.Column("grade", "等级", grade_badge, "badge", phone=False),
    web.Column("secrecy", "保密", secrecy_badge, "badge"),
    web.Column("unit", "责任单位", lambda row: row.unit.short_name or row.unit.name, sort="unit__name", note=_handler),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("due", "最近时限", "due_at", "countdown", "due_at", note=due_words),
    web.Column("alarm", "提醒", alarm_badge, "badge"),
    web.Column("verdict", "定性", verdict_words, phone=False),
    web.Column("accepted", "受理", "accepted_at", "day", "accepted_at", phone=False),
)
FILTERS = (
    web.Filter("kind", "类型", lambda rows, kind: rows.filter(kind=kind), choices=_choices(KIND_LABELS)),
    web.Filter("grade", "等级", lambda rows, grade: rows.filter(grade=grade), choices=_choices(GRADE_LABELS)),
    web.Filter("verdict", "定性", lambda rows, one: rows.filter(final_verdict=one), choices=_choices(VERDICT_LABELS)),
    web.Filter("cause", "主因", lambda rows, one: rows.filter(root_cause=one), choices=_choices(CAUSE_LABELS)),
    web.Filter("secrecy", "保密", lambda rows, one: rows.filter(secrecy=one), choices=_choices(SECRECY_LABELS)),
    web.Filter("late", "已超时", lambda rows, _on: rows.filter(state__in=LIVE, due_at__lt=clock.now()), "switch"),
    web.Filter("over", "越级", lambda rows, _on: rows.filter(over_level=True), "switch"),
    web.Filter("appealed", "申诉改判", lambda rows, _on: rows.exclude(corrected_by=""), "switch"),
    web.Filter("number", "编号", lambda rows, text: rows.filter(case__number=text.strip()), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("month", "受理月份", web.in_month("accepted_at"), "month"),
)
