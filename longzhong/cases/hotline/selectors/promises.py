"""Promises to customers, by unit and person (承诺兑现, S3-04)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from longzhong.cases.hotline.models import Promise
from longzhong.cases.hotline.rules.words import PromiseState
from longzhong.cases.hotline.selectors.door import visible_to
from longzhong.kit.actor import Actor

MADE_GOOD = Q(state=PromiseState.BROKEN, ended_at__isnull=False)
OVERDUE = Q(state=PromiseState.BROKEN, ended_at=None)


@dataclass(frozen=True)
class PromiseCounts:
    """How many promises stand how; `overdue` are broken and still owed."""

    open: int
    overdue: int
    kept: int
    broken: int
    moved: int


def promises(actor: Actor) -> QuerySet[Promise]:
    """Promises of cases that the actor may see, the next due first."""
    rows = Promise.objects.filter(case__in=visible_to(actor))
    return rows.select_related("case", "case__unit", "made_by", "case__owner").order_by("due_at", "id")


def owed(rows: QuerySet[Promise], at: datetime) -> QuerySet[Promise]:
    """Those whose time has passed and that aren't fulfilled, swept or not yet."""
    return rows.filter(OVERDUE | Q(state=PromiseState.OPEN, due_at__lt=at))


def late_promises(at: datetime) -> Q:
    """Promises past their time: not kept in it, or still open after it."""
    return OVERDUE | Q(state=PromiseState.OPEN, due_at__lt=at)


def promise_counts(actor: Actor, at: datetime) -> PromiseCounts:
    """The numbers of the tabs; one query."""
    late = late_promises(at)
    parts = {
        "open": Q(state=PromiseState.OPEN, due_at__gte=at), "overdue": late, "kept": Q(state=PromiseState.KEPT),
        "broken": MADE_GOOD, "moved": Q(state=PromiseState.MOVED),
    }  # fmt: skip
    rows = Promise.objects.filter(case__in=visible_to(actor))
    return PromiseCounts(**rows.aggregate(**{name: Count("id", filter=part) for name, part in parts.items()}))
