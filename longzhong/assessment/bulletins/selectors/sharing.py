"""Sharing across departments (跨专业信息共享, S2-02): what a department subscribes to, and its feed of new cases."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins.models import FeedRead, Subscription
from longzhong.assessment.bulletins.rules import Limits
from longzhong.cases.hotline.selectors import voices
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.org.rules.tree import ids_of
from longzhong.register.org.selectors import UnitNode
from longzhong.register.policies import selectors as policies

SUBSCRIBERS = ("dept", "quality", "leader")


@dataclass(frozen=True)
class Department:
    """A unit for which an actor reads a feed; `read_at`: up to when they have read it; what it subscribes to."""

    id: int
    name: str
    read_at: datetime | None
    subscriptions: tuple[Subscription, ...]


def departments(actor: Actor, nodes: Sequence[UnitNode]) -> list[Department]:
    """The units whose feed an actor reads: over which they are department, quality office or leader and somebody subscribed,
    and the departments and offices among them; `nodes` are the units of the day."""
    own, held = actor.units(*SUBSCRIBERS), defaultdict[int, list[Any]](list)
    read = FeedRead.objects.filter(user_id=actor.user_id or 0, unit=OuterRef("unit")).values("read_at")
    rows = Subscription.objects.filter(unit__in=own, ended_at=None).select_related("category", "of_unit", "made_by")
    for row in rows.annotate(read_at=Subquery(read[:1])).order_by("id"):
        held[row.unit_id].append(row)
    return [
        Department(
            node.id, node.label, held[node.id][0].read_at if node.id in held else None, tuple(held.get(node.id, ()))
        )
        for node in nodes
        if node.id in own and (node.id in held or node.kind in ("department", "office"))
    ]


def places(unit_id: int, nodes: Sequence[UnitNode]) -> list[UnitNode]:
    """The units whose cases a department may subscribe to: its company and all below."""
    own = next((node for node in nodes if node.id == unit_id), None)
    company = own.parent_id or unit_id if own else unit_id
    return [node for node in nodes if f"/{company}/" in node.path]


def feed(actor: Actor, department: Department, nodes: Sequence[UnitNode], at: datetime) -> QuerySet[Any]:
    """New cases for a department, the newest first; refused to who doesn't work for it."""
    unit_id = department.id
    if unit_id not in actor.units(*SUBSCRIBERS) and not actor.system:
        raise Refused("not_found", _("没有这个部门的共享信息，或不在您的管辖范围内。"), unit=unit_id)
    above = [ids_of(node.path)[::-1] for node in nodes if node.id == unit_id]
    days = policies.book().overlay(Limits, "bulletins", above[0] if above else [unit_id], civil_day(at)).feed_days
    wanted, units = Q(pk__in=()), set[int]()
    for row in department.subscriptions:
        below = {node.id for node in nodes if f"/{row.of_unit_id}/" in node.path}
        cases = Q(unit__in=below)
        wanted |= cases & Q(category__in=categories.below(row.category_id)) if row.category_id else cases
        units |= below
    return voices.feed(units, wanted, unit_id, at - timedelta(days=days), at)


def new_count(rows: QuerySet[Any], read_at: datetime | None) -> int:
    """How many cases nobody of this user has read yet."""
    return (rows.filter(opened_at__gt=read_at) if read_at else rows).count()
