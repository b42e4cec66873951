"""Lists of filings, and who is suspended from filing."""

from datetime import datetime

from django.db.models import Count, Max, QuerySet

from longzhong.cases.filings.models import Filing, Suspension
from longzhong.cases.filings.rules import State
from longzhong.cases.filings.selectors.door import visible_to
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org


def board(actor: Actor) -> QuerySet[Filing]:
    """Filings, the newest first."""
    return visible_to(actor).select_related("unit", "drafted_by").order_by("-drafted_at", "-id")


def counts_by_state(actor: Actor) -> dict[str, int]:
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def suspended_until(unit_id: int, at: datetime) -> datetime | None:
    """Until when a unit may not file; None if it may."""
    rows = Suspension.objects.filter(unit=unit_id, from_at__lte=at, until_at__gt=at)
    until: datetime | None = rows.aggregate(last=Max("until_at"))["last"]
    return until


def suspended_units(actor: Actor, at: datetime) -> list[tuple[str, datetime]]:
    """The actor's units whose right to file is suspended now: name and until when."""
    seen = org.visible_units(actor).values("id")
    rows = Suspension.objects.filter(unit__in=seen, from_at__lte=at, until_at__gt=at)
    last = rows.order_by().values_list("unit_id").annotate(until=Max("until_at"))
    until = dict(last)
    names = org.unit_names(until)
    return sorted(((names[unit], moment) for unit, moment in until.items()), key=lambda row: (row[1], row[0]))


def ended(at: datetime, limit: int = 500) -> list[int]:
    """Filings in force whose span is over, the oldest first."""
    rows = Filing.objects.filter(state=State.ACCEPTED, ends_at__lte=at).order_by("ends_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])
