"""Remember that a case was sent back: the hotline keeps how often, the bulletin must know in which week."""

from datetime import datetime

from longzhong.assessment.bulletins.models import Turn
from longzhong.kit.actor import Actor

TURNS = ("send_back", "refuse", "dissatisfied")


def note_turn(
    *,
    case_id: int,
    unit_id: int,
    verb: str,
    by: Actor,  # noqa: ARG001  every service says who
    at: datetime,
) -> None:
    """Keep one return; the same fact twice is kept once."""
    Turn.objects.bulk_create([Turn(case_id=case_id, unit_id=unit_id, verb=verb, at=at)], ignore_conflicts=True)
