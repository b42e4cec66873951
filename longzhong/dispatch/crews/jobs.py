"""The job that makes plans: whatever was asked for since the last time, one unit after the other."""

from longzhong.dispatch.crews import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="* * * * * */15", lock="crews.plan")
def make_plans() -> None:
    """Many orders that come at once (a storm) are one planning."""
    services.replan_due(by=Actor.machine("crews.plan"), at=clock.now())
