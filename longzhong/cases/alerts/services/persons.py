"""What a person may do with an alert: dismiss it, by name and with a reason."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.alerts.rules import PERSONS, RaiseLimits
from longzhong.cases.alerts.selectors import visible_to
from longzhong.cases.alerts.services.moving import move
from longzhong.dispatch.workorders import services as workorders
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies


@transaction.atomic
def dismiss(*, alert_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Take an alert back (e.g. a planned test): its order is cancelled, and the area is quiet for the policy's days."""
    need(by, *PERSONS)
    alert = visible_to(by).select_for_update(of=("self",)).filter(pk=alert_id).first()
    if alert is None:
        raise Refused("not_found", _("没有这条预警，或不在您的管辖范围内。"), alert=alert_id)
    if not reason.strip():
        raise Refused("dismissal_needs_reason", _("撤销预警要写明理由；预警没有改动。"))
    limits = policies.limits(RaiseLimits, "alerts", unit_id=alert.unit_id, day=civil_day(at))
    alert.quiet_until_on = civil_day(at) + timedelta(days=limits.quiet_days)
    move(alert=alert, verb="dismiss", by=by, at=at, text=reason)
    if alert.order_id:
        workorders.cancel(order_id=alert.order_id, reason=reason, by=by, at=at)
