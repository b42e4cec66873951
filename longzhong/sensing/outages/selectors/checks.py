"""What is to be known before a plan is kept (停电计划校核): impact, notice, other plans, repetition; and what can be merged."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import (
    COMING,
    HAPPENED,
    OUT,
    Devices,
    Duties,
    Gate,
    Kind,
    Repeats,
    Span,
    State,
    gate,
    repeats,
)
from longzhong.sensing.outages.selectors.known import Overlap, overlap_of, overlapping
from longzhong.sensing.outages.selectors.tracing import Impact, feeders_of, impact

MOST_OFFERS = 8


@dataclass(frozen=True)
class Draft:
    """A plan that isn't kept yet, or that is about to change (`without`: itself)."""

    kind: Kind
    devices: Devices
    span: Span
    unit_id: int | None = None
    without: int | None = None


@dataclass(frozen=True)
class PlanCheck:
    """What stands behind the devices, whether there is time to announce it, which plans clash, which could be one, who again."""

    impact: Impact
    gate: Gate
    clashes: tuple[Overlap, ...] = ()
    others: tuple[Overlap, ...] = ()
    mergeable: tuple[Overlap, ...] = ()
    repeats: Repeats = field(default_factory=Repeats)


def duties(unit_id: int | None, at: datetime) -> Duties:
    """The limits under `outage.*` of a unit today."""
    return policies.limits(Duties, "outage", unit_id=unit_id, day=civil_day(at))


def check_plan(draft: Draft, at: datetime) -> PlanCheck:
    """A bounded number of queries, whatever the size of the plan. Without an end, only the other plans of that moment on."""
    behind, limits = impact(draft.devices, civil_day(at)), duties(draft.unit_id, at)
    areas = list(behind.of_areas)
    found = overlapping(areas, draft.span, without=draft.without)
    same = [one for one in clashes(draft, ()) if one.id not in {one.id for one in found}]
    met = [*found, *same]
    return PlanCheck(
        impact=behind, gate=gate(draft.kind, draft.span.start, behind.important, at, limits),
        clashes=tuple(one for one in met if one.state in COMING), others=tuple(one for one in met if one.state in OUT),
        mergeable=tuple(near_plans(draft, areas, {one.id for one in met}, limits)),
        repeats=repeats(times_off(areas, draft.span.start, limits, draft.without), behind.of_areas, limits),
    )  # fmt: skip


def clashes(draft: Draft, area_ids: Collection[int]) -> list[Overlap]:
    """Plans of the same time that share a device or one of these areas (时间、设备重叠); two plans can't both be kept."""
    on = Q()
    for kind, number in draft.devices.pairs:
        on |= Q(kind=kind.value, object_id=number)
    shared = Affected.objects.filter(outage=OuterRef("pk"), area__in=area_ids)
    rows = _coming(draft.without).filter(planned_end__gt=draft.span.start)
    if draft.span.end is not None:
        rows = rows.filter(planned_start__lt=draft.span.end)
    held = Exists(Scope.objects.filter(on, outage=OuterRef("pk"), kept=False)) if on else Q(pk__in=())
    rows = rows.filter(held | Exists(shared)).order_by("planned_start", "id")[:MOST_OFFERS]
    return [overlap_of(one, one.areas) for one in rows]


def times_off(area_ids: Collection[int], start: datetime, limits: Duties, without: int | None = None) -> dict[int, int]:
    """How often each of these areas is off within the window before and after a moment: outages that were, and plans; one query."""
    window = timedelta(days=limits.repeat_window_d)
    was = Q(outage__state__in=HAPPENED, outage__started_at__gt=start - window)
    will = Q(outage__state=State.ANNOUNCED, outage__planned_start__gt=start - window)
    rows = Affected.objects.filter(was | will, area__in=area_ids).exclude(outage=without)
    rows = rows.exclude(outage__planned_start__gt=start + window, outage__state=State.ANNOUNCED)
    return dict(rows.order_by("area_id").values_list("area_id").annotate(Count("id")))


def near_plans(draft: Draft, area_ids: Collection[int], known: Collection[int], limits: Duties) -> list[Overlap]:
    """Plans of other times, within the window, on the same lines: the work could be done in one outage; two queries."""
    if not area_ids:
        return []
    window = timedelta(days=limits.repeat_window_d)
    near = _coming(draft.without).filter(
        state=State.ANNOUNCED, planned_start__gt=draft.span.start - window, planned_start__lt=draft.span.start + window
    )
    lines = feeders_of(area_ids)
    on_line = Affected.objects.filter(outage=OuterRef("pk"), area__section__feeder__in=list(lines))
    rows = near.filter(Exists(on_line)).exclude(pk__in=list(known)).order_by("planned_start", "id")
    return [overlap_of(one, one.areas) for one in rows[:MOST_OFFERS]]


def absorbable(outage: Outage) -> list[Overlap]:
    """What this outage could take over: plans of its lines, or faults that are off in the same areas or on the same device."""
    areas = list(Affected.objects.filter(outage=outage).values_list("area_id", flat=True))
    if outage.state in COMING:
        rows = _coming(outage.pk).filter(state=State.ANNOUNCED, kind=outage.kind)
        on_line = Affected.objects.filter(outage=OuterRef("pk"), area__section__feeder__in=list(feeders_of(areas)))
        rows = rows.filter(Exists(on_line)).order_by("planned_start", "id")
    else:
        shared = Affected.objects.filter(outage=OuterRef("pk"), area__section__feeder__in=list(feeders_of(areas)))
        rows = Outage.objects.filter(state__in=OUT, kind=outage.kind).exclude(pk=outage.pk)
        rows = rows.filter(Exists(shared) | Q(areas=0, unit=outage.unit_id)).order_by("started_at", "id")
    return [overlap_of(one, one.areas) for one in rows[:MOST_OFFERS]]


def widened(check: PlanCheck, area_ids: Collection[int]) -> bool:
    """Whether the plan reaches areas beyond these."""
    return not set(check.impact.of_areas) <= set(area_ids)


def _coming(without: int | None) -> QuerySet[Outage]:
    return Outage.objects.filter(state__in=COMING).exclude(pk=without or 0)
