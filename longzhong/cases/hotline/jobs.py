"""Jobs of the hotline: whoever doesn't answer is passed over, promises are watched, nobody's case stays with a leaver."""

from longzhong.cases.hotline import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job

HOUSE = Actor.machine("hotline")


@job(every="* * * * *")
def time_out_tries() -> None:
    """Ask the next of the contact chain where somebody didn't answer in time."""
    services.time_out_tries(by=HOUSE, at=clock.now())


@job(every="* * * * *")
def watch_promises() -> None:
    """Mark promises whose time has passed."""
    services.watch_promises(by=HOUSE, at=clock.now())


@job(every="35 0 * * *")
def hand_over_leavers() -> None:
    """Cases of people who left go to those who answer for the cell or the station now."""
    services.hand_over_leavers(by=HOUSE, at=clock.now())
