"""Lists of complaints and the numbers that open them."""

from django.db.models import Count, F, Q, QuerySet

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import DEPARTMENT, LIVE, OFFICE, State
from longzhong.cases.complaints.selectors.door import visible_to
from longzhong.kit.actor import Actor, within


def board(actor: Actor) -> QuerySet[Complaint]:
    """All that the actor may see, for lists; due soonest first, those without a deadline last."""
    rows = visible_to(actor).select_related("case", "category", "unit", "department", "handler", "about_staff")
    rows = rows.defer("summary_sealed", "case__content_sealed", "case__grams")
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")


def live(actor: Actor) -> QuerySet[Complaint]:
    return board(actor).filter(state__in=LIVE)


def mine(actor: Actor) -> QuerySet[Complaint]:
    """What waits for the actor: investigations of their own, replies for their department, what the office has to do."""
    waits = Q(handler=actor.staff_id or 0, state__in=(State.DISPATCHED, State.INVESTIGATING))
    waits |= within(actor, unit="department_id", grid=None, roles=DEPARTMENT) & Q(state=State.REPLIED)
    office = (State.ACCEPTED, State.REVIEWED, State.DECIDED)
    waits |= within(actor, roles=OFFICE) & Q(state__in=office)
    return board(actor).filter(waits)


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many stand where; one query."""
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))
