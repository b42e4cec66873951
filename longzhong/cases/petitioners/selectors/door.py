"""The doors: a file is seen by the hall that keeps it and by those above it; an incident by the hall's people."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Incident, Petitioner
from longzhong.cases.petitioners.rules import READERS
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "petitioners.file"
INCIDENT_NOUN = "petitioners.incident"


def visible_to(actor: Actor) -> QuerySet[Petitioner]:
    """Files kept by the actor's units; a scope narrowed to grid cells sees none (a file belongs to a hall)."""
    return Petitioner.objects.filter(within(actor, unit="kept_by_id", grid=None, roles=READERS))


def file_of(actor: Actor, petitioner_id: int) -> Petitioner:
    """One file; Refused not_found."""
    row = visible_to(actor).select_related("kept_by", "merged_into").filter(pk=petitioner_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份档案，或不由您的单位保管。"), petitioner=petitioner_id)
    return row


def is_visible(actor: Actor, petitioner_id: int) -> bool:
    """Whether the actor may see the file and its timeline."""
    return visible_to(actor).filter(pk=petitioner_id).exists()


def label(petitioner_id: int) -> str:
    """A file's name in timelines."""
    return f"{NOUN}:{petitioner_id}"


def title(petitioner_id: int) -> str:
    """How lists of others call a file: its number only."""
    number = Petitioner.objects.filter(pk=petitioner_id).values_list("number", flat=True).first()
    return _("常来客户档案 %s") % (number or petitioner_id)


def url(petitioner_id: int) -> str:
    return reverse("petitioners:file", args=[petitioner_id])


def visible_incidents(actor: Actor) -> QuerySet[Incident]:
    """Incidents of the actor's units, and those they called or own."""
    covered = within(actor, grid=None, roles=READERS)
    if actor.user_id is not None:
        covered |= Q(called_by_user_id=actor.user_id) | Q(owner_user_id=actor.user_id)
    return Incident.objects.filter(covered)


def incident_of(actor: Actor, incident_id: int) -> Incident:
    """One incident; Refused not_found."""
    rows = visible_incidents(actor).select_related("unit", "petitioner", "called_by", "owner")
    row = rows.filter(pk=incident_id).first()
    if row is None:
        raise Refused("not_found", _("没有这次呼叫，或不在您的管辖范围内。"), incident=incident_id)
    return row


def is_visible_incident(actor: Actor, incident_id: int) -> bool:
    return visible_incidents(actor).filter(pk=incident_id).exists()


def incident_label(incident_id: int) -> str:
    """An incident's name in timelines and clocks."""
    return f"{INCIDENT_NOUN}:{incident_id}"


def incident_title(incident_id: int) -> str:
    row = Incident.objects.filter(pk=incident_id).values_list("number", "window").first()
    return _("窗口呼叫 %s") % (incident_id if row is None else f"{row[0]} {row[1]}")


def incident_url(incident_id: int) -> str:
    return reverse("petitioners:incident", args=[incident_id])
