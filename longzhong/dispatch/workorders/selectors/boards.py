"""Lists of orders and the numbers that open them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import DECIDERS, IN_HAND, LIVE, State
from longzhong.dispatch.workorders.selectors.doors import label, visible_to
from longzhong.kit.actor import Actor, within

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class OrderCounts:
    """Orders by state, and what presses; every number opens a list of the board."""

    by_state: dict[str, int]
    live: int
    late: int
    soon: int
    unassigned: int


@dataclass(frozen=True)
class PersonLine:
    """Somebody's open orders; id None: nobody's."""

    staff_id: int | None
    name: str
    live: int
    late: int
    soon: int


def board(actor: Actor) -> QuerySet[WorkOrder]:
    """All that the actor may see, for lists; due soonest first, those without a deadline last."""
    rows = visible_to(actor).select_related("unit", "grid", "area", "owner")
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")


def late(rows: QuerySet[WorkOrder], at: datetime) -> QuerySet[WorkOrder]:
    """Those whose earliest running deadline has passed."""
    return rows.filter(state__in=LIVE, due_at__lt=at)


def soon(rows: QuerySet[WorkOrder], at: datetime) -> QuerySet[WorkOrder]:
    """Those due within a day."""
    return rows.filter(state__in=LIVE, due_at__gte=at, due_at__lt=at + SOON)


def counts(actor: Actor, at: datetime, *, unit_ids: Collection[int] | None = None) -> OrderCounts:
    """The numbers of tabs and tiles; one query."""
    rows = visible_to(actor)
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    is_live = Q(state__in=LIVE)
    parts = {
        "live": is_live, "late": is_live & Q(due_at__lt=at), "soon": is_live & Q(due_at__gte=at, due_at__lt=at + SOON),
        "unassigned": is_live & Q(owner=None),
    }  # fmt: skip
    counted = {name: Count("id", filter=part) for name, part in parts.items()}
    by_state: dict[str, Any] = {
        row["state"]: row for row in rows.order_by().values("state").annotate(n=Count("id"), **counted)
    }
    sums = {name: sum(row[name] for row in by_state.values()) for name in parts}
    return OrderCounts(
        by_state={state.value: by_state[state]["n"] if state in by_state else 0 for state in State}, **sums
    )


def late_orders(order_ids: Collection[int], at: datetime) -> set[int]:
    """Those of these orders whose time to finish ran out before the work was done, or has run out by now."""
    labels = {label(order_id): order_id for order_id in order_ids}
    return {labels[matter] for matter in matters.late_matters(labels, ("finish", "rework"), at)}


def by_person(actor: Actor, at: datetime) -> list[PersonLine]:
    """Who has how much open and late, the latest first; one query."""
    rows = visible_to(actor).filter(state__in=LIVE).order_by().values("owner_id", "owner__name")
    found = rows.annotate(
        live=Count("id"), late=Count("id", filter=Q(due_at__lt=at)),
        soon=Count("id", filter=Q(due_at__gte=at, due_at__lt=at + SOON)),
    )  # fmt: skip
    people = [
        PersonLine(row["owner_id"], row["owner__name"] or "未分派", row["live"], row["late"], row["soon"])
        for row in found
    ]
    return sorted(people, key=lambda line: (-line.late, -line.soon, -line.live, line.name))


def hands_on(actor: Actor) -> QuerySet[WorkOrder]:
    """What is in one's own hands to do on site, due soonest first, and what lies in the pool of one's cells."""
    mine = (
        Q(owner=actor.staff_id, state__in=(*IN_HAND, State.REPORTED, State.PROJECT)) if actor.staff_id else Q(pk__in=())
    )
    rows = visible_to(actor).select_related("area", "unit", "grid", "owner")
    return rows.filter(mine | Q(state=State.NEW)).order_by(F("due_at").asc(nulls_last=True), "id")


def done_by(actor: Actor, limit: int = 20) -> list[WorkOrder]:
    """What one has finished lately, and how it stands with the proof."""
    rows = visible_to(actor).filter(owner=actor.staff_id, finished_at__isnull=False).select_related("area", "unit")
    return list(rows.exclude(state__in=IN_HAND).order_by("-finished_at", "-id")[:limit])


def offered_to(actor: Actor) -> list[WorkOrder]:
    """What somebody wants to hand over to the actor."""
    rows = visible_to(actor).filter(offered_to__isnull=False, offered_to=actor.staff_id)
    return list(rows.select_related("area", "unit").order_by("id"))


def to_answer(actor: Actor) -> list[WorkOrder]:
    """What others have reported up to the actor's station or department, the oldest first."""
    if not actor.has(*DECIDERS):
        return []
    rows = WorkOrder.objects.filter(within(actor, roles=DECIDERS), state=State.REPORTED).exclude(owner=actor.staff_id)
    return list(rows.select_related("area", "unit").order_by("id")[:100])


def orders_of_area(actor: Actor, area_id: int) -> list[WorkOrder]:
    """An area's orders, the newest first."""
    rows = visible_to(actor).filter(area=area_id).select_related("owner", "unit")
    return list(rows.order_by("-id")[:50])
