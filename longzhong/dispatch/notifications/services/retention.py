"""Forget what isn't needed any more (PIPL 19, 47): addresses and own values go when the template's days are over; counts stay."""

from datetime import datetime, timedelta

from django.db import transaction

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Covered, Message, Notice
from longzhong.dispatch.notifications.rules import CLOSED
from longzhong.kit.actor import Actor

PAGE = 20_000
MOST_NOTICES = 200


def erase_old(*, by: Actor, at: datetime) -> int:
    """Erase the addresses and own values of closed notices whose days are over; returns how many notices."""
    rows = Notice.objects.filter(state__in=CLOSED, erased_at=None, closed_at__lte=at).select_related("template")
    over = [
        row.pk
        for row in rows.order_by("closed_at", "id")[: MOST_NOTICES * 50]
        if row.closed_at and row.closed_at + timedelta(days=row.template.retention_days) <= at
    ]
    for notice_id in over[:MOST_NOTICES]:
        while _erase_page(notice_id):
            pass
        _erased(notice_id, by, at)
    return len(over[:MOST_NOTICES])


@transaction.atomic
def _erase_page(notice_id: int) -> int:
    rows = Message.objects.filter(notice=notice_id).exclude(address_sealed="", address_index="", params_sealed="")
    ids = list(rows.order_by("id").values_list("pk", flat=True)[:PAGE])
    Covered.objects.filter(message__in=ids).exclude(params_sealed="").update(params_sealed="")
    return Message.objects.filter(pk__in=ids).update(address_sealed="", address_index="", params_sealed="")


@transaction.atomic
def _erased(notice_id: int, by: Actor, at: datetime) -> None:
    Notice.objects.filter(pk=notice_id).update(erased_at=at)
    matters.add_step(matter=selectors.label(notice_id), step=matters.NewStep("erase", {}), by=by, at=at)
