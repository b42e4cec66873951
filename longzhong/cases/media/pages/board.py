"""舆情: what is hot, whether its area is without power, who handles it and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.media import selectors
from longzhong.cases.media.models import Item
from longzhong.cases.media.pages.words import grade_badge, heat_words, platform_words, state_badge, topic_words
from longzhong.cases.media.rules import (
    FINDERS,
    GRADE_LABELS,
    LIVE,
    PLATFORM_LABELS,
    READERS,
    STATE_LABELS,
    TOPIC_LABELS,
    State,
)
from longzhong.kit import clock, web


@dataclass(frozen=True)
class BoardPage:
    tabs: list[web.Tab]
    table: web.Listing
    may_find: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Live ones by default, the hottest first; the tab is in the address."""
    who = web.actor(request)
    state = request.GET.get("state", "live")
    table = web.listing(
        request, _rows(who, state), COLUMNS, FILTERS, title=_("舆情清单"), sort="-views",
        href=lambda row: reverse("media:detail", args=[row.pk]), dress=_with_outages,
    )  # fmt: skip
    tabs = _tabs(selectors.counts_by_state(who), state)
    return web.show(request, BoardPage(tabs, table, who.has(*FINDERS)), "media/board.html")


def _rows(who: web.Actor, state: str) -> QuerySet[Item]:
    rows = selectors.board(who)
    if state == "live":
        return rows.filter(state__in=LIVE)
    return rows.filter(state=state) if state in set(State) else rows


def _with_outages(rows: Sequence[Any]) -> list[Any]:
    """The outage of each row's area, as it stands now; two queries for any number."""
    held = list(rows)
    known = selectors.outages_of([row.area_id for row in held], clock.now())
    for row in held:
        row.outage = known.get(row.area_id)
    return held


def _outage(row: Any) -> web.Badge:
    if row.outage is None:
        return web.Badge("closed", "无")
    return web.Badge("late", "停电中") if row.outage.running else web.Badge("soon", "计划停电")


def _tabs(counts: dict[str, int], active: str) -> list[web.Tab]:
    live = sum(counts.get(state, 0) for state in LIVE)
    tabs = [web.Tab(_("办理中"), "?state=live", live, active == "live")]
    for state in (State.FOUND, State.HANDLING, State.DRAFTED, State.ANSWERED, State.CLOSED):
        tabs.append(web.Tab(STATE_LABELS[state], f"?state={state}", counts.get(state, 0), active == state))
    return [*tabs, web.Tab(_("全部"), "?state=all", sum(counts.values()), active == "all")]


COLUMNS = (
    web.Column("title", "标题", note="number"),
    web.Column("grade", "等级", grade_badge, "badge", "grade"),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("due", "时限", "due_at", "countdown", "due_at"),
    web.Column("outage", "停电", _outage, "badge"),
    web.Column(
        "area",
        "台区",
        lambda row: row.area.name if row.area else "—",
        note=lambda row: row.unit.short_name or row.unit.name,
    ),
    web.Column("views", "浏览", kind="number", sort="views", note=heat_words),
    web.Column("platform", "平台", platform_words, sort="platform", note=topic_words),
    web.Column("owner", "负责人", lambda row: row.owner.name if row.owner else _("未指定")),
    web.Column("found", "发现时间", "found_at", "moment", "found_at", phone=False),
    web.Column("tied", "关联", kind="number", sort="tied", phone=False),
)
FILTERS = (
    web.Filter(
        "grade", "等级", lambda rows, grade: rows.filter(grade=grade),
        choices=tuple((one.value, label) for one, label in GRADE_LABELS.items()),
    ),
    web.Filter(
        "topic", "主题", lambda rows, topic: rows.filter(topic=topic),
        choices=tuple((one.value, label) for one, label in TOPIC_LABELS.items()),
    ),
    web.Filter(
        "platform", "平台", lambda rows, one: rows.filter(platform=one),
        choices=tuple((one.value, label) for one, label in PLATFORM_LABELS.items()),
    ),
    web.Filter("number", "编号", lambda rows, text: rows.filter(number=text.strip()), "text"),
    web.Filter("area", "台区编码", lambda rows, code: rows.filter(area__code=code.strip()), "text"),
)  # fmt: skip
