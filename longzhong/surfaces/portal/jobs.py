"""Jobs of the portal: the list of public places, and the broom for counted questions."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.surfaces.portal import services


@job(every="25 * * * *", lock="portal.places")
def keep_places() -> None:
    """Estates and villages of new accounts may be asked about within the hour."""
    services.keep_places(by=Actor.machine("portal.places"), at=clock.now())


@job(every="35 * * * *")
def sweep_asks() -> None:
    """Nothing about who asked stays longer than a day."""
    services.sweep_asks(by=Actor.machine("portal.broom"), at=clock.now())
