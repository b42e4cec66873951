"""What indicators hear."""

from longzhong.assessment.indicators import services
from longzhong.cases.alerts.events import AlertMoved
from longzhong.kit.actor import Actor
from longzhong.kit.events import on


@on(AlertMoved)
def follow_alert(fact: AlertMoved) -> None:
    """The month in which the alert was raised is counted again for its unit and kind, late as of the move."""
    services.count_kind(alert_id=fact.alert_id, by=Actor.machine("indicators"), at=fact.at)
