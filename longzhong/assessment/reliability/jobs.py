"""What reliability does by itself: count accounts, watch areas, prove prevention."""

from longzhong.assessment.reliability import selectors, services
from longzhong.kit import clock
from longzhong.kit.jobs import job


@job(every="40 5 * * *", lock="reliability.watch")
def watch() -> None:
    """Every morning, after the night's restorations were written down."""
    now = clock.now()
    services.keep_base(by=selectors.WATCH, at=now)
    services.watch_areas(by=selectors.WATCH, at=now)
    services.prove_watches(by=selectors.WATCH, at=now)
