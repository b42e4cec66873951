"""The door of estate transfers: readers over the unit or the cell, and whoever opened one."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.transfers.models import Transfer
from longzhong.cases.transfers.rules import MACHINE, READERS, STATE_LABELS, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "transfers.transfer"
VERB_WORDS = {"open": "登记移交", **{row.verb: row.label for row in MACHINE.moves}}
TIES = ("hotline.case", "complaints.complaint", "media.item", "outages.outage", "workorders.order")
"""What a transfer may be tied to, where that noun exists."""


def visible_to(actor: Actor) -> QuerySet[Transfer]:
    """Organisation × grid × role."""
    covered = within(actor, roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(opened_by=actor.staff_id)
    return Transfer.objects.filter(covered)


def transfer_of(actor: Actor, transfer_id: int) -> Transfer:
    """One transfer; refused outside the actor's scope."""
    rows = visible_to(actor).select_related("unit", "grid", "area", "opened_by")
    found = rows.filter(pk=transfer_id).first()
    if found is None:
        raise Refused("not_found", _("没有这个移交项目，或不在您的管辖范围内。"), transfer=transfer_id)
    return found


def may(actor: Actor, roles: Collection[str], row: Transfer) -> bool:
    """Whether an actor holds one of these roles over the unit or cell of a transfer."""
    return actor.system or Transfer.objects.filter(within(actor, roles=roles), pk=row.pk).exists()


def label(transfer_id: int) -> str:
    return f"{NOUN}:{transfer_id}"


def is_visible(actor: Actor, transfer_id: int) -> bool:
    return visible_to(actor).filter(pk=transfer_id).exists()


def title(transfer_id: int) -> str:
    """How lists call it; an estate's name is nobody's personal data."""
    row = Transfer.objects.filter(pk=transfer_id).values_list("estate", "state").first()
    estate, state = row or (str(transfer_id), State.SURVEY.value)
    return f"小区移交 {estate} · {STATE_LABELS[State(state)]}"
