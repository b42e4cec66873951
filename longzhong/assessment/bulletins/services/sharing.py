"""Departments subscribe to what customers tell, and remember up to when they have read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.models import FeedRead, Subscription
from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org

SUBSCRIBERS = ("dept", "quality", "leader")


@transaction.atomic
def subscribe(*, unit_id: int, category_id: int | None, of_unit_id: int, by: Actor, at: datetime) -> int:
    """A department reads new cases of a category (None: all) of a unit of its own company; returns the subscription's id."""
    _works_for(unit_id, by)
    if category_id is not None and not categories.by_ids([category_id]):
        raise Refused("category_unknown", _("没有这个业务分类；什么都没有改动。"), category=category_id)
    if of_unit_id not in {node.id for node in selectors.places(unit_id, org.tree(civil_day(at)))}:
        raise Refused("subscription_too_wide", _("只能订阅本公司所属单位的诉求；什么都没有改动。"), unit=of_unit_id)
    live = Subscription.objects.filter(unit=unit_id, category=category_id, of_unit=of_unit_id, ended_at=None)
    if live.exists():
        raise Refused("subscription_known", _("已经订阅过了；什么都没有改动。"))
    row = Subscription.objects.create(
        unit_id=unit_id, category_id=category_id, of_unit_id=of_unit_id, made_by_id=by.staff_id, made_at=at
    )
    journal.record(by, "bulletins.subscribe", f"org.unit:{unit_id}", at=at, category=category_id, of_unit=of_unit_id)
    return row.pk


@transaction.atomic
def unsubscribe(*, subscription_id: int, by: Actor, at: datetime) -> None:
    """End a subscription; it stays on record."""
    row = Subscription.objects.select_for_update().filter(pk=subscription_id, ended_at=None).first()
    if row is None:
        raise Refused("not_found", _("没有这条订阅，或已取消。"), subscription=subscription_id)
    _works_for(row.unit_id, by)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    journal.record(by, "bulletins.unsubscribe", f"org.unit:{row.unit_id}", at=at, subscription=row.pk)


@transaction.atomic
def mark_read(*, unit_id: int, by: Actor, at: datetime) -> None:
    """Everything of a department's feed up to now has been read by this user."""
    _works_for(unit_id, by)
    FeedRead.objects.update_or_create(user_id=by.user_id or 0, unit_id=unit_id, defaults={"read_at": at})


def _works_for(unit_id: int, by: Actor) -> None:
    if not by.system and unit_id not in by.units(*SUBSCRIBERS):
        raise Refused("not_allowed", _("由本部门人员办理；什么都没有改动。"), roles=list(SUBSCRIBERS))
