"""Matters of service (诉求办理): speak with the customer, report up what isn't one's own to decide, and answer such a report."""

from datetime import datetime

from django.db import transaction

from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import check_reason, check_way
from longzhong.dispatch.workorders.services.moving import begin, complete
from longzhong.kit.actor import Actor


@transaction.atomic
def contact(*, order_id: int, way: str = "phone", note: str = "", by: Actor, at: datetime) -> WorkOrder:
    """The handler spoke with the customer, or says why nobody could be spoken to."""
    order, row = begin(order_id=order_id, verb="contact", by=by)
    check_way(way, note)
    return complete(order=order, row=row, said=Said({"way": way}, {"note": note.strip()}), by=by, at=at)


@transaction.atomic
def report_up(*, order_id: int, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """The handler can neither serve nor explain (上报, S0-10): the station or a department owes an answer from now on."""
    order, row = begin(order_id=order_id, verb="report_up", by=by)
    words, order.triage = {"reason": check_reason(reason)}, "report_up"
    return complete(order=order, row=row, said=Said({}, words), fields=("triage",), by=by, at=at)


@transaction.atomic
def answer_up(*, order_id: int, answer: str, by: Actor, at: datetime) -> WorkOrder:
    """The answer to a report (记录-反馈-答复, S1-24), by somebody else; the handler takes it to the customer."""
    order, row = begin(order_id=order_id, verb="answer_up", by=by)
    return complete(order=order, row=row, said=Said({}, {"text": check_reason(answer)}), by=by, at=at)
