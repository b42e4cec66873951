"""Jobs of appeals: erase what belongs to complaints whose retention has ended."""

from longzhong.cases.appeals import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="55 3 * * *")
def erase_appeals() -> None:
    services.erase_due(by=Actor.machine("appeals.retention"), at=clock.now())
