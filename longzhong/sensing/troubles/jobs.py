"""Jobs of troubles."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.sensing.troubles import services


@job(every="*/10 * * * *")
def close_old() -> None:
    """Troubles that nobody has called about for hours are over."""
    services.close_old(by=Actor.machine("troubles.closing"), at=clock.now())
