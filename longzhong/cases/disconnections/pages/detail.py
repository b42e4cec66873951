"""欠费停电详情: what the guard says line by line, where it stands, its clocks and timeline, and the next steps."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.disconnections.pages.words import state_badge
from longzhong.cases.disconnections.rules import (
    BEFORE,
    BEHIND,
    MACHINE,
    READERS,
    ROAD,
    STATE_LABELS,
    Stage,
    State,
    yuan,
)
from longzhong.cases.disconnections.selectors import Disconnection
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card

MAIN = ("contact", "notice", "submit", "approve", "warn", "reconnect", "reply")
HARSH = ("decline", "cancel", "execute")


@dataclass(frozen=True)
class GuardLine:
    """One line of the guard as the page shows it."""

    asks: str
    says: str
    badge: web.Badge


@dataclass(frozen=True)
class DetailPage:
    row: Disconnection
    title: str
    state: web.Badge
    stages: list[web.Stage]
    guard: list[GuardLine]
    is_before: bool
    blocked: int
    facts: list[web.Fact]
    clocks: list[ClockCard]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, disconnection_id: int) -> HttpResponseBase:
    return web.show(
        request, detail_page(web.actor(request), disconnection_id, clock.now()), "disconnections/detail.html"
    )


def detail_page(
    who: web.Actor, disconnection_id: int, now: datetime, form: tuple[str, StepForm] | None = None
) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    row = selectors.disconnection_of(who, disconnection_id)
    lines = _guard(row, now) if row.state in BEFORE else []
    matter = selectors.label(row.pk)
    return DetailPage(
        row=row, title=_("欠费停复电 %s") % row, state=state_badge(row), stages=_stages(row), guard=lines,
        is_before=row.state in BEFORE, blocked=sum(line.badge.tone == "late" for line in lines),
        facts=_facts(who, row, now), clocks=matters.clock_cards(matter, now), timeline=matters.timeline(matter),
        moves=_moves(who, row, form),
    )  # fmt: skip


def _guard(row: Disconnection, now: datetime) -> list[GuardLine]:
    acting = row.state in (State.APPROVED, State.WARNED)
    stage = Stage.DOOR if acting else Stage.PAPERS
    return [
        GuardLine(one.asks, one.says, web.Badge("late", _("不可停")) if one.blocks else web.Badge("good", _("符合")))
        for one in selectors.guard(row.pk, now, stage, acting=row.state == State.WARNED)
    ]


def _stages(row: Disconnection) -> list[web.Stage]:
    if row.state == State.CANCELLED:
        word = _("缴清取消") if row.paid_at else STATE_LABELS[State.CANCELLED]
        return [web.Stage(STATE_LABELS[State.PROPOSED], "done"), web.Stage(word, "done" if row.paid_at else "bad")]
    now = ROAD.index(State(row.state))
    return [
        web.Stage(STATE_LABELS[state], "done" if place < now or now == len(ROAD) - 1 else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]  # fmt: skip


def _facts(who: web.Actor, row: Disconnection, now: datetime) -> list[web.Fact]:
    card: Card = customers.cards_of(who, [row.account])[0]
    money = selectors.sees_money(who)
    href = reverse("disconnections:account", args=[row.account_id]) if money else ""
    owed = [web.Fact(_("欠费"), yuan(row.owed_fen), href)] if money else []
    moments = (
        (_("联系上"), row.contacted_at), (_("通知送达"), row.noticed_at), (_("批准"), row.approved_at),
        (_("停前告知"), row.warned_at), (_("停电"), row.executed_at), (_("缴清"), row.paid_at),
        (_("复电"), row.reconnected_at),
    )  # fmt: skip
    return [
        web.Fact(_("客户"), card.name, note=card.code), web.Fact(_("用电类别"), card.kind, note="、".join(card.priorities)),
        web.Fact(_("地址"), card.place), web.Fact(_("供电所"), card.unit, note=card.area), *owed,
        web.Fact(_("最早到期日"), row.due_on, note=_("已逾期 %s 天") % max(0, (clock.civil_day(now) - row.due_on).days)),
        web.Fact(_("联系次数"), row.tries), *(web.Fact(word, moment) for word, moment in moments if moment),
    ]  # fmt: skip


def _moves(who: web.Actor, row: Disconnection, form: tuple[str, StepForm] | None) -> list[web.MoveForm]:
    shown = []
    for move in MACHINE.moves_from(row.state):
        if move.verb in BEHIND or not selectors.may(who, move, row):
            continue
        own = form[1] if form and form[0] == move.verb else form_for(move.verb) if move.verb in FORMS else None
        tone = "primary" if move.verb in MAIN else "danger" if move.verb in HARSH else "secondary"
        action = reverse("disconnections:move", args=[row.pk, move.verb])
        shown.append(web.MoveForm(move.verb, move.label, action, form=own, tone=tone))  # type: ignore[arg-type]
    return shown
