"""Jobs of curves: the nightly scan, which also takes up days with late readings."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.sensing.curves import services

SCAN = Actor.machine("curves.scan")


@job(every="30 2 * * *", lock="curves.scan")
def nightly_scan() -> None:
    """Scan every day whose curves are new or changed."""
    services.scan_due(by=SCAN, at=clock.now())
