"""The hall's incident desk (窗口“灭火”岗): who waits for the hall head, how to calm them, and the button to call for help."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.models import Incident
from longzhong.cases.petitioners.pages.forms import EscalateForm
from longzhong.cases.petitioners.pages.incident import incident_moves
from longzhong.cases.petitioners.pages.words import INCIDENT_TONES, MOOD_TONES
from longzhong.cases.petitioners.rules import (
    COACHING,
    INCIDENT_LABELS,
    MOOD_LABELS,
    READERS,
    WRITERS,
    Coaching,
    IncidentState,
    Mood,
)
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock, web

MOST = 50


@dataclass(frozen=True)
class IncidentLine:
    """One live incident with its buttons."""

    row: Incident
    mood: web.Badge
    state: web.Badge
    owner: str
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class DeskPage:
    lines: list[IncidentLine]
    waiting: int
    taken: int
    form: EscalateForm
    coaching: list[tuple[web.Badge, Coaching]]


@web.page(*READERS)
def desk(request: HttpRequest) -> HttpResponseBase:
    return web.show(request, _page(request), "petitioners/desk.html")


@require_POST
@web.page(*WRITERS)
def escalate(request: HttpRequest) -> HttpResponseBase:
    """Call the hall head to a window."""
    who, now = web.actor(request), clock.now()
    form = EscalateForm(selectors.units_for(who), request.POST)
    if not form.is_valid():
        return web.show(request, _page(request, form), "petitioners/desk.html")
    said = form.cleaned_data

    def act() -> str:
        new = services.NewIncident(
            unit_id=said["unit"], window=said["window"], mood=said["mood"], text=said["text"], phone=said["phone"]
        )
        return str(services.escalate(new=new, by=who, at=now).pk)

    number = matters.once(key=request.POST.get("client_key", ""), what="petitioners.escalate", act=act, by=who, at=now)
    return redirect("petitioners:incident", int(number))


def _page(request: HttpRequest, form: EscalateForm | None = None) -> DeskPage:
    who = web.actor(request)
    lines = [_line(row, who) for row in selectors.desk(who)[:MOST]]
    waiting = sum(line.row.state == IncidentState.ESCALATED for line in lines)
    cards = [(web.Badge(MOOD_TONES[mood], MOOD_LABELS[mood]), COACHING[mood]) for mood in reversed(COACHING)]
    return DeskPage(lines, waiting, len(lines) - waiting, form or EscalateForm(selectors.units_for(who)), cards)


def _line(row: Incident, who: web.Actor) -> IncidentLine:
    return IncidentLine(
        row=row,
        mood=web.Badge(MOOD_TONES[row.mood], MOOD_LABELS[Mood(row.mood)]),
        state=web.Badge(INCIDENT_TONES[row.state], INCIDENT_LABELS[IncidentState(row.state)]),
        owner=row.owner.name if row.owner else _("等待接手"),
        moves=incident_moves(row, who, back=reverse("petitioners:desk")),
    )
