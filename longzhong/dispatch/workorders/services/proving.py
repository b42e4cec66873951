"""Whether the work helped: by the measurements of the following days, or by a person who answers for the decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import check_reason
from longzhong.dispatch.workorders.services.moving import begin, complete
from longzhong.kit.actor import Actor


@transaction.atomic
def verify(*, order_id: int, evidence: Mapping[str, Any], by: Actor, at: datetime) -> WorkOrder:
    """The work is proved: by curves (`evidence` are day verdicts) or the customer's word (`{"call_back": id}`), as plain values."""
    order, row = begin(order_id=order_id, verb="verify", by=by)
    return complete(order=order, row=row, said=Said({"evidence": evidence}), by=by, at=at)


@transaction.atomic
def send_back(*, order_id: int, evidence: Mapping[str, Any], reason: str = "", by: Actor, at: datetime) -> WorkOrder:
    """The curves show the fault again, or the customer isn't content: back to the owner, and a clock for the second attempt.

    `reason` are the customer's words, without personal data.
    """
    order, row = begin(order_id=order_id, verb="send_back", by=by)
    order.times_returned += 1
    said = Said({"evidence": evidence}, {"reason": reason})
    return complete(order=order, row=row, said=said, fields=("times_returned",), by=by, at=at)


@transaction.atomic
def hold_unproven(*, order_id: int, evidence: Mapping[str, Any], by: Actor, at: datetime) -> WorkOrder:
    """The curves can't tell (load too small, gaps): a person is to decide."""
    order, row = begin(order_id=order_id, verb="hold_unproven", by=by)
    return complete(order=order, row=row, said=Said({"evidence": evidence}), by=by, at=at)


@transaction.atomic
def decide(*, order_id: int, works: bool, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """A person decides what the curves couldn't, with a reason, and not about their own work."""
    order, row = begin(order_id=order_id, verb="decide_verified" if works else "decide_return", by=by)
    said = Said({"works": works}, {"reason": check_reason(reason)})
    order.times_returned += not works
    return complete(order=order, row=row, said=said, fields=("times_returned",), by=by, at=at)


@transaction.atomic
def cancel(*, order_id: int, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """There is nothing to do after all (a planned test, a wrong alert): the order ends and its clocks stop."""
    order, row = begin(order_id=order_id, verb="cancel", by=by)
    return complete(order=order, row=row, said=Said({}, {"reason": check_reason(reason)}), by=by, at=at)
