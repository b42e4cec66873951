"""Jobs of analyses: empty the reports whose complaint's evidence was erased."""

from longzhong.cases.analyses import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="10 4 * * *")
def erase_reports() -> None:
    """After the complaints' own retention."""
    services.erase_due(by=Actor.machine("analyses.retention"), at=clock.now())
