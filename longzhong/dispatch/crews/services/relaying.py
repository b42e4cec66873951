"""Where no road leads, the village's group leader passes the news on (村小组长联动机制, S3-15)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.models import Relay
from longzhong.dispatch.workorders import selectors as orders
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused

TELLERS = ("crew", "desk", "station", "grid")
MOST = 300


@transaction.atomic
def relay(*, order_id: int, text: str, by: Actor, at: datetime) -> Relay:
    """Keep what the group leader of the order's area was asked to pass on; words of an outage, never of a person."""
    need(by, *TELLERS)
    order = orders.visible_to(by).filter(pk=order_id).first()
    if order is None:
        raise Refused("not_found", _("没有这张工单，或不在您的管辖范围内。"), order=order_id)
    road = selectors.roads([order.area_id or 0]).get(order.area_id or 0)
    if road is None or not road.relayed or order.area_id is None:
        raise Refused("no_relay", _("这个台区没有登记转告的村小组长；什么都没有记下。"), order=order_id)
    if not 0 < len(text.strip()) <= MOST:
        raise Refused("relay_text", _("请写明要转告的内容（不超过 300 字）；什么都没有记下。"))
    row = Relay(order=order, area_id=order.area_id, text=text.strip(), told_at=at, told_by_id=by.staff_id)
    Relay.objects.bulk_create([row])
    return row


@transaction.atomic
def pass_on(*, relay_id: int, by: Actor, at: datetime) -> Relay:
    """The group leader said that the village knows; saying it twice changes nothing."""
    need(by, *TELLERS)
    row = Relay.objects.select_for_update().filter(pk=relay_id, order__in=orders.visible_to(by)).first()
    if row is None:
        raise Refused("not_found", _("没有这条转告，或不在您的管辖范围内。"), relay=relay_id)
    if row.passed_on_at is None:
        row.passed_on_at = at
        row.save(update_fields=["passed_on_at"])
    return row
