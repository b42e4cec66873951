"""The doors: errands by unit, cell and owner; tellings through the door of their outage."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor, within
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.announcements.models import Errand, Group, Proposal, Round
from longzhong.sensing.announcements.rules import ERRAND_LABELS, KEEPERS, ONLY, READERS, TELLERS, Limits
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import Outage

PREFIX = "announcements.errand"
TELLING = "announcements.telling"
HOUSE = Actor.machine("announcements")


def visible_to(actor: Actor) -> QuerySet[Errand]:
    """Errands of the actor's units and cells, and those that are the actor's own."""
    return Errand.objects.filter(_covered(actor, READERS))


def errand_of(actor: Actor, errand_id: int) -> Errand:
    """One errand with what its page needs; Refused not_found."""
    rows = visible_to(actor).select_related(
        "outage", "account__unit", "account__area", "unit", "grid", "owner", "round", "done_by", "replaces"
    )
    row = rows.filter(pk=errand_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件告知任务，或不在您的管辖范围内。"), errand=errand_id)
    return row


def may(actor: Actor, move: Move, row: Errand) -> bool:
    """Whether the actor may take the step with this errand: the step's roles over its unit, its cell, or as its owner."""
    if move.verb in ONLY and ONLY[move.verb] != row.kind:
        return False
    if actor.system:
        return True
    return bool(move.roles) and Errand.objects.filter(_covered(actor, move.roles), pk=row.pk).exists()


def _covered(actor: Actor, roles: tuple[str, ...]) -> Q:
    covered = within(actor, roles=roles)
    if actor.staff_id is not None and actor.has(*roles):
        covered |= Q(owner=actor.staff_id)
    return covered


def is_visible(actor: Actor, errand_id: int) -> bool:
    return visible_to(actor).filter(pk=errand_id).exists()


def label(errand_id: int) -> str:
    """An errand's name in timelines, clocks and files."""
    return f"{PREFIX}:{errand_id}"


def telling_label(outage_id: int) -> str:
    """The timeline of what was told about an outage, beside the outage's own."""
    return f"{TELLING}:{outage_id}"


def title(errand_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Errand.objects.filter(pk=errand_id).first()
    return "" if row is None else f"{ERRAND_LABELS[Kind(row.kind)]} {row.number or ''}".strip()


def url(errand_id: int) -> str:
    return reverse("announcements:errand", args=[errand_id])


def telling_title(outage_id: int) -> str:
    return _("停电告知 %s") % outages.title(outage_id)


def outage_of(actor: Actor, outage_id: int) -> Outage:
    """The outage through its own door; Refused not_found."""
    row = outages.visible_to(actor).select_related("unit").filter(pk=outage_id).first()
    if row is None:
        raise Refused("not_found", _("没有这次停电，或不在您的管辖范围内。"), outage=outage_id)
    return row


def rounds(outage_id: int) -> QuerySet[Round]:
    """The tellings of an outage, the newest first. The caller has let the actor through the outage's door."""
    return Round.objects.filter(outage=outage_id).select_related("notice", "unit").order_by("-id")


def open_proposal(outage_id: int) -> Proposal | None:
    """What is suggested now."""
    return Proposal.objects.filter(outage=outage_id, closed_at=None).first()


def groups(actor: Actor) -> QuerySet[Group]:
    """Partners' groups of the actor's units that are in use."""
    rows = Group.objects.filter(within(actor, grid=None, roles=(*KEEPERS, *TELLERS)), ended_on=None)
    return rows.select_related("unit").order_by("unit_id", "name", "id")


def limits(unit_id: int, at: datetime) -> Limits:
    return policies.limits(Limits, "announcements", unit_id=unit_id, day=civil_day(at))


def staff_choices(row: Errand, at: datetime) -> list[tuple[int, str]]:
    """Whom an errand may be given to: the people of its station who go there."""
    day = civil_day(at)
    ids = [one for role in ("grid", "station") for one in org.staff_with_role(row.unit_id, role, day)]
    names = org.staff_names(ids)
    return [(one, names[one]) for one in dict.fromkeys(ids) if one in names and one != row.owner_id]
