"""Jobs of filings: those whose span is over wait for their audit."""

from longzhong.cases.filings import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="*/10 * * * *")
def expire_filings() -> None:
    """Ten minutes late at most; safe twice."""
    services.expire_due(by=Actor.machine("filings"), at=clock.now())
