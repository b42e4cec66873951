"""What customers do by themselves."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.register.customers import services


@job(every="10 * * * *", lock="customers.settle")
def settle_units() -> None:
    """Every hour, after the network has settled its areas: accounts follow the station of their area."""
    services.settle_units(by=Actor.machine("customers.settle"), at=clock.now())
