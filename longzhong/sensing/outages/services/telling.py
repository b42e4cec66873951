"""What an outage hears of the notices that were sent because of it: a line in its timeline, once a step of a notice."""

from datetime import datetime

from django.db import transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import NOTICED
from longzhong.sensing.outages.services.moving import note


@transaction.atomic
def note_notice(*, cause: str, notice_id: int, verb: str, sent: int, by: Actor, at: datetime) -> bool:
    """Write that a notice was queued, finished or cancelled; False for other causes, other steps, and what is known already."""
    outage_id = selectors.outage_id_of(cause)
    if outage_id is None or verb not in NOTICED:
        return False
    outage = Outage.objects.select_for_update().filter(pk=outage_id).first()
    if outage is None or _known(cause, notice_id, NOTICED[verb]):
        return False
    note(outage=outage, verb=NOTICED[verb], said=Said({"notice": notice_id, "sent": sent}), by=by, at=at)
    return True


def _known(cause: str, notice_id: int, verb: str) -> bool:
    """Whether this step of this notice stands in the timeline: the fact was heard before."""
    return any(step.verb == verb and step.data.get("notice") == notice_id for step in matters.steps(cause))
