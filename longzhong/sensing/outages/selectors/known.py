"""What the desk knows about an area: running outages, announced ones, those restored a moment ago."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse

from longzhong.kit import clock
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import (
    COMING,
    HAPPENED,
    OUT,
    REASON_LABELS,
    Kind,
    Limits,
    Span,
    State,
    Told,
    line_words,
)
from longzhong.sensing.outages.rules import answer_words as sentence


@dataclass(frozen=True)
class OutageCard:
    """An outage as it stands for one area at the moment `at`. `restored_at` is the area's own (分段恢复)."""

    id: int
    number: str
    kind: Kind
    state: State
    title: str
    place: str
    reason_words: str
    starts_at: datetime
    expected_end_at: datetime | None
    restored_at: datetime | None
    planned: bool
    running: bool
    confirmed: bool
    overdue: bool
    url: str
    words: str
    answer: str
    between: tuple[datetime, datetime] | None = None

    @property
    def restored(self) -> bool:
        """The area has power again; told for a short while, because the customer may call about that."""
        return self.restored_at is not None


def known_at(area_ids: Collection[int], at: datetime, ahead_hours: float | None = None) -> dict[int, list[OutageCard]]:
    """For each area that has any: running outages first, then plans of the next hours, then those just restored.

    Every area of `area_ids` without an outage is missing. It reads the state of now; `at` should be now. Two queries.
    """
    limits = policies.limits(Limits, "outages", day=clock.civil_day(at))
    until = at + timedelta(hours=limits.known_ahead_h if ahead_hours is None else ahead_hours)
    since = at - timedelta(hours=limits.restored_shown_h)
    out = Q(outage__state__in=OUT, restored_at=None)
    coming = Q(outage__state=State.ANNOUNCED, outage__planned_start__lte=until, outage__planned_end__gt=at)
    back = Q(outage__state__in=HAPPENED, restored_at__gte=since, restored_at__lte=at)
    rows = Affected.objects.filter(out | coming | back, area__in=area_ids).select_related("outage")
    found: dict[int, list[OutageCard]] = {}
    for row in rows.order_by("area_id", "id"):
        found.setdefault(row.area_id, []).append(_card(row, at))
    return {area: sorted(cards, key=_order) for area, cards in found.items()}


def _order(card: OutageCard) -> tuple[int, datetime, int]:
    return (2 if card.restored else 0 if card.running else 1), card.starts_at, card.id


def _card(row: Affected, at: datetime) -> OutageCard:
    outage = row.outage
    told = told_of(outage, at, restored_at=row.restored_at)
    return OutageCard(
        id=outage.pk, number=outage.number or "", kind=told.kind, state=State(outage.state), title=outage.title,
        place=outage.fault_place, reason_words=told.reason, starts_at=told.starts_at,
        expected_end_at=outage.expected_end_at, restored_at=row.restored_at, planned=told.kind is not Kind.FAULT,
        running=told.is_running, confirmed=told.is_confirmed, overdue=told.is_overdue,
        url=reverse("outages:detail", args=[outage.pk]), words=line_words(told), answer=sentence(told),
        between=told.between,
    )  # fmt: skip


def answer_words(card: OutageCard) -> str:
    """The sentence that the agent reads to the customer."""
    return card.answer


def told_of(outage: Outage, at: datetime, restored_at: datetime | None = None) -> Told:
    """An outage ready to be put into words, for an area that was restored at a moment (None: not yet)."""
    return Told(
        kind=Kind(outage.kind), title=outage.title, reason=REASON_LABELS.get(outage.reason_code, outage.reason_code),
        starts_at=outage.started_at or outage.planned_start or outage.registered_at, expected_end_at=outage.expected_end_at,
        restored_at=restored_at, is_running=outage.state in OUT and restored_at is None,
        is_confirmed=outage.state != State.REPORTED, at=at, between=between_of(outage),
    )  # fmt: skip


def between_of(outage: Outage) -> tuple[datetime, datetime] | None:
    """The interval that was announced with the expected end of now; None if that end is somebody's own word."""
    low, high = outage.between_low_at, outage.between_high_at
    if low is None or high is None or outage.between_for_at != outage.expected_end_at:
        return None
    return low, high


@dataclass(frozen=True)
class Overlap:
    """Another outage that takes power from some of the same areas in the same time."""

    id: int
    number: str
    title: str
    kind: Kind
    state: State
    starts_at: datetime
    expected_end_at: datetime | None
    areas: int
    url: str


def overlapping(area_ids: Iterable[int], span: Span, *, without: int | None = None, limit: int = 20) -> list[Overlap]:
    """Live outages of the same areas in the same time (重复停电检查), the earliest first; two queries."""
    alive = Q(outage__state__in=OUT, restored_at=None) | Q(outage__state__in=COMING)
    ends = Q(outage__state__in=OUT) | Q(outage__planned_end__gt=span.start)
    rows = Affected.objects.filter(alive, ends, area__in=list(area_ids)).exclude(outage=without)
    if span.end is not None:
        rows = rows.filter(
            Q(outage__started_at__lt=span.end) | Q(outage__started_at=None, outage__planned_start__lt=span.end)
        )
    shared: dict[int, int] = {}
    for outage_id in rows.values_list("outage_id", flat=True):
        shared[outage_id] = shared.get(outage_id, 0) + 1
    found = Outage.objects.filter(pk__in=shared).order_by(F("started_at").asc(nulls_last=True), "planned_start", "id")
    return [overlap_of(one, shared[one.pk]) for one in found[:limit]]


def overlap_of(one: Outage, areas: int) -> Overlap:
    """An outage as others see it that share areas with it."""
    starts_at = one.started_at or one.planned_start or one.registered_at
    return Overlap(
        one.pk, one.number or "", one.title, Kind(one.kind), State(one.state), starts_at, one.expected_end_at, areas,
        reverse("outages:detail", args=[one.pk]),
    )  # fmt: skip
