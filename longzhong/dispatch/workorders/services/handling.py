"""On site: accept, arrive, finish."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.services import Upload
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    Kind,
    Outcome,
    Position,
    State,
    check_outcome,
    check_position,
    distance_m,
)
from longzhong.dispatch.workorders.services.moving import Said, begin, complete
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


@transaction.atomic
def accept(*, order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """The owner says: I have it."""
    order, row = begin(order_id=order_id, verb="accept", by=by)
    return complete(order=order, row=row, said=Said(), by=by, at=at)


@transaction.atomic
def arrive(
    *, order_id: int, position: Position, claimed_at: datetime | None = None, by: Actor, at: datetime
) -> WorkOrder:
    """The owner is on site, at a position or with a reason for none; `claimed_at` is the phone's own time if it sent late."""
    order, row = begin(order_id=order_id, verb="arrive", by=by)
    check_position(position)
    area = order.area
    away = distance_m(position, area.lat, area.lon) if area else None
    words = {"lat": position.lat, "lon": position.lon, "accuracy_m": position.accuracy_m, "reason": position.reason}
    data = {"position": position.known, **_late(claimed_at), **({} if away is None else {"distance_m": away})}
    return complete(order=order, row=row, said=Said(data, words), by=by, at=at)


@transaction.atomic
def finish(
    *,
    order_id: int,
    outcome: Outcome,
    photos: Sequence[Upload],
    claimed_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """The work is done: cause found, what was done, photos. A project is finished when its last milestone is reached."""
    order, row = begin(order_id=order_id, verb="finish", by=by)
    check_outcome(Kind(order.kind), outcome, len(photos))
    if order.state == State.PROJECT and order.milestones.filter(done_at=None).exists():
        raise Refused("milestones_open", _("还有里程碑没有完成，工程不能完工；什么都没有改动。"), order=order_id)
    order.cause_found, order.finished_at = outcome.cause_found, at
    data = {
        "cause_found": outcome.cause_found,
        "measured": outcome.measured,
        "photos": len(photos),
        **_late(claimed_at),
    }
    said = Said(data, {"text": outcome.work_done, "no_photo": outcome.no_photo_reason}, photos)
    return complete(order=order, row=row, said=said, fields=("cause_found", "finished_at"), by=by, at=at)


def _late(claimed_at: datetime | None) -> dict[str, datetime]:
    """What a phone without signal says about the moment of the deed; clocks go by the moment of arrival here."""
    return {} if claimed_at is None else {"claimed_at": claimed_at}
