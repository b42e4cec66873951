"""The demo county's first model of texts: trained once on what its desk chose and on made sentences, as an office would."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.texts import services as texts
from longzhong.surfaces.simulation.services.stages import Say, Stages

TEACHER = Actor.machine("simulation.teacher")


def teach_model(*, say: Say) -> bool:
    """Whether a model is in use now; one that stands already and is better stays."""
    with Stages(say).stage("文本模型"):
        try:
            texts.train(by=TEACHER, at=clock.now())
        except Refused:
            return False
    return True
