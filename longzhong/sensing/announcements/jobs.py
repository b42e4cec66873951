"""What telling does by itself: resolve the recipients of tellings that wait."""

from longzhong.kit import clock
from longzhong.kit.jobs import job
from longzhong.sensing.announcements import selectors, services


@job(every="* * * * * */10", lock="announcements.fill")
def fill_rounds() -> None:
    """Batches that were opened on the composer's page."""
    services.fill_rounds(by=selectors.HOUSE, at=clock.now())
