"""What the network does by itself."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.register.network import services


@job(every="5 * * * *", lock="network.settle")
def settle_areas() -> None:
    """Every hour (a county's own time may leap): planned moves of areas and cells whose day has come."""
    services.settle_areas(by=Actor.machine("network.settle"), at=clock.now())
