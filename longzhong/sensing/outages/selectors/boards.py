"""Lists of outages and the numbers that open them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import LIVE, OUT, State
from longzhong.sensing.outages.selectors.doors import PREFIX, visible_to

IS_LATE = (State.RUNNING, State.PARTLY)


@dataclass(frozen=True)
class OutageCounts:
    """The numbers of the board's tabs."""

    out: int
    reported: int
    late: int
    asked: int
    announced: int
    past: int
    total: int


def board(actor: Actor) -> QuerySet[Outage]:
    """All that the actor may see, for lists; `began` is when it started, or is planned to, `foreseen_at` what history expects."""
    began = Coalesce("started_at", "planned_start", "registered_at")
    rows = visible_to(actor).select_related("unit").annotate(began=began)
    return matters.foreseen(rows, PREFIX).order_by("-began", "-id")


def begun_on(rows: QuerySet[Outage], day: date) -> QuerySet[Outage]:
    """Those that began, or are planned to, on a civil day."""
    start, end = clock.day_start(day), clock.day_start(day + timedelta(days=1))
    ran = Q(started_at__gte=start, started_at__lt=end)
    return rows.filter(ran | Q(started_at=None, planned_start__gte=start, planned_start__lt=end))


def late(rows: QuerySet[Outage], at: datetime) -> QuerySet[Outage]:
    """Running ones whose expected end has passed (超时未送)."""
    return rows.filter(state__in=IS_LATE, expected_end_at__lt=at)


def counts(actor: Actor, at: datetime) -> OutageCounts:
    """One query."""
    found = visible_to(actor).aggregate(
        out=Count("id", filter=Q(state__in=OUT)),
        reported=Count("id", filter=Q(state=State.REPORTED)),
        late=Count("id", filter=Q(state__in=IS_LATE, expected_end_at__lt=at)),
        asked=Count("id", filter=Q(state=State.ASKED)),
        announced=Count("id", filter=Q(state=State.ANNOUNCED)),
        past=Count("id", filter=~Q(state__in=LIVE)),
        total=Count("id"),
    )
    return OutageCounts(**found)


def affected_rows(outage_id: int) -> QuerySet[Affected]:
    """The areas of an outage for a list, those still out first. The caller has let the actor through the door."""
    rows = Affected.objects.filter(outage=outage_id).select_related("area", "unit", "grid")
    return rows.order_by(F("restored_at").asc(nulls_first=True), "area__code", "id")
