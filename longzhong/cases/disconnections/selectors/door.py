"""The one door of disconnections: organisation × grid × role, by the unit of the proposal and by who serves the account now."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.disconnections.rules import MONEY, READERS
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

NOUN = "disconnections.disconnection"


def visible_to(actor: Actor) -> QuerySet[Disconnection]:
    """Disconnections of the actor's units and cells, as they were proposed or as the account lies now."""
    now = within(actor, unit="account__unit_id", grid="account__area__grid_id", roles=READERS)
    return Disconnection.objects.filter(within(actor, roles=READERS) | now)


def visible_bills(actor: Actor) -> QuerySet[Arrears]:
    """The door of bills: only for those who may see what a customer owes."""
    return Arrears.objects.filter(within(actor, unit="account__unit_id", grid="account__area__grid_id", roles=MONEY))


def disconnection_of(actor: Actor, disconnection_id: int) -> Disconnection:
    """One disconnection; Refused not_found."""
    rows = visible_to(actor).select_related("account__unit", "account__area__grid", "unit", "grid")
    found = rows.filter(pk=disconnection_id).first()
    if found is None:
        raise Refused("not_found", _("没有这件欠费停电，或不在您的管辖范围内。"), disconnection=disconnection_id)
    return found


def may(actor: Actor, move: Move, row: Disconnection) -> bool:
    """Whether the actor holds one of the step's roles over the unit or the account; nobody approves what they asked for."""
    if actor.system:
        return True
    if move.verb in ("approve", "decline") and is_own_request(actor, row):
        return False
    now = within(actor, unit="account__unit_id", grid="account__area__grid_id", roles=move.roles)
    return Disconnection.objects.filter(within(actor, roles=move.roles) | now, pk=row.pk).exists()


def is_own_request(actor: Actor, row: Disconnection) -> bool:
    """Whether the actor asked for this approval, under whichever of their users."""
    same_user = actor.user_id is not None and actor.user_id == row.asked_by_user
    return same_user or (actor.staff_id is not None and actor.staff_id == row.asked_by_staff)


def sees_money(actor: Actor) -> bool:
    return actor.has(*MONEY)


def is_visible(actor: Actor, disconnection_id: int) -> bool:
    return visible_to(actor).filter(pk=disconnection_id).exists()


def label(disconnection_id: int) -> str:
    """A disconnection's name in timelines, clocks and stops."""
    return f"{NOUN}:{disconnection_id}"


def title(disconnection_id: int) -> str:
    """How lists call it; nothing personal."""
    number = Disconnection.objects.filter(pk=disconnection_id).values_list("number", flat=True).first()
    return _("欠费停复电 %s") % (number or disconnection_id)


def url(disconnection_id: int) -> str:
    return reverse("disconnections:detail", args=[disconnection_id])
