"""The hall's incident desk: what waits for the hall head, and what they have in hand."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from longzhong.cases.petitioners.models import Incident
from longzhong.cases.petitioners.rules import LIVE, WRITERS, IncidentState, Mood
from longzhong.cases.petitioners.selectors.door import visible_incidents
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org


def desk(actor: Actor) -> QuerySet[Incident]:
    """Live incidents: waiting before taken, furious before excited, the oldest first."""
    rows = visible_incidents(actor).filter(state__in=[state.value for state in LIVE])
    waits = Case(When(state=IncidentState.ESCALATED, then=Value(0)), default=Value(1), output_field=IntegerField())
    furious, excited = When(mood=Mood.FURIOUS, then=Value(0)), When(mood=Mood.EXCITED, then=Value(1))
    loud = Case(furious, excited, default=Value(2), output_field=IntegerField())
    rows = rows.annotate(waits=waits, loud=loud).order_by("waits", "loud", "escalated_at", "id")
    return rows.select_related("unit", "petitioner", "called_by", "owner")


def units_for(actor: Actor) -> list[tuple[int, str]]:
    """The units in which the actor may call for help, by name."""
    names = org.unit_names(actor.units(*WRITERS))
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
