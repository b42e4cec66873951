"""Sharing across departments (跨专业信息共享, S2-02): what a department subscribes to, and its feed of new cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins.models import FeedRead, Subscription
from longzhong.assessment.bulletins.rules import Limits
from longzhong.cases.hotline.selectors import voices
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

SUBSCRIBERS = ("dept", "quality", "leader")


@dataclass(frozen=True)
class Department:
    """A unit for which an actor reads a feed; `read_at`: up to when they have read it."""

    id: int
    name: str
    read_at: datetime | None


def departments(actor: Actor) -> list[Department]:
    """The units whose feed an actor reads: over which they are department, quality office or leader and somebody subscribed,
    and the departments and offices among them."""
    own = actor.units(*SUBSCRIBERS)
    taken = set(Subscription.objects.filter(unit__in=own, ended_at=None).values_list("unit_id", flat=True))
    kinds = org.visible_units(actor).filter(Q(pk__in=taken) | Q(pk__in=own, kind__in=("department", "office")))
    read = dict(FeedRead.objects.filter(user_id=actor.user_id or 0).values_list("unit_id", "read_at"))
    return [Department(unit.pk, str(unit), read.get(unit.pk)) for unit in kinds.order_by("code", "id")]


def subscriptions(unit_id: int) -> QuerySet[Subscription]:
    """What a department subscribes to now."""
    rows = Subscription.objects.filter(unit=unit_id, ended_at=None)
    return rows.select_related("category", "of_unit", "made_by").order_by("id")


def places(unit_id: int, day: date) -> list[Any]:
    """The units whose cases a department may subscribe to: its company and all below."""
    chain = org.chain(unit_id, day)
    company = chain[1] if len(chain) > 1 else unit_id
    return org.tree(day, only=org.descendants(company, day))


def feed(actor: Actor, unit_id: int, at: datetime) -> QuerySet[Any]:
    """New cases for a department, the newest first; refused to who doesn't work for it."""
    if unit_id not in actor.units(*SUBSCRIBERS) and not actor.system:
        raise Refused("not_found", _("没有这个部门的共享信息，或不在您的管辖范围内。"), unit=unit_id)
    day = civil_day(at)
    days = policies.limits(Limits, "bulletins", unit_id=unit_id, day=day).feed_days
    rows = list(subscriptions(unit_id))
    below = org.subtrees({row.of_unit_id for row in rows}, day)
    wanted = Q(pk__in=())
    for row in rows:
        cases = Q(unit__in=below[row.of_unit_id])
        wanted |= cases & Q(category__in=categories.below(row.category_id)) if row.category_id else cases
    units = {unit for ids in below.values() for unit in ids}
    return voices.feed(units, wanted, unit_id, at - timedelta(days=days), at)


def new_count(rows: QuerySet[Any], read_at: datetime | None) -> int:
    """How many cases nobody of this user has read yet."""
    return (rows.filter(opened_at__gt=read_at) if read_at else rows).count()
