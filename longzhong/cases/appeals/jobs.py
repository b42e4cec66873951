"""Jobs of appeals: drafts whose window is over; what belongs to complaints whose retention has ended."""

from longzhong.cases.appeals import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="5 0 * * *")
def lapse_drafts() -> None:
    """Windows end with their day."""
    services.lapse_late(by=Actor.machine("appeals.windows"), at=clock.now())


@job(every="55 3 * * *")
def erase_appeals() -> None:
    services.erase_due(by=Actor.machine("appeals.retention"), at=clock.now())
