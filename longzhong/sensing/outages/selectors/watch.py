"""What the jobs look at: ends that are near, outages to trace anew, and areas for the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import COMING, LIVE, OUT, Duties, Limits, State
from longzhong.sensing.outages.selectors.doors import visible_to

LONGEST_NOTICE = timedelta(hours=24)
MOST_POINTS = 3_000


@dataclass(frozen=True)
class MapPoint:
    """An area on the map: `layer` is out, reported, coming or back."""

    name: str
    lat: float
    lon: float
    layer: str
    note: str
    url: str


def ends_to_ask(at: datetime) -> list[int]:
    """Running outages whose promised end is within the notice of their unit and wasn't asked about yet."""
    rows = Outage.objects.filter(
        ~Q(asked_end_at=F("expected_end_at")) | Q(asked_end_at=None), state__in=(State.RUNNING, State.PARTLY),
        expected_end_at__lte=at + LONGEST_NOTICE,
    )  # fmt: skip
    near = list(rows.order_by("expected_end_at", "id").values_list("pk", "unit_id", "expected_end_at"))
    limits = policies.limits_of_units(Duties, "outage", unit_ids={unit for _pk, unit, _end in near}, day=civil_day(at))
    return [
        pk for pk, unit, end in near if end is not None and end - timedelta(minutes=limits[unit].delay_notice_min) <= at
    ]


def live_with_devices() -> list[int]:
    """Live outages that stand on a device, the oldest first."""
    held = Scope.objects.filter(outage=OuterRef("pk"), kept=False)
    return list(Outage.objects.filter(Exists(held), state__in=LIVE).order_by("id").values_list("pk", flat=True))


def map_points(actor: Actor, at: datetime) -> Sequence[MapPoint]:
    """Areas of outages that the actor sees: without power, said to be, coming soon, back a moment ago. Two queries."""
    limits = policies.limits(Limits, "outages", day=civil_day(at))
    out = Q(outage__state__in=OUT, restored_at=None)
    soon = Q(outage__state=State.ANNOUNCED, outage__planned_start__lte=at + timedelta(hours=limits.known_ahead_h))
    back = Q(restored_at__gte=at - timedelta(hours=limits.restored_shown_h), restored_at__lte=at)
    rows = Affected.objects.filter(out | soon | back, area__lat__isnull=False, area__lon__isnull=False)
    rows = rows.filter(outage__in=visible_to(actor).exclude(state__in=(State.WITHDRAWN, State.MERGED)))
    found = rows.select_related("area", "outage").order_by("outage_id", "area_id")[:MOST_POINTS]
    return [_point(row) for row in found]


def _point(row: Affected) -> MapPoint:
    state = State(row.outage.state)
    layer = (
        "back" if row.restored_at else "coming" if state in COMING else "reported" if state is State.REPORTED else "out"
    )
    url = reverse("outages:detail", args=[row.outage_id])
    note = f"{row.outage.number} {row.outage.title} · {row.accounts}户"
    return MapPoint(row.area.name, row.area.lat or 0.0, row.area.lon or 0.0, layer, note, url)
