"""The doors of the hotline: which cases and calls an actor may see, and whether they may see who the caller is."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.machine import READERS, STATE_LABELS, State
from longzhong.cases.hotline.rules.words import GOVERNED_TYPES, TYPE_LABELS, CaseType, Secrecy
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "hotline.case"
CALL_NOUN = "hotline.call"
INSIDERS = frozenset({"quality"})  # who may read the identity of a confidential caller besides whoever took the call


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The door: organisation × grid × role, and what one owns, took, or is offered, wherever it is; a secret case (`plain`)
    only for those who may know its caller: account and place would tell the unit who it was.
    """
    covered = within(actor, roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(owner=actor.staff_id) | Q(first_asked=actor.staff_id) | Q(offered_to=actor.staff_id)
    return Case.objects.filter(covered if actor.system else covered & _told(actor, "", "first_asked"))


def visible_calls(actor: Actor) -> QuerySet[Call]:
    """Calls of one's units and cells, and those one took; the call of a secret case as its case."""
    covered = within(actor, roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(taken_by=actor.staff_id)
    if actor.system:
        return Call.objects.filter(covered)
    return Call.objects.filter(covered & (Q(case=None) | _told(actor, "case__", "taken_by")))


def plain(prefix: str = "") -> Q:
    """Cases that may be told with their customer. The others are secret: a complaint, report or opinion (governed or about to be)
    whose caller wants secrecy (保密) or didn't say who they are (匿名).
    """
    free = {f"{prefix}governed": False}
    return Q(**{f"{prefix}secrecy": Secrecy.OPEN}) | Q(**free) & ~Q(**{f"{prefix}type__in": GOVERNED_TYPES})


def is_secret(case: Case) -> bool:
    """Whether a case isn't `plain`."""
    return case.secrecy != Secrecy.OPEN and (case.governed or case.type in GOVERNED_TYPES)


def is_about(case: Case, staff_id: int | None) -> bool:
    """Whether somebody is complained about in this case: who is praised isn't."""
    return staff_id is not None and staff_id == case.about_staff_id and case.type in GOVERNED_TYPES


def _told(actor: Actor, prefix: str, heard: str) -> Q:
    """Plain cases; secret ones for the office and for whoever `heard` the caller (a column of theirs), never about oneself."""
    me = actor.staff_id or 0
    not_me = ~Q(**{f"{prefix}about_staff": me})
    return plain(prefix) | (not_me if actor.has(*INSIDERS) else not_me & Q(**{heard: me}))


def case_of(actor: Actor, case_id: int) -> Case:
    """One case; refused outside the actor's scope."""
    case = (
        visible_to(actor).select_related("category", "unit", "grid", "area", "owner", "first_asked").filter(pk=case_id)
    )
    found = case.first()
    if found is None:
        raise Refused("not_found", _("没有这件诉求，或不在您的管辖范围内。"), case=case_id)
    return found


def label(case_id: int) -> str:
    """A case's name in other tables (cause of an order, key of a timeline)."""
    return f"{NOUN}:{case_id}"


def case_id_of(matter: str) -> int | None:
    """The id in a case's label; None for other nouns' labels."""
    noun, _colon, number = matter.partition(":")
    return int(number) if noun == NOUN and number.isdigit() else None


def call_id_of(matter: str) -> int | None:
    """The id in a call's label; None for other nouns' labels."""
    noun, _colon, number = matter.partition(":")
    return int(number) if noun == CALL_NOUN and number.isdigit() else None


def is_visible(actor: Actor, case_id: int) -> bool:
    return visible_to(actor).filter(pk=case_id).exists()


def is_governed(case_id: int) -> bool:
    """Whether a higher app decides about this case (投诉治理)."""
    return Case.objects.filter(pk=case_id, governed=True).exists()


def title(case_id: int) -> str:
    """How lists call a case; nothing personal."""
    row = Case.objects.filter(pk=case_id).values_list("number", "type", "state").first()
    if row is None:
        return _("诉求 %(id)s") % {"id": case_id}
    number, kind, state = row
    return f"{TYPE_LABELS[CaseType(kind)]} {number} · {STATE_LABELS[State(state)]}"


def may(actor: Actor, roles: Collection[str], case: Case) -> bool:
    """Whether an actor may act on this case in one of these roles: over its unit or cell, or as its owner; nobody on a complaint
    about themselves.
    """
    if actor.system:
        return True
    if is_about(case, actor.staff_id):
        return False
    if actor.staff_id is not None and actor.staff_id == case.owner_id and actor.has(*roles):
        return True
    return Case.objects.filter(within(actor, roles=roles), pk=case.pk).exists()


def may_hide(actor: Actor, case: Case) -> bool:
    """Whether an actor may note that the customer wants secrecy: who took it, and the office; never whom it is about."""
    if actor.system:
        return True
    mine = actor.staff_id is not None and actor.staff_id == case.first_asked_id
    return not is_about(case, actor.staff_id) and (mine or may(actor, INSIDERS, case))


def may_know_caller(actor: Actor, case: Case) -> bool:
    """Whether an actor may read who the caller is. Confidential (保密): not the unit or person complained about, only who
    took the call and the quality office; anonymous callers are nobody's to know.
    """
    if actor.system:
        return True
    if case.secrecy == Secrecy.ANONYMOUS or (actor.staff_id is not None and actor.staff_id == case.about_staff_id):
        return False
    if case.secrecy == Secrecy.CONFIDENTIAL:
        return actor.staff_id == case.first_asked_id or actor.has(*INSIDERS)
    return True
