"""Jobs of work orders."""

from longzhong.dispatch.workorders import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="30 0 * * *")
def hand_over_leavers() -> None:
    """Orders of people who left their cells go to those who manage them now."""
    services.hand_over_leavers(by=Actor.machine("workorders.leavers"), at=clock.now())
