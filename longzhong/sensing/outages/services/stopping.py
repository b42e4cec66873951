"""Stops of single accounts (营销类停电), written down by who decides them: the guard of arrears, the audit of theft."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Stop
from longzhong.sensing.outages.rules import STOPPERS, NewStop
from longzhong.sensing.outages.services.moving import in_order


@transaction.atomic
def record_stop(*, stop: NewStop, by: Actor, at: datetime) -> int:
    """Write down that an account is stopped, and return the stop's id; the one of the same source if there is one.

    It is told to nobody: the desk reads it when that customer calls.
    """
    need(by, *STOPPERS)
    held = Stop.objects.filter(source=stop.source).values_list("pk", flat=True).first()
    if held is not None:
        return held
    if not customers.visible_to(by).filter(pk=stop.account_id).exists():
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    if not stop.source:
        raise Refused("source_missing", _("营销停电要写明依据的单号；什么都没有改动。"))
    if Stop.objects.filter(account=stop.account_id, kind=stop.kind, restored_at=None).exists():
        raise Refused("stop_known", _("这一户已登记同类停电；什么都没有改动。"), account=stop.account_id)
    in_order(stop.stopped_at, at)
    row = Stop.objects.create(
        account_id=stop.account_id, kind=stop.kind, source=stop.source, stopped_at=stop.stopped_at
    )
    _step(row, "stop", {"kind": row.kind, "source": row.source, "stopped_at": row.stopped_at}, by, at)
    return row.pk


@transaction.atomic
def lift_stop(*, source: str, restored_at: datetime | None = None, by: Actor, at: datetime) -> Stop:
    """The account has power again; the stop is found by the label that it was written down for."""
    need(by, *STOPPERS)
    row = selectors.visible_stops(by).select_for_update(of=("self",)).filter(source=source).first()
    if row is None:
        raise Refused("not_found", _("没有这次营销停电，或不在您的管辖范围内。"))
    if row.restored_at is not None:
        raise Refused("already_restored", _("已经恢复送电；什么都没有改动。"), stop=row.pk)
    moment = restored_at or at
    in_order(row.stopped_at, moment, at)
    row.restored_at = moment
    row.save(update_fields=["restored_at"])
    _step(row, "lift", {"restored_at": moment}, by, at)
    return row


def _step(row: Stop, verb: str, data: dict[str, object], by: Actor, at: datetime) -> None:
    matters.add_step(matter=selectors.stop_label(row.pk), step=matters.NewStep(verb, data), by=by, at=at)
