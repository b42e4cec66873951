"""What closures do by themselves: follow the marketing system, pass on what leavers leave, remind where policy says so."""

from longzhong.cases.closures import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job

CLOSURES = Actor.machine("closures")


@job(every="20 5 * * *", lock="closures.follow")
def follow_accounts() -> None:
    """Every night after the customers' file: accounts that were closed elsewhere are closed here."""
    services.follow_accounts(by=CLOSURES, at=clock.now())


@job(every="25 6 * * *", lock="closures.leavers")
def hand_over_leavers() -> None:
    services.hand_over_leavers(by=CLOSURES, at=clock.now())


@job(every="35 9 * * *", lock="closures.remind")
def remind_due() -> None:
    """In the morning, outside the quiet hours."""
    services.remind_due(by=CLOSURES, at=clock.now())
