"""Prove repairs by the following days' curves (数据验证), and send work back with the evidence."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from longzhong.cases.alerts.models import Alert, ProofDay
from longzhong.cases.alerts.rules import Conclusion, DayProof, Measured, ProofLimits, State, conclude, proof_of_day
from longzhong.cases.alerts.services.moving import move
from longzhong.dispatch.workorders import services as workorders
from longzhong.kit.actor import Actor
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves import selectors as curves
from longzhong.sensing.curves.selectors import DayVerdict


def prove_day(*, day: date, by: Actor, at: datetime) -> int:
    """Take a scanned day as evidence for every alert whose work was finished before it. Returns how many alerts moved.

    A day that is scanned again (late readings) replaces its evidence while the alert is open.
    """
    waiting = Alert.objects.filter(state=State.VERIFYING, handled_on__lt=day)
    alerts = list(waiting.order_by("id").only("id", "area_id", "kind", "meter", "quality"))
    verdicts = _verdicts(day, alerts)
    return sum(_prove(alert.pk, day, verdicts.get(alert.pk), by=by, at=at) for alert in alerts)


def _verdicts(day: date, alerts: Sequence[Alert]) -> dict[int, DayVerdict]:
    """What the day says of each alert: of its area, or of its meter where a meter is at fault."""
    of_areas = curves.day_verdicts(day, {(alert.area_id, alert.kind) for alert in alerts if not alert.meter})
    of_meters = curves.meter_verdicts(day, {(alert.meter, alert.kind) for alert in alerts if alert.meter})
    said = {
        alert.pk: of_meters.get((alert.meter, alert.kind)) if alert.meter else of_areas.get((alert.area_id, alert.kind))
        for alert in alerts
    }
    return {alert_id: verdict for alert_id, verdict in said.items() if verdict}


@transaction.atomic
def _prove(alert_id: int, day: date, verdict: DayVerdict | None, *, by: Actor, at: datetime) -> bool:
    alert = Alert.objects.select_for_update().get(pk=alert_id)
    if alert.state != State.VERIFYING or alert.handled_on is None or alert.handled_on >= day:
        return False
    limits = policies.limits(ProofLimits, "alerts", unit_id=alert.unit_id, day=alert.handled_on)
    _keep(alert, day, verdict, limits, at)
    days = list(alert.proof_days.filter(round=alert.times_sent_back).order_by("day"))
    return _act_on(alert, days, conclude([DayProof(row.proof) for row in days], limits), by=by, at=at)


def _keep(alert: Alert, day: date, verdict: DayVerdict | None, limits: ProofLimits, at: datetime) -> None:
    measured = Measured(day, verdict.verdict if verdict else "undetermined", verdict.load_kw if verdict else None)
    ProofDay.objects.update_or_create(
        alert=alert,
        round=alert.times_sent_back,
        day=day,
        defaults={
            "proof": proof_of_day(measured, alert.base_load_kw, limits),
            "load_kw": measured.load_kw,
            "meters_abnormal": verdict.meters_abnormal if verdict else 0,
            "at": at,
        },
    )


def _act_on(alert: Alert, days: Sequence[ProofDay], conclusion: Conclusion, *, by: Actor, at: datetime) -> bool:
    order_id = alert.order_id
    if conclusion is Conclusion.WAIT or order_id is None:
        return False
    evidence = {
        "days": [row.day.isoformat() for row in days],
        "proofs": [row.proof for row in days],
        "round": alert.times_sent_back,
    }
    if conclusion is Conclusion.VERIFIED:
        workorders.verify(order_id=order_id, evidence=evidence, by=by, at=at)
        move(alert=alert, verb="verify", by=by, at=at, data=evidence)
    elif conclusion is Conclusion.FAILED:
        alert.times_sent_back += 1
        workorders.send_back(order_id=order_id, evidence=evidence, by=by, at=at)
        move(alert=alert, verb="send_back", by=by, at=at, data=evidence)
    else:
        workorders.hold_unproven(order_id=order_id, evidence=evidence, by=by, at=at)
        move(alert=alert, verb="hold_unproven", by=by, at=at, data=evidence)
    return True
