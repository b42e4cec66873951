"""The door of final answers: the readers of the unit and cell, never the person whom the case is about."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import MACHINE, READERS, STATE_LABELS, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "finals.answer"
VERB_WORDS = {"draft": "起草最终答复", **{row.verb: row.label for row in MACHINE.moves}}


def visible_to(actor: Actor) -> QuerySet[FinalAnswer]:
    """Organisation × grid × role; one's own drafts; never a case about oneself."""
    covered = within(actor, roles=READERS)
    if actor.staff_id is None:
        return FinalAnswer.objects.filter(covered)
    mine = FinalAnswer.objects.filter(covered | Q(drafted_by=actor.staff_id))
    return mine.exclude(case__about_staff__isnull=False, case__about_staff=actor.staff_id)


def final_by_id(actor: Actor, final_id: int) -> FinalAnswer:
    """One final answer; refused outside the actor's scope."""
    rows = visible_to(actor).select_related("case__category", "unit", "grid", "drafted_by")
    found = rows.filter(pk=final_id).first()
    if found is None:
        raise Refused("not_found", _("没有这份最终答复，或不在您的管辖范围内。"), final=final_id)
    return found


def may(actor: Actor, roles: Collection[str], row: FinalAnswer) -> bool:
    """Whether an actor holds one of these roles over the unit of a final answer."""
    return actor.system or FinalAnswer.objects.filter(within(actor, roles=roles), pk=row.pk).exists()


def label(final_id: int) -> str:
    return f"{NOUN}:{final_id}"


def is_visible(actor: Actor, final_id: int) -> bool:
    return visible_to(actor).filter(pk=final_id).exists()


def title(final_id: int) -> str:
    """How lists call it; nothing personal."""
    row = FinalAnswer.objects.filter(pk=final_id).values_list("number", "state").first()
    number, state = row or (None, State.DRAFT.value)
    return f"最终答复 {number or final_id} · {STATE_LABELS[State(state)]}"
