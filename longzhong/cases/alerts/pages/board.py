"""预警看板: what machines sensed, the most urgent first, and what became of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.alerts import selectors
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.pages.words import LEVEL_TONES, STATE_TONES
from longzhong.cases.alerts.rules import GROUPS, LIVE, READERS, Level
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.kit import web
from longzhong.kit.clock import day_start
from longzhong.register.org.selectors import UNIT_LABEL, of_unit
from longzhong.sensing.curves.rules import KIND_NAMES

BOARD = "alerts.board"  # what other floors warn of stands above the list (panels with the number 0)


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    panels: list[Panel]


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Live alerts by default; the tabs and filters stay in the address."""
    who = web.actor(request)
    state = request.GET.get("state", "live")
    table = web.listing(
        request, _rows(who, state), COLUMNS, FILTERS, title=_("预警"), sort="level",
        href=lambda alert: reverse("alerts:detail", args=[alert.pk]),
    )  # fmt: skip
    page = BoardPage(_tabs(selectors.counts_by_state(who), state), table, panels_of(BOARD, 0, who))
    return web.show(request, page, "alerts/board.html")


def _rows(who: web.Actor, state: str) -> QuerySet[Alert]:
    if state == "live":
        return selectors.live(who)
    rows = selectors.board(who)
    return rows.filter(state=state) if state in selectors.STATE_WORDS else rows


def _tabs(counts: dict[str, int], active: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [web.Tab(_("未闭环"), "?state=live", live, active == "live")]
    for state, word in selectors.STATE_WORDS.items():
        tabs.append(web.Tab(str(word), f"?state={state}", counts.get(state, 0), active == state))
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), active == "all")]


def _since(rows: QuerySet[Alert], day: str) -> QuerySet[Alert]:
    try:
        return rows.filter(raised_at__gte=day_start(date.fromisoformat(day)))
    except ValueError:
        return rows


COLUMNS = (
    web.Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    web.Column(
        "level", "等级", lambda alert: web.Badge(LEVEL_TONES[alert.level], Level(alert.level).word), "badge", "level"
    ),
    web.Column("kind", "异常", lambda alert: KIND_NAMES[alert.kind], note="meter"),
    web.Column("unit", "供电所", "unit.short_name", sort="unit__name"),
    web.Column("grid", "网格", "grid.name", phone=False),
    web.Column("beyond", "最严重超限 %", "beyond_pct", "number", "beyond_pct", decimals=1),
    web.Column("days", "异常天数", lambda alert: f"{alert.days_abnormal}/{alert.days_window}", sort="days_abnormal"),
    web.Column("meters", "计量点", "meters", "number", "meters", phone=False),
    web.Column("raised", "预警时间", "raised_at", "moment", "raised_at"),
    web.Column(
        "state", "状态", lambda alert: web.Badge(STATE_TONES[alert.state], selectors.words(alert)[1]), "badge", "state"
    ),
)
FILTERS = (
    web.Filter(
        "group",
        "类别",
        lambda rows, group: rows.filter(kind__in=GROUPS[group][1]),
        choices=tuple((group, label) for group, (label, _kinds) in GROUPS.items()),
    ),
    web.Filter("kind", "异常", lambda rows, kind: rows.filter(kind=kind), choices=tuple(KIND_NAMES.items())),
    web.Filter(
        "level",
        "等级",
        lambda rows, level: rows.filter(level=int(level)),
        choices=tuple((str(level.value), level.word) for level in Level),
    ),
    web.Filter(
        "area",
        "台区名称或编号",
        lambda rows, text: rows.filter(area__name__contains=text) | rows.filter(area__code=text),
        "text",
    ),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("month", "预警月份", web.in_month("raised_at"), "month"),
    web.Filter("since", "预警日起", _since, "day"),
)
