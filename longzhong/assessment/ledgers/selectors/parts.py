"""Complaints told apart by one dimension, and exactly the matters behind each number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from longzhong.assessment.ledgers.rules import ORDERED, UNKNOWN, UNKNOWN_LABELS, WEEKDAYS, Days, Dimension, Side
from longzhong.assessment.ledgers.selectors.reading import span
from longzhong.assessment.ledgers.selectors.standing import within
from longzhong.cases.complaints.rules import RESPONSIBILITY_LABELS, Kind, Responsibility
from longzhong.cases.complaints.rules.intervals import Interval, share
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.complaints.selectors.counting import counted, hits, key_of, standing, tallies
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, CHANNEL_LABELS, GRADE_LABELS
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.sensing.restorations import selectors as restorations
from longzhong.sensing.restorations.rules import WEATHER_LABELS

BELOW = "below"
HOURS = 24


@dataclass(frozen=True)
class Part:
    """One class of a dimension: its tally, its share of all with the interval in which it truly lies, its tally in the same span of
    the year before. `known`: the dimension says something of these.
    """

    key: str
    label: str
    tally: Tally
    share: Interval | None
    year: Tally
    known: bool


Tallies = dict[Any, Tally]


def breakdown(
    actor: Actor, days: Days, as_of: datetime, by: Dimension, kinds: Collection[str] = (Kind.COMPLAINT,)
) -> list[Part]:
    """The classes that occur now or did a year before, the largest first; all hours, weekdays and grades in their own order."""
    _before, last_year = days.against(civil_day(as_of))
    now, year = (_tallies(actor, one, as_of, by, kinds) for one in (days, last_year))
    whole = sum(one.total for one in now.values())
    names = NAMERS[by]({**year, **now})
    keys = {**dict.fromkeys(names if by in ORDERED and whole else ()), **dict.fromkeys(now), **dict.fromkeys(year)}
    parts = [_part(key, names, by, (now.get(key, Tally()), year.get(key, Tally())), whole) for key in keys]
    if by in ORDERED:
        order = [_text(key) for key in names]
        return sorted(parts, key=lambda part: order.index(part.key) if part.known else len(order))
    return sorted(parts, key=lambda part: (-part.tally.total, part.label))


def _part(key: Any, names: Mapping[Any, str], by: Dimension, tallied: tuple[Tally, Tally], whole: int) -> Part:
    name, (now, year) = names.get(key), tallied
    return Part(_text(key), name or UNKNOWN_LABELS.get(by, UNKNOWN), now, share(now.total, whole), year, bool(name))


def rows_behind(
    actor: Actor, days: Days, as_of: datetime, *, by: str, key: str, side: Side, kinds: Collection[str]
) -> QuerySet[Any]:
    """The matters of one number; `by` "" for all of them, `BELOW` for a unit with all below it in the span's tree."""
    rows = counted(actor, span(days, as_of), kinds)
    if by == BELOW and key.isdecimal():
        among = set(rows.order_by().values_list("unit", flat=True).distinct())
        rows = rows.filter(unit__in=within(int(key), days, as_of, among))
    rows = _narrowed(rows, Dimension(by), key, as_of) if by in set(Dimension) else rows
    decided, raw, final, corrected = standing(as_of)
    sides = {Side.DECIDED: decided, Side.RAW: raw, Side.FINAL: final, Side.CORRECTED: corrected}
    sides[Side.OPEN] = ~decided
    return rows.filter(sides[side]) if side in sides else rows


def _tallies(actor: Actor, days: Days, as_of: datetime, by: Dimension, kinds: Collection[str]) -> Tallies:
    rows = counted(actor, span(days, as_of), kinds)
    if by is Dimension.WEATHER:
        found = hits(rows, as_of)
        kind = restorations.weathers({(hit.unit_id, hit.at) for hit in found})
        return _grouped((kind[(hit.unit_id, hit.at)], hit.tally) for hit in found)
    if by in (Dimension.CLASS, Dimension.ATTITUDE):
        of = _rolled(by)
        return _grouped((of(key), one) for key, one in tallies(rows, "category", as_of).items())
    return tallies(rows, by.value, as_of)


def _grouped(pairs: Any) -> Tallies:
    made: Tallies = defaultdict(Tally)
    for key, one in pairs:
        made[key] = made[key] + one
    return dict(made)


def _rolled(by: Dimension) -> Callable[[int], Any]:
    """Category id → its class (the second level), or whether it is about somebody's manner."""
    if by is Dimension.ATTITUDE:
        manner = categories.attitude_ids()
        return lambda key: key in manner
    above = categories.classes()
    return lambda key: above.get(key, key)


def _narrowed(rows: QuerySet[Any], by: Dimension, key: str, as_of: datetime) -> QuerySet[Any]:
    if by is Dimension.WEATHER:
        found = hits(rows, as_of)
        kind = restorations.weathers({(hit.unit_id, hit.at) for hit in found})
        return rows.filter(pk__in=[hit.complaint_id for hit in found if kind[(hit.unit_id, hit.at)] == key])
    if by in (Dimension.CLASS, Dimension.ATTITUDE):
        of = _rolled(by)
        ids = {one for one in rows.order_by().values_list("category", flat=True).distinct() if _text(of(one)) == key}
        return rows.filter(category__in=ids)
    found = [one for one in tallies(rows, by.value, as_of) if _text(one) == key]
    if not found:
        return rows.none()
    wanted = {"key__isnull": True} if found[0] is None else {"key": found[0]}
    named: QuerySet[Any] = rows.annotate(key=key_of(by.value, as_of)).filter(**wanted)
    return named


def _text(key: Any) -> str:
    return "" if key is None else str(int(key)) if isinstance(key, bool) else str(key)


def _people(found: Tallies) -> Mapping[Any, str]:
    return org.staff_names([key for key in found if key is not None])


def _units(found: Tallies) -> Mapping[Any, str]:
    return org.unit_names([key for key in found if key is not None])


NAMERS: dict[Dimension, Callable[[Tallies], Mapping[Any, str]]] = {
    Dimension.CATEGORY: lambda found: categories.labels([key for key in found if key]),
    Dimension.CLASS: lambda found: categories.labels([key for key in found if key]),
    Dimension.CAUSE: lambda _found: {str(key): label for key, label in CAUSE_LABELS.items()},
    Dimension.ATTITUDE: lambda _found: {True: "态度类", False: "其他"},
    Dimension.UNIT: _units,
    Dimension.DEPARTMENT: _units,
    Dimension.STAFF: _people,
    Dimension.AREA: lambda found: network.area_names([key for key in found if key is not None]),
    Dimension.CHANNEL: lambda _found: {str(key): label for key, label in CHANNEL_LABELS.items()},
    Dimension.GRADE: lambda _found: {str(key): label for key, label in GRADE_LABELS.items()},
    Dimension.RESPONSIBILITY: lambda _found: {str(key): RESPONSIBILITY_LABELS[key] for key in Responsibility if key},
    Dimension.HOUR: lambda _found: {hour: f"{hour:02}:00–{hour:02}:59" for hour in range(HOURS)},
    Dimension.WEEKDAY: lambda _found: dict(enumerate(WEEKDAYS, start=1)),
    Dimension.WEATHER: lambda _found: {str(key): label for key, label in WEATHER_LABELS.items()},
}
