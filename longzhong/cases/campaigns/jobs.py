"""Campaigns end by themselves when their last day is over."""

from longzhong.cases.campaigns import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job

HOUSE = Actor.machine("campaigns")


@job(every="10 0 * * *")
def end_due() -> None:
    services.end_due(by=HOUSE, at=clock.now())
