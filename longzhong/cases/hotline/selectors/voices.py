"""The voice of the customer (客户声音): cases and calls of a period, counted by whatever columns are asked; repairs by stage.

Every count is a group-by of rows that the reader's door lets through, so the list behind a number is the same rows filtered.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from longzhong.cases.hotline.models import Call, CallBack, Case, Link
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import CaseType, LinkKind, Purpose, Secrecy
from longzhong.cases.hotline.selectors.door import visible_calls, visible_to
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST, civil_day, day_start

TOLD = (Purpose.ACCEPTED, Purpose.ON_THE_WAY)


@dataclass(frozen=True)
class Repair:
    """A repair's moments on the customer's side: told when it would be back, called back; `held` None while it isn't closed."""

    case_id: int
    order_id: int
    unit_id: int
    site: str
    opened_at: datetime
    expected_at: datetime | None
    told_at: datetime | None
    called_back_at: datetime | None
    held: bool | None


@dataclass(frozen=True)
class FeedLine:
    """A case as another department may read it: no customer, and no words where the caller asked for secrecy."""

    case_id: int
    number: str
    type: str
    category: str
    unit: str
    area: str
    content: str
    opened_at: datetime
    state: str


def told_between(actor: Actor, first: date, last: date) -> QuerySet[Case]:
    """Cases opened on these days (both included) that the actor may see."""
    rows = visible_to(actor).filter(opened_at__gte=day_start(first), opened_at__lt=day_start(last + timedelta(days=1)))
    return rows.exclude(state=State.VOID)


def calls_between(actor: Actor, first: date, last: date) -> QuerySet[Call]:
    """The call log of these days."""
    return visible_calls(actor).filter(at__gte=day_start(first), at__lt=day_start(last + timedelta(days=1)))


def counted(rows: QuerySet[Any], *columns: str) -> Counter[Any]:
    """How many rows for each value of a column (or tuple of values of several); one query."""
    found = rows.order_by().values_list(*columns).annotate(n=Count("pk"))
    return Counter({row[0] if len(columns) == 1 else row[:-1]: row[-1] for row in found})


def by_week(rows: QuerySet[Case], column: str) -> Counter[tuple[date, Any]]:
    """How many cases a week (its Monday) and value of a column."""
    found: Counter[tuple[date, Any]] = Counter()
    for opened_at, value in rows.order_by().values_list("opened_at", column):
        day = civil_day(opened_at)
        found[day - timedelta(days=day.weekday()), value] += 1
    return found


def contents(rows: QuerySet[Case], most: int) -> list[str]:
    """What the newest of these cases say (redacted), without those told in confidence."""
    open_ones = rows.filter(secrecy=Secrecy.OPEN).exclude(content="")
    return list(open_ones.order_by("-opened_at", "-id").values_list("content", flat=True)[:most])


def repairs_between(actor: Actor, first: date, last: date) -> list[Repair]:
    """Repairs of a period that had an order, with the moments that concern the customer; one query."""
    calls = CallBack.objects.filter(case=OuterRef("pk")).order_by().values("case")
    again = Link.objects.filter(earlier=OuterRef("pk"), kind=LinkKind.REOPENED)
    rows = told_between(actor, first, last).filter(type=CaseType.REPAIR, order_id__isnull=False, parent=None)
    rows = rows.annotate(
        told_at=Subquery(calls.filter(purpose__in=TOLD).annotate(first=Min("at")).values("first")),
        called_back_at=Subquery(calls.filter(purpose=Purpose.REVIEW).annotate(first=Min("at")).values("first")),
        again=Exists(again),
    )
    return [_repair(row) for row in rows.order_by("id")]


def cases_by_id(actor: Actor, ids: Collection[int]) -> QuerySet[Case]:
    """Those of these cases that the actor may see, with what a list shows."""
    rows = visible_to(actor).filter(pk__in=ids)
    return rows.select_related("category", "unit", "grid", "area", "owner").order_by("-opened_at", "-id")


def feed(units: Collection[int], wanted: Q, not_about: int, since: datetime, at: datetime) -> QuerySet[Case]:
    """New cases of these units for a department that subscribes to them; never those that complain about itself.

    The department's subscription is the door here (S2-02): lines go out through `feed_lines`, without customers.
    """
    rows = Case.objects.filter(wanted, unit__in=units, opened_at__gte=since, opened_at__lte=at).exclude(
        state=State.VOID
    )
    rows = rows.exclude(about_unit=not_about).select_related("category", "unit", "area")
    return rows.order_by("-opened_at", "-id")


def feed_lines(rows: Collection[Case]) -> list[FeedLine]:
    """Cases as the feed shows them."""
    return [
        FeedLine(
            row.pk, str(row), row.type, row.category.name, str(row.unit),
            row.area.name if row.area and row.secrecy == Secrecy.OPEN else "",
            row.content if row.secrecy == Secrecy.OPEN else "", row.opened_at.astimezone(CST), row.state,
        )
        for row in rows
    ]  # fmt: skip


def _repair(row: Any) -> Repair:
    held = None if row.closed_at is None and not row.times_reopened else not (row.times_reopened or row.again)
    return Repair(
        row.pk,
        row.order_id,
        row.unit_id,
        row.site,
        row.opened_at,
        row.expected_at,
        row.told_at,
        row.called_back_at,
        held,
    )
