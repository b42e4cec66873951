"""The door of complaints: who may see one, who may take a step with it, and what stands against it (回避)."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import (
    DEPARTMENT,
    KIND_LABELS,
    READERS,
    SIGN,
    SIT,
    STATE_LABELS,
    UNIT,
    Kind,
    State,
    Tie,
    refusal,
)
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "complaints.complaint"


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """The readers of the responsible unit and cell, the professional department, who investigates, who was asked first; never
    a confidential one to whom it is about.
    """
    covered = within(actor, roles=READERS) | within(actor, unit="department_id", grid=None, roles=DEPARTMENT)
    if actor.staff_id is None:
        return Complaint.objects.filter(covered)
    own = Q(handler=actor.staff_id) | Q(case__first_asked=actor.staff_id)
    secret = Q(about_staff__isnull=False, about_staff=actor.staff_id, secrecy=Secrecy.CONFIDENTIAL)
    return Complaint.objects.filter(covered | own).exclude(secret)


def complaint_of(actor: Actor, complaint_id: int) -> Complaint:
    """One complaint with its case; refused outside the actor's scope."""
    rows = visible_to(actor).select_related(
        "case__first_asked", "unit", "grid", "department", "handler", "about_staff", "about_unit", "decided_by"
    )
    found = rows.filter(pk=complaint_id).first()
    if found is None:
        raise Refused("not_found", _("没有这件投诉，或不在您的管辖范围内。"), complaint=complaint_id)
    return found


def of_case(case_id: int) -> Complaint | None:
    """The complaint that governs a case. No door: for the house and for apps that have let the actor through their own."""
    return Complaint.objects.filter(case=case_id).select_related("case").first()


def label(complaint_id: int) -> str:
    """A complaint's name in other tables."""
    return f"{NOUN}:{complaint_id}"


def complaint_id_of(matter: str) -> int | None:
    """The id in a complaint's label; None for other nouns' labels."""
    noun, _colon, number = matter.partition(":")
    return int(number) if noun == NOUN and number.isdigit() else None


def is_visible(actor: Actor, complaint_id: int) -> bool:
    return visible_to(actor).filter(pk=complaint_id).exists()


def title(complaint_id: int) -> str:
    """How lists call a complaint; nothing personal."""
    row = Complaint.objects.filter(pk=complaint_id).values_list("kind", "case__number", "state").first()
    if row is None:
        return _("投诉 %(id)s") % {"id": complaint_id}
    kind, number, state = row
    return f"{KIND_LABELS[Kind(kind)]} {number} · {STATE_LABELS[State(state)]}"


def may(actor: Actor, roles: Collection[str], row: Complaint) -> bool:
    """Whether an actor holds one of these roles over a complaint: over its unit or cell; as its department; who investigates
    holds the unit's roles, who was asked first the desk's.
    """
    if actor.system:
        return True
    if set(roles) & set(UNIT) and actor.staff_id is not None and actor.staff_id == row.handler_id:
        return True
    if (
        "desk" in roles
        and actor.has("desk")
        and actor.staff_id is not None
        and actor.staff_id == row.case.first_asked_id
    ):
        return True
    covers = (scope for scope in actor.scopes if scope.role in roles)
    return any(_covers_department(scope.units, row) if scope.role in DEPARTMENT
               else row.unit_id in scope.units if scope.grids is None else row.grid_id in scope.grids
               for scope in covers)  # fmt: skip


def knows_caller(actor: Actor, row: Complaint) -> bool:
    """Whether an actor may read what the customer said, and where: anybody of an open one; of a secret one (保密、匿名) whoever the
    case's own page is open to, who took it and the office.
    """
    return row.secrecy == Secrecy.OPEN or hotline.is_visible(actor, row.case_id)


def ties_of(actor: Actor, row: Complaint, *, rounds: bool = False) -> frozenset[Tie]:
    """How an actor stands to a complaint in the present investigation, or in any of them (`rounds`)."""
    me = actor.staff_id
    if actor.system:
        return frozenset()
    replies = [one for one in row.replies.all() if rounds or one.round == row.round]
    decisions = [one for one in row.decisions.all() if rounds or one.round == row.round]
    secret = row.secrecy == Secrecy.CONFIDENTIAL and not hotline.may_know_caller(actor, row.case)
    found = {Tie.HIDDEN: secret}
    if me is not None:
        found |= {
            Tie.ACCUSED: me == row.about_staff_id,
            Tie.HANDLER: me == row.handler_id,
            Tie.REPLIER: me in {one.by_staff_id for one in replies},
            Tie.REVIEWER: me in {one.reviewed_by_id for one in replies},
            Tie.DECIDER: me in {one.by_staff_id for one in decisions},
            Tie.FIRST_ASKED: me == row.case.first_asked_id,
        }
    return frozenset(tie for tie, holds in found.items() if holds)


def conflict(actor: Actor, row: Complaint, verb: str = SIT) -> str | None:
    """The code that keeps somebody from a step, an appeal's panel ("sit") or a signature ("sign"); None where nothing does."""
    return refusal(verb, ties_of(actor, row, rounds=verb in (SIT, SIGN)))


def _covers_department(units: Collection[int], row: Complaint) -> bool:
    return (row.department_id or row.unit_id) in units
