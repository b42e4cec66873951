"""The work: accept, arrive, say what is broken and until when, finish."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.services import Said, Upload
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    Diagnosis,
    Kind,
    Outcome,
    Position,
    State,
    check_diagnosis,
    check_outcome,
    check_position,
    check_restored,
    distance_m,
)
from longzhong.dispatch.workorders.services.moving import begin, complete
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

FOUND = ("cause_found", "finished_at", "restored_at", "triage")


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
def diagnose(
    *, order_id: int, diagnosis: Diagnosis, claimed_at: datetime | None = None, by: Actor, at: datetime
) -> WorkOrder:
    """What is broken, whose it is, and until when (研判, S4-24); said again it refreshes what was said before."""
    order, row = begin(order_id=order_id, verb="diagnose", by=by)
    check_diagnosis(diagnosis, claimed_at or at)
    order.expected_at, order.side, order.service = diagnosis.expected_at, diagnosis.side, diagnosis.service
    order.fault_place = diagnosis.fault_place.strip()[:120]
    data = {"expected_at": diagnosis.expected_at, "side": diagnosis.side, **_late(claimed_at)}
    said = Said(data | ({"service": order.service} if order.service else {}), {"fault_place": order.fault_place})
    return complete(
        order=order, row=row, said=said, fields=("expected_at", "side", "service", "fault_place"), by=by, at=at
    )


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
    """The work is done: cause found, what was done, photos; a repair says when the power came back, a service what was replied.

    A project is finished when its last milestone is reached; what was reported up ends with the way `report_up` only when it was.
    """
    order, row = begin(order_id=order_id, verb="finish", by=by)
    check_outcome(Kind(order.kind), row.needs, outcome, len(photos))
    if order.state == State.PROJECT and order.milestones.filter(done_at=None).exists():
        raise Refused("milestones_open", _("还有里程碑没有完成，工程不能完工；什么都没有改动。"), order=order_id)
    if outcome.triage == "report_up" != order.triage:
        raise Refused("not_reported_up", _("这张工单还没有上报过；请先上报并等答复。什么都没有改动。"), order=order_id)
    order.cause_found, order.finished_at, order.triage = outcome.cause_found, at, outcome.triage
    data = {"photos": len(photos), **_found(order, row.needs, outcome, claimed_at, at), **_late(claimed_at)}
    said = Said(data, {"text": outcome.reply or outcome.work_done, "no_photo": outcome.no_photo_reason}, photos)
    return complete(order=order, row=row, said=said, fields=FOUND, by=by, at=at)


def _found(
    order: WorkOrder, needs: Collection[str], outcome: Outcome, claimed_at: datetime | None, at: datetime
) -> dict[str, Any]:
    """The codes that this kind of order keeps of its end; a repair's moment of restoration is noted on the order."""
    if "restored_at" in needs:
        order.restored_at = outcome.restored_at or min(claimed_at or at, at)
        check_restored(order.restored_at, order.opened_at, at)
    known = {
        "cause_found": outcome.cause_found,
        "measured": outcome.measured,
        "restored_at": order.restored_at,
        "triage": outcome.triage,
    }
    return {name: value for name, value in known.items() if name in needs}


def _late(claimed_at: datetime | None) -> dict[str, datetime]:
    """What a phone without signal says about the moment of the deed; clocks go by the moment of arrival here."""
    return {} if claimed_at is None else {"claimed_at": claimed_at}
