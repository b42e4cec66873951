"""频繁停电: areas that were off too often, red and amber, with their prevention order and what became of it."""

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.assessment.reliability import selectors, services
from longzhong.assessment.reliability.rules import (
    LIVE,
    MACHINE,
    PERSONS,
    READERS,
    STATE_LABELS,
    Interruption,
    Level,
    State,
)
from longzhong.assessment.reliability.selectors import Watch
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock, web
from longzhong.kit.web.parts import Tone
from longzhong.register.org.selectors import UNIT_LABEL, of_unit

STATE_TONES: dict[str, Tone] = {
    State.RAISED: "late", State.DISPATCHED: "info", State.OBSERVING: "info", State.SETTLED: "good", State.DISMISSED: "closed",
}  # fmt: skip
LEVEL_TONES: dict[int, Tone] = {Level.RED: "late", Level.AMBER: "soon"}
ROAD = (State.RAISED, State.DISPATCHED, State.OBSERVING, State.SETTLED)


class DismissForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class FrequentPage:
    tabs: list[web.Tab]
    table: web.Listing


@dataclass(frozen=True)
class WatchPage:
    row: Watch
    level: web.Badge
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    felt: list[Interruption]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def frequent(request: HttpRequest) -> HttpResponseBase:
    who, asked = web.actor(request), request.GET.get("show", "live")
    table = web.listing(
        request, _rows(selectors.board(who), asked), COLUMNS, FILTERS, title=_("频繁停电"), sort="level",
        href=lambda row: reverse("reliability:watch", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, FrequentPage(_tabs(selectors.counts(who), asked), table), "reliability/frequent.html")


@web.page(*READERS)
def watch(request: HttpRequest, watch_id: int) -> HttpResponseBase:
    who = web.actor(request)
    row = selectors.watch_of(who, watch_id)
    page = WatchPage(
        row=row, level=level_badge(row), state=state_badge(row), stages=_stages(row), facts=_facts(row),
        felt=selectors.felt_by(row, clock.now()), timeline=matters.timeline(selectors.label(row.pk)), moves=_moves(who, row),
    )  # fmt: skip
    return web.show(request, page, "reliability/watch.html")


@require_POST
@web.page(*PERSONS)
def dismiss(request: HttpRequest, watch_id: int) -> HttpResponseBase:
    form = DismissForm(request.POST)
    reason, key = form.cleaned_data["reason"] if form.is_valid() else "", request.POST.get("client_key", "")
    return web.act(
        request,
        lambda: services.dismiss(watch_id=watch_id, reason=reason, key=key, by=web.actor(request), at=clock.now()),
        done=_("预警已撤销，工单随之作废。"),
        back=reverse("reliability:watch", args=[watch_id]),
    )


def level_badge(row: Watch) -> web.Badge:
    return web.Badge(LEVEL_TONES[row.level], Level(row.level).word)


def state_badge(row: Watch) -> web.Badge:
    return web.Badge(STATE_TONES[row.state], STATE_LABELS[State(row.state)])


def _rows(rows: QuerySet[Watch], asked: str) -> QuerySet[Watch]:
    if asked in ("red", "amber"):
        return rows.filter(state__in=LIVE, level=Level[asked.upper()])
    return rows.filter(state__in=LIVE) if asked == "live" else rows


def _tabs(counts: dict[tuple[str, int], int], asked: str) -> list[web.Tab]:
    live = {level: sum(n for (state, one), n in counts.items() if state in LIVE and one == level) for level in Level}
    return [
        web.Tab(_("未平息"), "?show=live", sum(live.values()), asked == "live"),
        web.Tab(Level.RED.word, "?show=red", live[Level.RED], asked == "red"),
        web.Tab(Level.AMBER.word, "?show=amber", live[Level.AMBER], asked == "amber"),
        web.Tab(_("全部"), "?show=all", sum(counts.values()), asked == "all"),
    ]


def _stages(row: Watch) -> list[web.Stage]:
    if row.state == State.DISMISSED:
        return [web.Stage(STATE_LABELS[State.RAISED], "done"), web.Stage(STATE_LABELS[State.DISMISSED], "bad")]
    now, over = ROAD.index(State(row.state)), row.state == State.SETTLED
    return [
        web.Stage(STATE_LABELS[state], "done" if place < now or over else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]


def _facts(row: Watch) -> list[web.Fact]:
    order = reverse("workorders:detail", args=[row.order_id]) if row.order_id else ""
    return [
        web.Fact(_("台区"), row.area.name, reverse("curves:area", args=[row.area_id]), row.area.code),
        web.Fact(_("供电所"), row.unit.name if row.unit else _("未归属")),
        web.Fact(_("网格"), row.grid.name if row.grid else _("未划分网格")),
        web.Fact(_("窗口内停电"), _("%s 次") % row.times, note=_("影响 %s 户") % row.accounts),
        web.Fact(_("重要用户"), row.important),
        web.Fact(_("预防工单"), _("查看工单") if order else _("尚未派单"), order),
        web.Fact(_("治理完成"), row.handled_at or _("未完成")),
        web.Fact(_("退回次数"), row.times_sent_back),
    ]


def _moves(who: web.Actor, row: Watch) -> list[web.MoveForm]:
    return [
        web.MoveForm(move.verb, move.label, reverse("reliability:dismiss", args=[row.pk]), DismissForm(), tone="danger")
        for move in MACHINE.moves_from(row.state, who.roles)
    ]


COLUMNS = (
    web.Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    web.Column("level", "等级", level_badge, "badge", ("level", "-times")),
    web.Column("times", "窗口内次数", "times", "number", "times"),
    web.Column("accounts", "户数", "accounts", "number", "accounts"),
    web.Column("important", "重要用户", "important", "number", "important", phone=False),
    web.Column("unit", "供电所", "unit.short_name", sort="unit__name", note="grid.name"),
    web.Column("last", "最近停电", "last_at", "moment", "last_at"),
    web.Column("state", "状态", state_badge, "badge", "state"),
)

FILTERS = (
    web.Filter("area", "台区", lambda rows, text: rows.filter(area__name__icontains=text), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
)
