"""Raise an alert from what a scan found, once for each area and kind, and have the work done."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import (
    LIVE,
    Behind,
    Quiet,
    RaiseLimits,
    Ranking,
    Sighting,
    State,
    rank,
    reason_not_to_raise,
)
from longzhong.cases.alerts.services.moving import label, move, step
from longzhong.dispatch.workorders import services as workorders
from longzhong.dispatch.workorders.rules import PERSISTENT
from longzhong.kit.actor import Actor
from longzhong.kit.clock import day_start
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves import selectors as curves
from longzhong.sensing.curves.rules import Kind
from longzhong.sensing.outages import selectors as outages

SLOT_MIN = 15
SEEN = [
    "last_on",
    "meters",
    "worst",
    "beyond_pct",
    "slots",
    "days_abnormal",
    "days_window",
    "duration_class",
    "base_load_kw",
]
RANKED = ["level", "points", "reasons"]


@transaction.atomic
def raise_alert(*, sighting: Sighting, by: Actor, at: datetime) -> int | None:
    """Keep what was sensed: renew the live alert of this area and kind, or raise one and open its order.

    Returns the alert's id; None when the policies say that it is too early or quiet. The area's row is locked, so two scans
    (or a repeated fact) can't raise twice.
    """
    network.lock_area(sighting.area_id)
    alert = _live(sighting)
    if alert is not None:
        return _renew(alert, sighting, by=by, at=at)
    limits = policies.limits(RaiseLimits, "alerts", unit_id=sighting.unit_id, day=sighting.day)
    known = _is_known_outage(sighting)
    if _closed_later(sighting) or reason_not_to_raise(sighting, limits, _quiet(sighting), known_outage=known):
        return None
    alert = _new(sighting, at)
    step(
        alert=alert,
        verb="raise",
        by=by,
        at=at,
        data={"kind": sighting.kind, "day": sighting.day.isoformat(), "level": alert.level},
    )
    alert.order_id = workorders.open_order(
        kind="meter_fault" if sighting.quality else "area_fault",
        cause=label(alert.pk),
        place=workorders.Place(unit_id=alert.unit_id, grid_id=alert.grid_id, area_id=alert.area_id),
        priority=alert.level,
        fault=sighting.kind,
        limits=PERSISTENT if sighting.duration_class == "long_term" and not sighting.quality else None,
        by=by,
        at=at,
    )
    move(alert=alert, verb="dispatch", by=by, at=at, data={"order": alert.order_id})
    return alert.pk


def _is_known_outage(sighting: Sighting) -> bool:
    """停运 that a registered outage of the day explains needs no second order."""
    if sighting.kind != Kind.DEAD or sighting.quality:
        return False
    return outages.explains_dark(sighting.area_id, sighting.day, sighting.slots * SLOT_MIN)


def _live(sighting: Sighting) -> Alert | None:
    rows = Alert.objects.select_for_update().filter(
        area_id=sighting.area_id, kind=sighting.kind, meter=sighting.meter, state__in=LIVE
    )
    return rows.order_by("id").first()


def _renew(alert: Alert, sighting: Sighting, *, by: Actor, at: datetime) -> int:
    """A live alert learns what a later day shows; an older day or the same one again changes nothing."""
    if sighting.day <= alert.last_on or alert.state in (State.VERIFYING, State.UNPROVEN):
        return alert.pk
    _see(alert, sighting)
    before, ranking = alert.level, _rank(sighting)
    alert.level, alert.points, alert.reasons = ranking.level, ranking.points, list(ranking.reasons)
    alert.save(update_fields=[*SEEN, *RANKED])
    if ranking.level < before:
        step(alert=alert, verb="worsen", by=by, at=at, data={"day": sighting.day.isoformat(), "level": alert.level})
        if alert.order_id:
            workorders.change_priority(order_id=alert.order_id, priority=alert.level, by=by, at=at)
    return alert.pk


def _new(sighting: Sighting, at: datetime) -> Alert:
    ranking = _rank(sighting)
    alert = Alert(
        area_id=sighting.area_id, unit_id=sighting.unit_id, grid_id=sighting.grid_id, kind=sighting.kind,
        quality=sighting.quality, meter=sighting.meter, raised_at=at, first_on=sighting.day,
        level=ranking.level, points=ranking.points, reasons=list(ranking.reasons),
    )  # fmt: skip
    _see(alert, sighting)
    return _inserted(alert)


def _inserted(alert: Alert) -> Alert:
    Alert.objects.bulk_create([alert])
    return alert


def _see(alert: Alert, sighting: Sighting) -> None:
    alert.last_on = sighting.day
    alert.meters, alert.worst, alert.beyond_pct = sighting.meters, sighting.worst, sighting.beyond_pct
    alert.slots, alert.duration_class = sighting.slots, sighting.duration_class
    alert.days_abnormal, alert.days_window = sighting.days_abnormal, sighting.days_window
    alert.base_load_kw = _larger([alert.base_load_kw, _load_of(sighting)])


def _load_of(sighting: Sighting) -> float | None:
    """The load that caused the finding; a meter's own fault has none."""
    if sighting.quality:
        return None
    verdict = curves.day_verdicts(sighting.day, [(sighting.area_id, sighting.kind)]).get(
        (sighting.area_id, sighting.kind)
    )
    return verdict.load_kw if verdict else None


def _larger(loads: Iterable[float | None]) -> float | None:
    return max((load for load in loads if load is not None), default=None)


def _rank(sighting: Sighting) -> Ranking:
    behind = customers.priority_of_areas([sighting.area_id], sighting.day).get(sighting.area_id)
    return rank(
        beyond_pct=sighting.beyond_pct,
        days_abnormal=sighting.days_abnormal,
        meters=sighting.meters,
        behind=Behind(behind.important, behind.sensitive, behind.special) if behind else Behind(),
    )


def _closed_later(sighting: Sighting) -> bool:
    """Whether this day was already dealt with: a repeated or late fact of a day before the repair raises nothing anew."""
    return Alert.objects.filter(
        area_id=sighting.area_id, kind=sighting.kind, meter=sighting.meter,
        state=State.VERIFIED, closed_at__gte=_end_of(sighting),
    ).exists()  # fmt: skip


def _end_of(sighting: Sighting) -> datetime:
    return day_start(sighting.day + timedelta(days=1))


def _quiet(sighting: Sighting) -> Quiet | None:
    last = Alert.objects.filter(
        area_id=sighting.area_id, kind=sighting.kind, meter=sighting.meter, quiet_until_on__isnull=False
    )
    row = last.order_by("-id").first()
    return Quiet(row.quiet_until_on, row.beyond_pct) if row and row.quiet_until_on else None
