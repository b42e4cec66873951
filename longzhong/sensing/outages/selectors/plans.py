"""The schedule of plans: lines of a list with what each takes from customers, and the sums over all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Extract

from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import COMING, HAPPENED, State, customer_hours
from longzhong.sensing.outages.selectors.checks import duties
from longzhong.sensing.outages.selectors.doors import visible_to


@dataclass(frozen=True)
class PlanLine:
    """A plan in the schedule: days between announcement and start, customer-hours, areas off again, plans of the same lines."""

    outage: Outage
    ahead_d: int
    hours: float
    again: int
    most: int
    mergeable: int

    @property
    def pk(self) -> int:
        """The outage's."""
        return self.outage.pk

    @property
    def is_exempt(self) -> bool:
        """It was announced too late, by an exemption."""
        return bool(self.outage.exemption)


@dataclass(frozen=True)
class PlanSums:
    """Plans that haven't begun, those that wait for an exemption, customer-hours and important accounts of all."""

    plans: int
    asked: int
    hours: float
    important: int


def plan_rows(actor: Actor) -> QuerySet[Outage]:
    """Plans that haven't begun, the next first."""
    rows = visible_to(actor).filter(state__in=COMING)
    return rows.select_related("unit").order_by("planned_start", "id")


def plan_sums(actor: Actor) -> PlanSums:
    """One query."""
    taken = ExpressionWrapper(F("planned_end") - F("planned_start"), output_field=DurationField())
    found = visible_to(actor).filter(state__in=COMING).aggregate(
        plans=Count("id"), asked=Count("id", filter=Q(state=State.ASKED)), important=Sum("important"),
        seconds=Sum(Extract(taken, "epoch") * F("accounts")),
    )  # fmt: skip
    hours = round(float(found["seconds"] or 0) / 3600, 1)
    return PlanSums(found["plans"], found["asked"], hours, found["important"] or 0)


def plan_lines(rows: Sequence[Outage], at: datetime) -> list[PlanLine]:
    """The lines of one page; four queries for any number."""
    behind = Affected.objects.filter(outage__in=[row.pk for row in rows]).order_by()
    mine = list(behind.values_list("outage_id", "area_id", "area__section__feeder"))
    again, near = _again(rows, [(outage, area) for outage, area, _line in mine], at), _near(mine)
    lines = []
    for row in rows:
        start, end = row.planned_start or row.registered_at, row.planned_end or row.registered_at
        ahead = start.astimezone(CST).date() - row.registered_at.astimezone(CST).date()
        times = again.get(row.pk, {})
        hours = customer_hours(row.accounts, start, end)
        most = max(times.values(), default=0)
        lines.append(PlanLine(row, ahead.days, hours, len(times), most, near.get(row.pk, 0)))
    return lines


def _again(rows: Sequence[Outage], mine: Sequence[tuple[int, int]], at: datetime) -> dict[int, dict[int, int]]:
    """For each plan its areas that will have been off more than once within the window, with the times (this plan counted)."""
    limits = duties(None, at)
    window = timedelta(days=limits.repeat_window_d)
    past = Affected.objects.filter(area__in={area for _outage, area in mine}, outage__state__in=HAPPENED)
    began: dict[int, list[datetime]] = {}
    for area, start in past.filter(outage__started_at__gt=at - window).values_list("area_id", "outage__started_at"):
        began.setdefault(area, []).append(start or at)
    starts = {row.pk: row.planned_start or at for row in rows}
    found: dict[int, dict[int, int]] = {}
    for outage_id, area in mine:
        times = 1 + sum(starts[outage_id] - window < start for start in began.get(area, ()))
        if times >= limits.repeat_n:
            found.setdefault(outage_id, {})[area] = times
    return found


def _near(mine: Sequence[tuple[int, int, int | None]]) -> dict[int, int]:
    """How many other plans stand on the same lines as each of these."""
    lines = {(outage, line) for outage, _area, line in mine if line is not None}
    others = Affected.objects.filter(
        outage__state__in=COMING, area__section__feeder__in={line for _outage, line in lines}
    )
    on_line: dict[int, set[int]] = {}
    for outage_id, line in others.order_by().values_list("outage_id", "area__section__feeder").distinct():
        on_line.setdefault(line, set()).add(outage_id)
    found: dict[int, set[int]] = {}
    for outage_id, line in lines:
        found.setdefault(outage_id, set()).update(on_line.get(line, set()) - {outage_id})
    return {outage_id: len(others) for outage_id, others in found.items()}
