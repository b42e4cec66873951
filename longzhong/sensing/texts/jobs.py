"""Jobs of texts: a new model a week, from what people chose and corrected meanwhile."""

import structlog

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.jobs import job
from longzhong.sensing.texts import services

log = structlog.get_logger(__name__)


@job(every="30 3 * * 0", lock="texts.train")
def weekly_training() -> None:
    """Train on Sunday night; a refusal (too few lessons, a worse model) leaves the one in use and is logged."""
    try:
        services.train(by=Actor.machine("texts.train"), at=clock.now())
    except Refused as refusal:
        log.info("text_model_not_installed", code=refusal.code)
