"""The ledger of a span: both sides, against the span before and the year before, by month and by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from longzhong.assessment.ledgers.rules import Days, months_until
from longzhong.assessment.ledgers.selectors.standing import customers_of, last_day, units_of, with_below
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.complaints.rules.intervals import Interval, per, places
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.complaints.selectors.counting import Span, counted, tallies
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.register.org.selectors import UnitNode

MONTHS = 13


@dataclass(frozen=True)
class Ledger:
    """One kind of matter over a span; `trend` the last thirteen months, the oldest first. A span that still runs is held against
    as many days of the span before and of the year before (`days_before`, `days_year`). `units`: by the unit itself."""

    days: Days
    now: Tally
    before: Tally
    year_before: Tally
    trend: tuple[tuple[Days, Tally], ...]
    days_before: Days
    days_year: Days
    units: Mapping[int, Tally]
    units_before: Mapping[int, Tally]
    as_of: datetime


@dataclass(frozen=True)
class Line:
    """A unit with all below it; `rate` complaints per ten thousand customers; `place` the best and worst it could be.

    A unit over which the reader holds no role (somebody's department saw one complaint of it) has no rate: they don't see all.
    """

    unit_id: int
    name: str
    depth: int
    tally: Tally
    accounts: int
    rate: Interval | None
    before: Tally
    place: tuple[int, int] | None = None
    rivals: int = 0


def span(days: Days, as_of: datetime) -> Span:
    """A span's days as moments, its verdicts as of a moment."""
    return Span(day_start(days.start), day_start(days.until), as_of)


def ledger(actor: Actor, days: Days, as_of: datetime, kind: Kind = Kind.COMPLAINT) -> Ledger:
    """Four queries for any number of matters."""
    trend = months_until(days, MONTHS)
    found = tallies(counted(actor, span(Days(trend[0].start, trend[-1].until), as_of), (kind,)), "month", as_of)
    by_month = {civil_day(month): tally for month, tally in found.items()}
    before, year = days.against(civil_day(as_of))
    own, past = (tallies(counted(actor, span(one, as_of), (kind,)), "unit", as_of) for one in (days, before))
    last_year = tallies(counted(actor, span(year, as_of), (kind,)), "all", as_of).get(kind.value, Tally())
    months = tuple((month, by_month.get(month.start, Tally())) for month in trend)
    now, was = (sum(one.values(), Tally()) for one in (own, past))
    return Ledger(days, now, was, last_year, months, before, year, own, past, as_of)


def unit_lines(actor: Actor, found: Ledger) -> list[Line]:
    """Every unit that the actor sees, or of which they see a matter, with all below it, as the tree stood on the span's last day;
    those of one parent are ranked against each other. A unit without customers of which nothing was told (a crew, an office) has
    no line.
    """
    days, as_of, units = found.days, found.as_of, found.units.keys() | found.units_before.keys()
    nodes = units_of(days, as_of, None if actor.system else actor.units() | units)
    now, before = (with_below(nodes, one, Tally()) for one in (found.units, found.units_before))
    bases = customers_of(nodes, last_day(days, as_of))
    whole = {node.id for node in nodes} if actor.system else _covered(actor)
    lines = []
    for node in nodes:
        tally, base = now[node.id], bases[node.id] if node.id in whole else 0
        if node.id in whole and not (base or tally.total or before[node.id].total):
            continue
        lines.append(Line(node.id, node.label, node.depth, tally, base, per(tally.total, base), before[node.id]))
    return _ranked(lines, nodes)


def _ranked(lines: Sequence[Line], nodes: Sequence[UnitNode]) -> list[Line]:
    """The places among brothers and sisters by complaints per ten thousand customers."""
    placed: dict[int, tuple[tuple[int, int] | None, int]] = {}
    parents = {node.id: node.parent_id for node in nodes}
    for parent in set(parents.values()):
        family = [line for line in lines if parents[line.unit_id] == parent and line.rate is not None]
        if len(family) > 1:
            found = places([line.rate for line in family])
            placed |= {line.unit_id: (place, len(family)) for line, place in zip(family, found, strict=True)}
    return [
        replace(line, place=placed[line.unit_id][0], rivals=placed[line.unit_id][1]) if line.unit_id in placed else line
        for line in lines
    ]


def _covered(actor: Actor) -> set[int]:
    """The units of which a reader sees all matters."""
    return {unit for scope in actor.scopes if scope.grids is None for unit in scope.units}
