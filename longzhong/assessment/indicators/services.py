"""Counting: a month anew, or the one cell that an alert's move has changed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from longzhong.assessment.indicators.models import Snapshot
from longzhong.cases.alerts import selectors as alerts
from longzhong.cases.alerts.selectors import Outcome
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day, next_month

COUNTED = ["found", "verified", "late", "unproven", "dismissed", "counted_at"]
ONE_COUNT = 0x4C5A_494E  # advisory lock: two counts of a month would overwrite a newer one with an older one
COUNTERS = ("quality",)
MONTHS_BACK = 2  # alerts raised before may still be verified or become late


@transaction.atomic
def count_month(*, month: date, by: Actor, at: datetime) -> int:
    """Count a month anew for all units and kinds; returns how many rows it has."""
    need(by, *COUNTERS)
    first = month.replace(day=1)
    _alone()
    kept = _keep(first, alerts.outcomes(first, next_month(first) - timedelta(days=1), at), at)
    Snapshot.objects.filter(month=first).exclude(counted_at=at).delete()
    return kept


@transaction.atomic
def count_recent(*, by: Actor, at: datetime) -> int:
    """Count the present month and those whose alerts may still move."""
    month, rows = civil_day(at).replace(day=1), 0
    for _back in range(MONTHS_BACK + 1):
        rows += count_month(month=month, by=by, at=at)
        month = (month - timedelta(days=1)).replace(day=1)
    return rows


@transaction.atomic
def count_kind(*, alert_id: int, by: Actor, at: datetime) -> None:
    """An alert moved: count its unit, month and kind again. Safe twice and in any order, for it reads the state of now."""
    alert = alerts.alert_of(by, alert_id)
    first = civil_day(alert.raised_at).replace(day=1)
    _alone()
    last = next_month(first) - timedelta(days=1)
    _keep(first, alerts.outcomes(first, last, at, unit_id=alert.unit_id, kind=alert.kind), at)


def _keep(month: date, outcomes: Iterable[Outcome], at: datetime) -> int:
    rows = [
        Snapshot(
            unit_id=row.unit_id, month=month, kind=row.kind, found=row.found, verified=row.verified, late=row.late,
            unproven=row.unproven, dismissed=row.dismissed, counted_at=at,
        )
        for row in outcomes
    ]  # fmt: skip
    Snapshot.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "month", "kind"], update_fields=COUNTED, batch_size=1_000
    )
    return len(rows)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_COUNT])
