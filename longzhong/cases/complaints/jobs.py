"""Jobs of complaints: erase evidence whose retention has ended."""

from longzhong.cases.complaints import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job


@job(every="50 3 * * *")
def erase_evidence() -> None:
    """Retention by grade (policy complaint.evidence_y_*)."""
    services.erase_due(by=Actor.machine("complaints.retention"), at=clock.now())
