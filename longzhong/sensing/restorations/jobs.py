"""Jobs of restorations: a new model a week, from what came out meanwhile."""

import structlog

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.jobs import job
from longzhong.sensing.restorations import services

log = structlog.get_logger(__name__)


@job(every="10 4 * * 0", lock="restorations.train")
def weekly_training() -> None:
    """Train on Sunday night; a refusal (too few outages, a worse model) leaves the one in use and is logged."""
    try:
        services.train(by=Actor.machine("restorations.train"), at=clock.now())
    except Refused as refusal:
        log.info("restoration_model_not_installed", code=refusal.code)
