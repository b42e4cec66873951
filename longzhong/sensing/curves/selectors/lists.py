"""Findings and faults to look at, each list behind its door."""

from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet

from longzhong.kit.actor import Actor, within
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves.models import AreaFault, Finding, ScanRun
from longzhong.sensing.curves.rules import ELECTRIC, Limits, Span, latest_spans


def visible_to(actor: Actor) -> QuerySet[Finding]:
    """The door of findings: organisation × grid × role."""
    return Finding.objects.filter(within(actor))


def visible_faults(actor: Actor) -> QuerySet[AreaFault]:
    """The door of areas' faults."""
    return AreaFault.objects.filter(within(actor))


def findings(actor: Actor, first: date, last: date) -> QuerySet[Finding]:
    """Findings of some days, both included, the newest first."""
    rows = visible_to(actor).filter(day__gte=first, day__lte=last)
    return rows.select_related("area", "unit").order_by("-day", "meter_code", "phase", "kind", "id")


def faults(actor: Actor, first: date, last: date) -> QuerySet[AreaFault]:
    """Areas' faults of some days, both included: the newest and widest first."""
    rows = visible_faults(actor).filter(day__gte=first, day__lte=last, kind__in=ELECTRIC)
    return rows.select_related("area", "unit", "grid").order_by("-day", "-meters", "area_id", "kind", "id")


def season_risks(actor: Actor, span: Span) -> QuerySet[Any, Any]:
    """One row for each pair of area and kind that was abnormal in a season's latest span, the most days first (S2-11)."""
    rows = faults(actor, span.first, span.last).order_by()
    named = rows.values("area_id", "area__name", "area__code", "area__kva", "unit__code", "unit__short_name", "kind")
    counted = named.annotate(
        id=Max("id"),
        days=Count("day", distinct=True),
        meters=Max("meters"),
        beyond=Max("beyond_pct"),
        latest=Max("day"),
    )
    return counted.order_by("-days", "-beyond", "area_id", "kind")


def spans(day: date) -> list[Span]:
    """The latest span of each season that the policy names."""
    limits = policies.limits(Limits, "curves", day=day)
    return latest_spans(limits.seasons, day)


def abnormal_groups(actor: Actor, first: date, last: date) -> QuerySet[AreaFault, tuple[int, str]]:
    """Distinct (area_id, kind) with an abnormal day in a period: what the loop's first number counts."""
    rows = visible_faults(actor).filter(day__gte=first, day__lte=last)
    return rows.order_by("area_id", "kind").values_list("area_id", "kind").distinct()


def last_scan() -> ScanRun | None:
    """The scan of the newest day."""
    return ScanRun.objects.order_by("-day", "id").first()
