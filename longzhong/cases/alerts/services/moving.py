"""One step of an alert: the row of the table, the change, the line in its timeline, the fact."""

from collections.abc import Mapping
from datetime import datetime

from longzhong.cases.alerts.events import AlertMoved
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import CLOSED, MACHINE
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.outbox import tell

Data = Mapping[str, object]


def label(alert_id: int) -> str:
    """An alert's name in other tables (cause of an order, key of a timeline)."""
    return f"alerts.alert:{alert_id}"


def move(*, alert: Alert, verb: str, by: Actor, at: datetime, data: Data | None = None, text: str = "") -> None:
    """Take one step with a locked alert; the caller has set the other fields and saves nothing itself."""
    alert.state = MACHINE.move(verb, alert.state).target
    if alert.state in CLOSED:
        alert.closed_at = at
    alert.save(update_fields=["state", "closed_at", "handled_on", "order_id", "times_sent_back", "quiet_until_on"])
    step(alert=alert, verb=verb, by=by, at=at, data=data, text=text)


def step(*, alert: Alert, verb: str, by: Actor, at: datetime, data: Data | None = None, text: str = "") -> None:
    """Write the timeline and tell; for a verb that is not a row of the table (raise) too."""
    words = {"text": text} if text else {}
    matters.add_step(matter=label(alert.pk), step=matters.NewStep(verb, data or {}, words), by=by, at=at)
    tell(
        AlertMoved(
            alert_id=alert.pk,
            area_id=alert.area_id,
            unit_id=alert.unit_id,
            kind=alert.kind,
            raised_on=civil_day(alert.raised_at),
            verb=verb,
            state=alert.state,
            at=at,
        )
    )
