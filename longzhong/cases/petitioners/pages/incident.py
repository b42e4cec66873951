"""One incident at the window: what happened, who has it, the coaching card, the next move."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.models import Incident
from longzhong.cases.petitioners.pages.forms import SettleForm, WhyForm
from longzhong.cases.petitioners.pages.words import INCIDENT_TONES, MOOD_TONES
from longzhong.cases.petitioners.rules import (
    HEADS,
    INCIDENT,
    INCIDENT_LABELS,
    MOOD_LABELS,
    READERS,
    SETTLED_LABELS,
    WRITERS,
    Coaching,
    IncidentState,
    Mood,
    Settled,
    coaching,
)
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web

FORMS: dict[str, type[forms.Form]] = {"settle": SettleForm, "release": WhyForm, "withdraw": WhyForm}
ROAD = (IncidentState.ESCALATED, IncidentState.TAKEN, IncidentState.SETTLED)


@dataclass(frozen=True)
class IncidentPage:
    row: Incident
    state: web.Badge
    mood: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    clock: ClockCard | None
    coaching: Coaching
    moves: list[web.MoveForm]
    timeline: list[web.Entry]


@web.page(*READERS)
def incident(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    row = selectors.incident_of(who, incident_id)
    matter = selectors.incident_label(row.pk)
    cards = matter_reads.clock_cards(matter, now)
    page = IncidentPage(
        row=row, state=web.Badge(INCIDENT_TONES[row.state], INCIDENT_LABELS[IncidentState(row.state)]),
        mood=web.Badge(MOOD_TONES[row.mood], MOOD_LABELS[Mood(row.mood)]), stages=_stages(row), facts=_facts(row, who),
        clock=next((card for card in cards if card.is_live), None), coaching=coaching(row.mood),
        moves=incident_moves(row, who), timeline=matter_reads.timeline(matter),
    )  # fmt: skip
    return web.show(request, page, "petitioners/incident.html")


@require_POST
@web.page(*WRITERS)
def move_incident(request: HttpRequest, incident_id: int, verb: str) -> HttpResponseBase:
    """One address for every move; a client key makes a repeated press harmless."""
    who, now, said = web.actor(request), clock.now(), request.POST

    def act() -> str:
        return services.move_incident(
            incident_id=incident_id, verb=verb, text=said.get("text", "")[:500], outcome=said.get("outcome", ""), by=who, at=now
        ).state  # fmt: skip

    def do() -> str:
        key, what = said.get("client_key", ""), f"petitioners.incident.{verb}:{incident_id}"
        return matters.once(key=key, what=what, act=act, by=who, at=now)

    back = reverse("petitioners:desk") if said.get("desk") else reverse("petitioners:incident", args=[incident_id])
    return web.act(request, do, done=_("已登记。"), back=back)


def incident_moves(row: Incident, who: web.Actor, back: str = "") -> list[web.MoveForm]:
    """The moves that this person may take; nobody is offered what would be refused."""
    mine, called = row.owner_user_id == who.user_id, row.called_by_user_id == who.user_id
    heads = who.has(*HEADS)
    may = {"take": not called, "settle": mine, "release": mine or heads, "withdraw": called or heads}
    return [
        web.MoveForm(
            move.verb, move.label, reverse("petitioners:move_incident", args=[row.pk, move.verb]),
            form=FORMS[move.verb](auto_id=f"{move.verb}{row.pk}_%s") if move.verb in FORMS else None,
            tone="primary" if move.verb in ("take", "settle") else "secondary", hidden={"desk": "1"} if back else {},
        )
        for move in INCIDENT.moves_from(row.state, who.roles)
        if may[move.verb]
    ]  # fmt: skip


def _stages(row: Incident) -> list[web.Stage]:
    if row.state == IncidentState.WITHDRAWN:
        return [web.Stage(INCIDENT_LABELS[ROAD[0]], "done"), web.Stage(INCIDENT_LABELS[IncidentState.WITHDRAWN], "bad")]
    now = ROAD.index(IncidentState(row.state))
    stages = []
    for index, state in enumerate(ROAD):
        ended = index < now or row.state == IncidentState.SETTLED
        stages.append(web.Stage(INCIDENT_LABELS[state], "done" if ended else "now" if index == now else "todo"))
    return stages


def _facts(row: Incident, who: web.Actor) -> list[web.Fact]:
    file = row.petitioner
    seen = file is not None and selectors.is_visible(who, file.pk)
    return [
        web.Fact(_("在哪里"), row.window, note=row.unit.name),
        web.Fact(
            _("客户"),
            (file.mask or str(file)) if file else _("没有档案"),
            selectors.url(file.pk) if file and seen else "",
        ),
        web.Fact(
            _("呼叫人"),
            row.called_by.name if row.called_by else "–",
            note=f"{row.escalated_at.astimezone(clock.CST):%H:%M}",
        ),
        web.Fact(_("接手人"), row.owner.name if row.owner else _("等待接手")),
        web.Fact(_("结果"), SETTLED_LABELS[Settled(row.outcome)] if row.outcome else _("处置中")),
    ]
