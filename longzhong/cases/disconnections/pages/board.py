"""欠费停复电看板: who is on the way to being disconnected and what forbids it; and the accounts that owe."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.pages.words import state_badge
from longzhong.cases.disconnections.rules import BEFORE, LIVE, MONEY, OFF, READERS, STATE_LABELS, State, yuan
from longzhong.cases.disconnections.selectors import Disconnection, Line
from longzhong.kit import clock, web
from longzhong.register.org.selectors import UNIT_LABEL, of_unit

GROUPS = {"live": ("未办结", LIVE), "before": ("停电前", BEFORE), "off": ("停电中", OFF)}


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    sees_money: bool


@dataclass(frozen=True)
class ArrearsPage:
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    asked, money = request.GET.get("state", "live"), selectors.sees_money(who)
    table = web.listing(
        request, _rows(who, asked, now), COLUMNS if money else PLAIN, FILTERS, title=_("欠费停复电"), sort="overdue",
        href=lambda line: reverse("disconnections:detail", args=[line.row.pk]),
        dress=lambda rows: selectors.lines(who, rows, now),
    )  # fmt: skip
    page = BoardPage(_tabs(selectors.counts(who), asked), table, money)
    return web.show(request, page, "disconnections/board.html")


@web.page(*MONEY)
def arrears(request: HttpRequest) -> HttpResponseBase:
    """Accounts with open bills."""
    who, today = web.actor(request), clock.today()
    days = web.Column("overdue", "逾期天数", lambda row: max(0, (today - row["due"]).days), "number", "due")
    table = web.listing(
        request, selectors.owing(who), (*OWED[:2], days, *OWED[2:]), title=_("欠费客户"),
        dress=lambda rows: selectors.owing_lines(who, rows, today),
        href=lambda row: reverse("disconnections:account", args=[row["account_id"]]),
    )  # fmt: skip
    return web.show(request, ArrearsPage(table), "disconnections/arrears.html")


def _rows(who: web.Actor, asked: str, now: datetime) -> QuerySet[Disconnection]:
    rows = selectors.board(who, now)
    if asked in GROUPS:
        return rows.filter(state__in=GROUPS[asked][1])
    return rows.filter(state=asked) if asked in set(State) else rows


def _tabs(counts: dict[str, int], asked: str) -> list[web.Tab]:
    tabs = [
        web.Tab(_(word), f"?state={key}", sum(counts.get(state, 0) for state in states), asked == key)
        for key, (word, states) in GROUPS.items()
    ]
    shown = (State.PROPOSED, State.ASKED, State.APPROVED, State.RECONNECTING, State.CANCELLED)
    tabs += [web.Tab(STATE_LABELS[state], f"?state={state}", counts.get(state, 0), asked == state) for state in shown]
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), asked == "all")]


def _blocks(line: Line) -> Any:
    if line.row.state not in BEFORE:
        return web.Badge("closed", "—")
    if not line.blocks:
        return web.Badge("good", _("可以往下办"))
    return web.Badge("late", line.blocks[0][1])


def _more(line: Line) -> str:
    return "；".join(words for _code, words in line.blocks[1:])


_FIRST = (
    web.Column("customer", "客户", "card.name", note="card.code"),
    web.Column("area", "台区", "card.area", note="card.unit"),
    web.Column("overdue", "逾期天数", "overdue_d", "number", ("due_on", "id")),
)
_LAST = (
    web.Column("state", "状态", lambda line: state_badge(line.row), "badge", "state"),
    web.Column("blocks", "现在能不能停", _blocks, "badge", note=_more),
    web.Column("proposed", "提出时间", "row.proposed_at", "moment", "proposed_at", phone=False),
)
COLUMNS = (*_FIRST, web.Column("owed", "欠费", lambda line: yuan(line.row.owed_fen), sort="owed_fen"), *_LAST)
PLAIN = (*_FIRST, *_LAST)
OWED = (
    web.Column("customer", "客户", "card.name", note="card.code"),
    web.Column(
        "area",
        "台区",
        "account__area__name",
        note=lambda row: row["account__unit__short_name"] or row["account__unit__name"],
    ),
    web.Column("bills", "未缴笔数", kind="number", sort="bills"),
    web.Column("fen", "欠费", lambda row: yuan(row["fen"]), sort="fen"),
    web.Column("due", "最早到期日", kind="day", sort="due"),
)

FILTERS = (
    web.Filter(
        "why", "不能停的原因", lambda rows, why: rows.filter(**{why: True}),
        choices=(("special", "特殊群体"), ("important", "重要用户"), ("disputed", "有争议"), ("meter_test", "待验表")),
    ),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("number", "编号", lambda rows, text: rows.filter(number=text.strip()), "text"),
)  # fmt: skip
