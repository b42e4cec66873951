"""What the pool does by itself: ask about ends that are near, trace live outages anew."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.sensing.outages import selectors, services

WATCH = Actor.machine("outages.watch")


@job(every="* * * * *", lock="outages.ends")
def ask_ends() -> None:
    """Shortly before a promised end: does it hold? A delay must be announced in time."""
    now = clock.now()
    for outage_id in selectors.ends_to_ask(now):
        services.ask_end(outage_id=outage_id, by=WATCH, at=now)


@job(every="20 * * * *", lock="outages.impact")
def recheck_impacts() -> None:
    """The network tells no facts: every hour live outages are traced anew, and differences told."""
    now = clock.now()
    for outage_id in selectors.live_with_devices():
        services.recheck_impact(outage_id=outage_id, by=WATCH, at=now)
