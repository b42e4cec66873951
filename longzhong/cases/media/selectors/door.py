"""The door of public opinion: readers over the unit, whoever found it and whoever owns it."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import GRADE_LABELS, MACHINE, READERS, STATE_LABELS, Grade, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "media.item"
VERB_WORDS = {"find": "发现", "relink": "台区更正", **{row.verb: row.label for row in MACHINE.moves}}
TIES = ("outages.outage", "hotline.case", "complaints.complaint", "transfers.transfer", "workorders.order")
"""What an item may be tied to, where that noun exists."""


def visible_to(actor: Actor) -> QuerySet[Item]:
    """Organisation × role; what one found or owns."""
    covered = within(actor, grid=None, roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(found_by=actor.staff_id) | Q(owner=actor.staff_id)
    return Item.objects.filter(covered)


def item_of(actor: Actor, item_id: int) -> Item:
    """One item; refused outside the actor's scope."""
    rows = visible_to(actor).select_related("unit", "area", "owner", "found_by", "response_by", "approved_by")
    found = rows.filter(pk=item_id).first()
    if found is None:
        raise Refused("not_found", _("没有这条舆情，或不在您的管辖范围内。"), item=item_id)
    return found


def may(actor: Actor, roles: Collection[str], row: Item) -> bool:
    """Whether an actor holds one of these roles over the item's unit, or owns it and holds one anywhere."""
    if actor.system or row.unit_id in actor.units(*roles):
        return True
    return actor.staff_id is not None and actor.staff_id == row.owner_id and actor.has(*roles)


def label(item_id: int) -> str:
    return f"{NOUN}:{item_id}"


def is_visible(actor: Actor, item_id: int) -> bool:
    return visible_to(actor).filter(pk=item_id).exists()


def title(item_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Item.objects.filter(pk=item_id).values_list("number", "grade", "state").first()
    number, grade, state = row or ("", "", State.FOUND.value)
    hot = f"{GRADE_LABELS[Grade(grade)]} · " if grade else ""
    return f"舆情 {number or item_id} · {hot}{STATE_LABELS[State(state)]}"
