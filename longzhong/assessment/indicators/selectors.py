"""Indicators of units and months, and the alerts behind each number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet

from longzhong.assessment.indicators.models import Snapshot
from longzhong.assessment.indicators.rules import BY_CODE, KIND_WORDS, Tally, Targets, Value, total, value_of
from longzhong.cases.alerts import selectors as alerts
from longzhong.cases.alerts.rules import READERS, State
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.kit.actor import Actor
from longzhong.kit.clock import next_month
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

MONTHS = 6
COLUMNS = ("found", "verified", "unproven", "dismissed", "late")
ByKind = Mapping[str, Tally]


@dataclass(frozen=True)
class UnitLine:
    """A unit with all below it: its tallies by kind and its indicators by code."""

    unit_id: int
    unit_code: str
    name: str
    depth: int
    kinds: ByKind
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Figures:
    """What was counted in the months up to `month`, of the units that the actor sees: (month, unit) → kind → tally."""

    month: date
    cells: Mapping[tuple[date, int], ByKind]
    promised: Targets
    counted_at: datetime | None

    @cached_property
    def kinds(self) -> ByKind:
        """The month's tallies of all units together."""
        return self.kinds_of(self.month)

    def kinds_of(self, month: date) -> ByKind:
        return _add(kinds for (when, _unit), kinds in self.cells.items() if when == month)

    def value(self, code: str, month: date | None = None) -> Value:
        return value_of(BY_CODE[code], self.kinds_of(month or self.month), self.promised)

    def trend(self, code: str) -> list[tuple[date, float | None]]:
        """One indicator over the months; None where nothing was found."""
        return [(month, self.value(code, month).share) for month in _months(self.month)]


def visible_to(actor: Actor) -> QuerySet[Snapshot]:
    """The door: snapshots of the actor's units. They are the station's figures also for those who see one cell only."""
    rows = Snapshot.objects.all()
    return rows if actor.system else rows.filter(unit__in=actor.units(*READERS))


def figures(actor: Actor, month: date) -> Figures:
    """Everything that was counted of a month and of those before it; two queries."""
    rows = visible_to(actor).filter(month__gte=_months(month)[0], month__lte=month)
    cells: dict[tuple[date, int], dict[str, Tally]] = defaultdict(dict)
    counted: list[datetime] = []
    for row in rows.order_by("month", "unit_id", "kind").values("month", "unit_id", "kind", "counted_at", *COLUMNS):
        cells[row["month"], row["unit_id"]][row["kind"]] = Tally(*(row[column] for column in COLUMNS))
        counted += [row["counted_at"]] if row["month"] == month else []
    return Figures(month, cells, targets(month), max(counted, default=None))


def lines(actor: Actor, month: date, known: Figures | None = None) -> list[UnitLine]:
    """Units of the actor's tree, as it stood at the month's end, that found anything; upper units with all below."""
    known = known or figures(actor, month)
    last = next_month(month) - timedelta(days=1)
    nodes = org.units(actor, last)
    below = org.subtrees([node.id for node in nodes], last)
    found = []
    for node in nodes:
        kinds = _add(known.cells.get((month, unit), {}) for unit in below[node.id])
        if kinds:
            values = {code: value_of(indicator, kinds, known.promised) for code, indicator in BY_CODE.items()}
            found.append(UnitLine(node.id, node.code, node.label, node.depth, kinds, values))
    return found


def targets(month: date) -> Targets:
    """What was promised for a month."""
    return policies.limits(Targets, "indicators", day=month)


def newest_month(actor: Actor) -> date | None:
    """The last month of which anything was counted."""
    month: date | None = visible_to(actor).aggregate(newest=Max("month"))["newest"]
    return month


@dataclass(frozen=True)
class Behind:
    """Which number: its month, kinds, column of the tally, and unit with all below."""

    month: date
    kinds: Collection[str] = tuple(KIND_WORDS)
    column: str = "found"
    unit_id: int | None = None


def alerts_behind(actor: Actor, number: Behind, at: datetime) -> QuerySet[Any]:
    """The alerts that a number counts, as far as the actor sees them."""
    last = next_month(number.month) - timedelta(days=1)
    rows = alerts.raised_between(actor, number.month, last).filter(kind__in=number.kinds)
    if number.unit_id is not None:
        rows = rows.filter(unit__in=org.descendants(number.unit_id, last))
    if number.column in (State.VERIFIED, State.UNPROVEN, State.DISMISSED):
        rows = rows.filter(state=number.column)
    if number.column == "late":
        orders = rows.order_by().values_list("order_id", flat=True)
        rows = rows.filter(order_id__in=workorders.late_orders([one for one in orders if one is not None], at))
    return rows


def _add(parts: Iterable[ByKind]) -> dict[str, Tally]:
    found: dict[str, list[Tally]] = defaultdict(list)
    for part in parts:
        for kind, tally in part.items():
            found[kind].append(tally)
    return {kind: total(tallies) for kind, tallies in found.items()}


def _months(last: date) -> list[date]:
    firsts = [last.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return firsts[::-1]
