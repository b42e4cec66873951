"""The ledger of a span: both sides, against the span before and the year before, by month and by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from longzhong.assessment.ledgers.rules import Days, months_until
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.complaints.rules.intervals import Interval, per, places
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.complaints.selectors.counting import Span, counted, tallies
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.org.selectors import UnitNode

MONTHS = 13


@dataclass(frozen=True)
class Ledger:
    """One kind of matter over a span; `trend` the last thirteen months, the oldest first."""

    days: Days
    now: Tally
    before: Tally
    year_before: Tally
    trend: tuple[tuple[Days, Tally], ...]


@dataclass(frozen=True)
class Line:
    """A unit with all below it; `rate` complaints per ten thousand customers; `place` the best and worst it could be."""

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
    return Ledger(
        days=days,
        now=_whole(actor, days, as_of, kind),
        before=_whole(actor, days.before, as_of, kind),
        year_before=_whole(actor, days.year_before, as_of, kind),
        trend=tuple((month, by_month.get(month.start, Tally())) for month in trend),
    )


def unit_lines(actor: Actor, days: Days, as_of: datetime, kind: Kind = Kind.COMPLAINT) -> list[Line]:
    """Every unit that the actor sees with all below it; those of one parent are ranked against each other."""
    nodes = org.units(actor, civil_day(as_of))
    now, before = (tallies(counted(actor, span(one, as_of), (kind,)), "unit", as_of) for one in (days, days.before))
    accounts = _accounts([node.id for node in nodes])
    below = {node.id: [one.id for one in nodes if one.path.startswith(node.path)] for node in nodes}
    lines = []
    for node in nodes:
        tally, base = _sum(now, below[node.id]), sum(accounts.get(one, 0) for one in below[node.id])
        rate, past = per(tally.total, base), _sum(before, below[node.id])
        lines.append(Line(node.id, node.label, node.depth, tally, base, rate, past))
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


def _whole(actor: Actor, days: Days, as_of: datetime, kind: Kind) -> Tally:
    found = tallies(counted(actor, span(days, as_of), (kind,)), "all", as_of)
    return found.get(kind.value, Tally())


def _sum(found: Mapping[int, Tally], units: Sequence[int]) -> Tally:
    return sum((found[one] for one in units if one in found), Tally())


def _accounts(units: Sequence[int]) -> dict[int, int]:
    return {unit: one.standing for unit, one in customers.counts(units).items()}
