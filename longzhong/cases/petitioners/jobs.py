"""Jobs of petitioners: erase who closed files were about, when their time has come."""

from longzhong.cases.petitioners import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="40 3 * * *")
def erase_closed_files() -> None:
    """Retention of identities, by policy."""
    services.erase_due(by=Actor.machine("petitioners.retention"), at=clock.now())
