"""What indicators do by themselves."""

from longzhong.assessment.indicators import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="20 * * * *", lock="indicators.count_recent")
def count_recent() -> None:
    """Every hour (a county's own time may leap): deadlines pass without any alert moving."""
    services.count_recent(by=Actor.machine("indicators"), at=clock.now())
