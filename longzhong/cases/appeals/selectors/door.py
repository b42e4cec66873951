"""The door of appeals: whoever may see the complaint, who sits on the panel, and (an open one) who is complained about."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.appeals.models import Appeal, Member, Window
from longzhong.cases.appeals.rules import LEVEL_LABELS, MACHINE, STATE_LABELS, Level, State
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

NOUN = "appeals.appeal"
VERB_WORDS = {"draft": "起草申诉", **{row.verb: row.label for row in MACHINE.moves}}
BESIDE = (
    "complaint__case", "complaint__category", "complaint__unit", "complaint__department", "complaint__about_staff",
    "window", "drafted_by", "concluded_by", "duplicate_of__case",
)  # fmt: skip


def visible_to(actor: Actor) -> QuerySet[Appeal]:
    covered = Q(complaint__in=complaints.visible_to(actor))
    if actor.staff_id is None:
        return Appeal.objects.filter(covered)
    seats = Member.objects.filter(staff=actor.staff_id, left_at=None).values("appeal")
    mine = Q(complaint__about_staff=actor.staff_id)
    secret = mine & Q(complaint__about_staff__isnull=False, complaint__secrecy=Secrecy.CONFIDENTIAL)
    return Appeal.objects.filter(covered | Q(pk__in=seats) | mine).exclude(secret)


def visible_windows(actor: Actor) -> QuerySet[Window]:
    """The windows of the complaints that an actor may see."""
    return Window.objects.filter(complaint__in=complaints.visible_to(actor))


def appeal_of(actor: Actor, appeal_id: int) -> Appeal:
    """One appeal with its complaint; refused outside the actor's scope."""
    found = visible_to(actor).select_related(*BESIDE).filter(pk=appeal_id).first()
    if found is None:
        raise Refused("not_found", _("没有这件申诉，或不在您的管辖范围内。"), appeal=appeal_id)
    return found


def may(actor: Actor, roles: Collection[str], row: Appeal) -> bool:
    """Whether an actor holds one of these roles over the complaint; its investigator holds the unit's."""
    return complaints.may(actor, roles, row.complaint)


def label(appeal_id: int) -> str:
    return f"{NOUN}:{appeal_id}"


def is_visible(actor: Actor, appeal_id: int) -> bool:
    return visible_to(actor).filter(pk=appeal_id).exists()


def title(appeal_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Appeal.objects.filter(pk=appeal_id).values_list("level", "complaint__case__number", "state").first()
    if row is None:
        return _("申诉 %(id)s") % {"id": appeal_id}
    level, number, state = row
    return f"{LEVEL_LABELS[Level(level)]} {number} · {STATE_LABELS[State(state)]}"
