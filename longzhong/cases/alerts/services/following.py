"""An alert follows its order: when the work is reported finished, the curves are asked.

Facts arrive late, twice and in any order, so what counts is where the order stands now, not what the fact says of it.
"""

from datetime import datetime

from django.db import transaction

from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import State
from longzhong.cases.alerts.services.moving import move
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import State as OrderState
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day

FOLLOWED = {
    (OrderState.FINISHED, State.DISPATCHED): "await_proof",
    (OrderState.VERIFIED, State.UNPROVEN): "verify",
    (OrderState.RETURNED, State.UNPROVEN): "send_back",
    (OrderState.PROJECT, State.UNPROVEN): "send_back",
    (OrderState.CANCELLED, State.DISPATCHED): "dismiss",
}


@transaction.atomic
def follow_order(*, order_id: int, by: Actor, at: datetime) -> bool:
    """Let the alert behind an order take the step that the order's present state means; False when it means none."""
    alert = Alert.objects.select_for_update().filter(order_id=order_id).first()
    if alert is None:
        return False
    order = workorders.standing(order_id)
    verb = FOLLOWED.get((OrderState(order.state), State(alert.state)))
    if verb is None:
        return False
    if verb == "await_proof" and order.finished_at:
        alert.handled_on = civil_day(order.finished_at)
    if verb == "send_back":
        alert.times_sent_back += 1
    move(alert=alert, verb=verb, by=by, at=at, data={"order": order_id})
    return True
