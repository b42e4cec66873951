"""整改单: which wait for my signature or proof, which are late, where each stands; and the parts nobody has signed yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.pages.words import part_words, signer_words, state_badge
from longzhong.cases.rectifications.rules import ALL, LIVE, STATE_LABELS, State
from longzhong.kit import clock, web
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org

SHOWN = (
    State.DRAFTING,
    State.SIGNING,
    State.RECTIFYING,
    State.DONE,
    State.NOT_EFFECTIVE,
    State.CLOSED,
)

SHORT = {State.DONE: "待评价", State.NOT_EFFECTIVE: "再整改"}
"""Tabs stand side by side: the long names as short as they can be said."""


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    print_href: str


@dataclass(frozen=True)
class UnsignedPage:
    table: web.Listing


@web.page(*ALL)
def board(request: HttpRequest) -> HttpResponseBase:
    """What waits for me by default, if anything does; the tab is in the address."""
    who, now = web.actor(request), clock.now()
    counts = selectors.counts(who, now, civil_day(now))
    tab = request.GET.get("state") or ("sign" if counts["sign"] else "prove" if counts["prove"] else "live")
    table = listed(request, who, tab, now)
    print_href = table.address(state=tab, page="").replace(request.path, reverse("rectifications:print_list"), 1)
    page = BoardPage(_tabs(counts, tab), table, print_href if table.total else "")
    return web.show(request, page, "rectifications/board.html")


@web.page(*ALL)
def unsigned(request: HttpRequest) -> HttpResponseBase:
    """会签看板: every part that waits, the latest first."""
    table = web.listing(
        request, selectors.unsigned(web.actor(request)), PART_COLUMNS, PART_FILTERS, title=_("待会签清单"), sort="due",
        href=lambda row: reverse("rectifications:detail", args=[row.form_id]),
    )  # fmt: skip
    return web.show(request, UnsignedPage(table), "rectifications/unsigned.html")


def listed(request: HttpRequest, who: web.Actor, tab: str, now: datetime) -> web.Listing:
    """The board's list of a tab, filtered as the address says; the batch print takes the same."""
    return web.listing(
        request, _rows(who, tab, now), COLUMNS, FILTERS, title=_("整改单"), sort="-opened",
        href=lambda row: reverse("rectifications:detail", args=[row.pk]),
    )  # fmt: skip


def _rows(who: web.Actor, tab: str, now: datetime) -> QuerySet[Form]:
    rows = selectors.board(who)
    if tab == "sign":
        return selectors.to_sign(who, rows, civil_day(now))
    if tab == "prove":
        return selectors.to_prove(who, rows)
    if tab == "overdue":
        return selectors.overdue(rows, now)
    if tab == "live":
        return rows.filter(state__in=LIVE)
    return rows.filter(state=tab) if tab in set(State) else rows


def _tabs(counts: dict[str, int], active: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    whole = sum(counts.get(state, 0) for state in State)
    rows = [
        (_("待我签"), "sign", counts["sign"]),
        (_("我的措施"), "prove", counts["prove"]),
        (_("已超期"), "overdue", counts["overdue"]),
        (_("办理中"), "live", live),
        *((SHORT.get(state, STATE_LABELS[state]), state.value, counts.get(state, 0)) for state in SHOWN),
        (_("全部"), "all", whole),
    ]
    return [web.Tab(label, f"?state={key}", count, key == active) for label, key, count in rows]


COLUMNS = (
    web.Column("number", "整改单号", "number", "code", "number", note="complaint.case.number"),
    web.Column("category", "投诉类别", "complaint.category.name", note=lambda row: row.complaint.get_grade_display()),
    web.Column("unit", "责任单位", lambda row: row.unit.short_name or row.unit.name, sort="unit__name"),
    web.Column("owner", "填报人", lambda row: row.owner.name if row.owner else "–", phone=False),
    web.Column("signed", "会签", lambda row: f"{row.signed} / {row.asked}" if row.asked else "–"),
    web.Column("measures", "措施", lambda row: f"{row.proved} / {row.planned}"),
    web.Column("due", "最近时限", "due_at", "countdown", "due_at"),
    web.Column("opened", "生成时间", "opened_at", "moment", "opened_at", phone=False),
    web.Column("state", "状态", state_badge, "badge", "state"),
)
FILTERS = (
    web.Filter("number", "整改单号或诉求号",
               lambda rows, text: rows.filter(Q(number=text) | Q(complaint__case__number=text)), "text"),
    web.Filter("unit", org.UNIT_LABEL, org.of_unit(), "text"),
    web.Filter("month", "生成月份", web.in_month("opened_at"), "month"),
)  # fmt: skip
PART_COLUMNS = (
    web.Column("number", "整改单号", "form.number", "code", note="form.complaint.category.name"),
    web.Column("form_unit", "责任单位", lambda row: row.form.unit.short_name or row.form.unit.name),
    web.Column("part", "会签部门", part_words),
    web.Column("signer", "会签人", signer_words),
    web.Column("waiting", "轮到时间", "waiting_at", "moment", "waiting_at", phone=False),
    web.Column("due", "签字时限", "due_at", "countdown", "due_at"),
)
PART_FILTERS = (
    web.Filter("unit", "会签单位", org.of_unit(), "text"),
    web.Filter("late", "只看超期", lambda rows, _value: rows.filter(due_at__lt=clock.now()), "switch"),
)
