"""What bulletins do by themselves."""

from longzhong.assessment.bulletins import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="7 * * * *", lock="bulletins.draft")
def draft_bulletins() -> None:
    """Every hour: the week's draft on Monday from the policy's hour on, and those that a stopped server missed."""
    services.draft_missing(by=Actor.machine("bulletins"), at=clock.now())
