"""Lists of cases and the numbers that open them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.grams import grams
from longzhong.cases.hotline.rules.machine import LIVE, State
from longzhong.cases.hotline.selectors.door import visible_to
from longzhong.kit.actor import Actor

SOON = timedelta(hours=24)
SHORTEST = 2  # characters from which full-text search is asked


@dataclass(frozen=True)
class CaseCounts:
    """Live cases by state, and what presses; every number opens a list of the board."""

    by_state: dict[str, int]
    live: int
    late: int
    soon: int


@dataclass(frozen=True)
class MineCounts:
    """The tabs of one's own page."""

    mine: int
    offered: int
    free: int
    asked: int


def board(actor: Actor) -> QuerySet[Case]:
    """All that the actor may see, for lists; due soonest first, those without a deadline last."""
    rows = visible_to(actor).select_related("unit", "grid", "area", "owner", "category")
    return rows.defer("content_sealed", "grams").order_by(F("due_at").asc(nulls_last=True), "id")


def archive(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The same rows the newest first: an order that an index holds, however many years lie below."""
    return rows.order_by("-opened_at", "-id")


def late(rows: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """Those whose nearest running deadline has passed."""
    return rows.filter(state__in=LIVE, due_at__lt=at)


def soon(rows: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """Those due within a day."""
    return rows.filter(state__in=LIVE, due_at__gte=at, due_at__lt=at + SOON)


def counts(actor: Actor, at: datetime, *, unit_ids: Collection[int] | None = None) -> CaseCounts:
    """The numbers of tabs and tiles, of live cases only: the archive is listed, not counted; one query."""
    rows = visible_to(actor).filter(state__in=LIVE)
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    late, soon = Q(due_at__lt=at), Q(due_at__gte=at, due_at__lt=at + SOON)
    states = rows.order_by().values("state").annotate(
        n=Count("id"), late=Count("id", filter=late), soon=Count("id", filter=soon)
    )  # fmt: skip
    by_state = {row["state"]: row for row in states}
    return CaseCounts(
        by_state={state.value: by_state[state]["n"] if state in by_state else 0 for state in LIVE},
        live=sum(row["n"] for row in by_state.values()), late=sum(row["late"] for row in by_state.values()),
        soon=sum(row["soon"] for row in by_state.values()),
    )  # fmt: skip


def worded(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Cases of a number (ours or the other system's), or whose words hold all of these."""
    numbered = Q(number=text.upper()) | Q(external_no=text)
    if len(text) < SHORTEST or not (parts := grams(text)):
        return rows.filter(numbered | Q(content__icontains=text))
    return rows.filter(numbered | Q(grams__contains=parts))


def _mine(actor: Actor) -> dict[str, Q]:
    """What one's own page holds, by tab."""
    me, live = actor.staff_id or 0, Q(state__in=LIVE)
    return {
        "mine": Q(owner=me) & live,
        "offered": Q(offered_to=me) & live,
        "free": Q(state=State.TAKEN, owner=F("first_asked")) & ~Q(owner=me),
        "asked": Q(first_asked=me) & ~Q(owner=me) & live,
    }


def mine(actor: Actor, tab: str) -> QuerySet[Case]:
    """One's own cases; those offered; those that still lie with whoever was asked first; those one was asked about first."""
    parts = _mine(actor)
    return board(actor).filter(parts.get(tab, parts["mine"]))


def mine_counts(actor: Actor) -> MineCounts:
    """The tabs of one's own page; one query."""
    found = visible_to(actor).aggregate(**{name: Count("id", filter=part) for name, part in _mine(actor).items()})
    return MineCounts(**found)
