"""The indices by unit and period, their trend, and the outages behind a number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from longzhong.assessment.reliability.models import CustomerBase
from longzhong.assessment.reliability.rules import (
    READERS,
    Indices,
    Interruption,
    Limits,
    Piece,
    Sums,
    indices,
    joined,
    sums,
    sustained,
    t_med,
)
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start, next_month
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.org.selectors import UnitNode
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors.statistics import areas_off

MONTHS = 12
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Period:
    """[first, last): whole months as moments; a running one ends now."""

    first: datetime
    last: datetime
    words: str

    @property
    def hours(self) -> float:
        return max(0.0, (self.last - self.first) / HOUR)


@dataclass(frozen=True)
class UnitLine:
    """A unit with all below it."""

    unit_id: int
    name: str
    depth: int
    sums: Sums
    indices: Indices


@dataclass(frozen=True)
class OutageLine:
    """What one outage gave to a period; overlapping ones give to the first."""

    outage_id: int
    number: str
    title: str
    kind: str
    began: datetime
    areas: int
    account_hours: float
    account_times: int


@dataclass(frozen=True)
class Figures:
    """A period's lines by unit, the whole, and the last twelve months of the whole; months before anything was kept are unknown."""

    period: Period
    whole: Indices
    lines: tuple[UnitLine, ...]
    trend: tuple[tuple[date, Indices], ...]
    major_days: int


def period_of(text: str, now: datetime) -> Period:
    """ "2026-03" or "2026"; anything else is this month."""
    today = civil_day(now)
    try:
        year = len(text) == 4
        first = date(int(text), 1, 1) if year else date.fromisoformat(f"{text}-01")
        last = date(first.year + 1, 1, 1) if year else next_month(first)
    except ValueError:
        first = today.replace(day=1)
        last, year = next_month(first), False
    words = f"{first.year}" if year else f"{first:%Y-%m}"
    return Period(day_start(first), max(day_start(first), min(day_start(last), now)), words)


def interruptions(
    first: datetime, last: datetime, now: datetime, units: Collection[int] | None, kinds: Collection[str] = ()
) -> list[Interruption]:
    """What customers of these units felt, short ones left out by the policy of the day."""
    parts = areas_off(first, last, unit_ids=units, kinds=kinds)
    pieces = [
        Piece(one.outage_id, one.kind, one.area_id, one.unit_id, one.accounts, one.started_at, one.restored_at)
        for one in parts
    ]
    limits = policies.limits(Limits, "outage", day=civil_day(now))
    return sustained(joined(pieces, min(last, now)), limits.short_min)


def figures(
    actor: Actor, period: Period, now: datetime, *, kinds: Collection[str] = (), without_major: bool = False
) -> Figures:
    """Everything of the page in some six queries, however many units; `without_major`: days above T_MED left out."""
    nodes = org.units(actor, civil_day(now))
    seen = None if actor.system else actor.units(*READERS)
    nodes = [node for node in nodes if seen is None or node.id in seen]
    months = _months(period)
    start = day_start(months[0])
    felt = interruptions(start, period.last, now, [node.id for node in nodes], kinds)
    base, written = _base([node.id for node in nodes], months)
    felt, major = _without_major(felt, base[months[-1]]) if without_major else (felt, 0)
    inside = [month for month in months if day_start(month) >= period.first] or months[-1:]
    own = _own(nodes, felt, period, {node.id: _mean(base, inside, node.id) for node in nodes})
    lines = tuple(_line(node, nodes, own, period) for node in nodes)
    since = min([*written, *(civil_day(one.start).replace(day=1) for one in felt), months[-1]])
    trend = tuple((month, _month(felt, month, base[month] if month >= since else {}, now)) for month in months)
    return Figures(period, indices(sum(own.values(), Sums()), period.hours), lines, trend, major)


def behind(actor: Actor, period: Period, now: datetime, unit_id: int | None = None) -> list[OutageLine]:
    """The outages of a unit's (or all seen units') numbers, the most account-hours first; they add up to the sums."""
    seen = {node.id for node in org.units(actor, civil_day(now))} if actor.system else set(actor.units(*READERS))
    units = seen & org.descendants(unit_id, civil_day(now)) if unit_id else seen
    found: dict[int, list[Interruption]] = defaultdict(list)
    for one in interruptions(period.first, period.last, now, units):
        found[one.outages[0]].append(one)
    rows = outages.visible_to(actor).in_bulk(list(found))
    lines = []
    for outage_id, felt in found.items():
        counted, row = sums(felt, period.first, period.last, 0), rows.get(outage_id)
        lines.append(
            OutageLine(
                outage_id,
                (row.number or "") if row else "",
                row.title if row else "",
                row.kind if row else "",
                min(one.start for one in felt),
                len({one.area_id for one in felt}),
                counted.account_hours,
                counted.account_times,
            )
        )
    return sorted(lines, key=lambda line: (-line.account_hours, line.outage_id))


def _own(
    nodes: Sequence[UnitNode], felt: Sequence[Interruption], period: Period, accounts: Mapping[int, int]
) -> dict[int, Sums]:
    """Each unit's own sums, without those below it."""
    by_unit: dict[int | None, list[Interruption]] = defaultdict(list)
    for one in felt:
        by_unit[one.unit_id].append(one)
    return {node.id: sums(by_unit[node.id], period.first, period.last, accounts[node.id]) for node in nodes}


def _line(node: UnitNode, nodes: Sequence[UnitNode], own: Mapping[int, Sums], period: Period) -> UnitLine:
    below = sum((own[one.id] for one in nodes if one.path.startswith(node.path)), Sums())
    return UnitLine(node.id, node.label, node.depth, below, indices(below, period.hours))


def _month(felt: Sequence[Interruption], month: date, base: Mapping[int, int], now: datetime) -> Indices:
    first, last = day_start(month), min(day_start(next_month(month)), now)
    return indices(sums(felt, first, last, sum(base.values())), (last - first) / HOUR)


def _without_major(felt: Sequence[Interruption], base: Mapping[int, int]) -> tuple[list[Interruption], int]:
    """Interruptions without those that began on a major event day (IEEE 1366: all of an interruption counts for its first day)."""
    accounts = sum(base.values()) or 1
    daily: dict[date, float] = defaultdict(float)
    for one in felt:
        daily[civil_day(one.start)] += one.minutes * one.accounts / accounts
    threshold = t_med(list(daily.values()))
    major = {day for day, minutes in daily.items() if threshold is not None and minutes > threshold}
    return [one for one in felt if civil_day(one.start) not in major], len(major)


def _months(period: Period) -> list[date]:
    """The twelve months up to the period's last, or all of a longer one."""
    last = civil_day(max(period.first, period.last - timedelta(microseconds=1))).replace(day=1)
    months = [last]
    while len(months) < MONTHS or day_start(months[0]) > period.first:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return months


def _base(unit_ids: Sequence[int], months: Sequence[date]) -> tuple[dict[date, dict[int, int]], set[date]]:
    """Accounts of each unit in each month: as written then, else those of today; and the months that were written."""
    today = customers.counts(unit_ids)
    rows = CustomerBase.objects.filter(unit__in=unit_ids, month__in=months).values_list("month", "unit_id", "accounts")
    kept = {(month, unit): accounts for month, unit, accounts in rows}
    now = {unit: today[unit].standing if unit in today else 0 for unit in unit_ids}
    whole = {month: {unit: kept.get((month, unit), now[unit]) for unit in unit_ids} for month in months}
    return whole, {month for month, _unit in kept}


def _mean(base: Mapping[date, Mapping[int, int]], months: Sequence[date], unit_id: int) -> int:
    return round(sum(base[month][unit_id] for month in months) / len(months))
