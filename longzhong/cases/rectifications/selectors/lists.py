"""Lists of forms: the board with its tabs, the parts that nobody has signed yet."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from longzhong.cases.rectifications.models import Form, Measure, Signature
from longzhong.cases.rectifications.rules import LIVE, UNPROVED, Proof, Sign
from longzhong.cases.rectifications.selectors.door import visible_to
from longzhong.cases.rectifications.selectors.people import waiting_for
from longzhong.kit.actor import Actor

_BESIDE = ("complaint__case", "complaint__category", "unit", "department", "owner")


def board(actor: Actor) -> QuerySet[Form]:
    """Forms with how many measures stand and are proved, how many parts wait, the newest first."""
    standing = Measure.objects.filter(form=OuterRef("pk"), dropped_at=None)
    parts = Signature.objects.filter(form=OuterRef("pk"), round=OuterRef("signing_round"))
    rows = visible_to(actor).select_related(*_BESIDE).annotate(
        planned=_many(standing), proved=_many(standing.filter(state=Proof.PROVED)), asked=_many(parts),
        signed=_many(parts.filter(state=Sign.SIGNED)),
    )  # fmt: skip
    return rows.order_by("-opened_at", "-id")


def to_sign(actor: Actor, rows: QuerySet[Form], day: date) -> QuerySet[Form]:
    """Those of the forms that wait for this person's signature today."""
    return rows.filter(pk__in=waiting_for(actor, day).values("form"))


def to_prove(actor: Actor, rows: QuerySet[Form]) -> QuerySet[Form]:
    """Those with measures that this person has to prove."""
    return rows.filter(pk__in=_mine(actor).values("form"), state__in=LIVE)


def overdue(rows: QuerySet[Form], at: datetime) -> QuerySet[Form]:
    """Those with a deadline that has passed: of a signature, a measure, a review, a re-visit."""
    return rows.filter(due_at__lt=at, state__in=LIVE)


def counts(actor: Actor, at: datetime, day: date) -> dict[str, int]:
    """How many forms stand in each state, and under "sign", "prove" and "overdue"; two queries."""
    rows = visible_to(actor).order_by()
    tabs = {
        "sign": Q(pk__in=waiting_for(actor, day).values("form")),
        "prove": Q(pk__in=_mine(actor).values("form"), state__in=LIVE),
        "overdue": Q(due_at__lt=at, state__in=LIVE),
    }
    counted = {key: Count("id", filter=which) for key, which in tabs.items()}
    lines: QuerySet[Any, dict[str, Any]] = rows.values("state").annotate(n=Count("id"), **counted)  # type: ignore[assignment]
    found = list(lines)
    sums = {key: sum(line[key] for line in found) for key in tabs}
    return {**{line["state"]: line["n"] for line in found}, **sums}


def unsigned(actor: Actor) -> QuerySet[Signature]:
    """The parts that wait for a signature, of the forms that the actor may see; the latest first."""
    rows = Signature.objects.filter(state=Sign.WAITING, form__in=visible_to(actor).values("pk"))
    beside = ("form__complaint__category", "form__unit", "unit", "signer", "delegate")
    return rows.select_related(*beside).order_by("due_at", "id")


def of_complaint(actor: Actor, complaint_id: int) -> Form | None:
    """A complaint's form, if the actor may see it."""
    return visible_to(actor).select_related("unit", "owner").filter(complaint=complaint_id).first()


def open_measures(row: Form) -> QuerySet[Measure]:
    """Measures that stand and aren't proved."""
    return row.measures.filter(Q(dropped_at=None), state__in=UNPROVED).order_by("number")


def _mine(actor: Actor) -> QuerySet[Measure]:
    return Measure.objects.filter(owner=actor.staff_id or 0, state__in=UNPROVED, dropped_at=None)


def _many(rows: QuerySet[Measure] | QuerySet[Signature]) -> Coalesce:
    counted = rows.order_by().values("form").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(counted), 0)
