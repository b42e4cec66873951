"""What the guard does by itself: propose those who are due for a visit."""

from longzhong.cases.disconnections import selectors, services
from longzhong.kit import clock
from longzhong.kit.jobs import job


@job(every="10 6 * * *", lock="disconnections.propose")
def propose_due() -> None:
    """Every morning: whoever is overdue for the policy's days gets a visit first."""
    now = clock.now()
    services.settle_paid(by=selectors.GUARD, at=now)
    services.propose_due(by=selectors.GUARD, at=now)
