"""Complaints told apart by one dimension, and exactly the matters behind each number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from longzhong.assessment.ledgers.rules import ORDERED, WEEKDAYS, Days, Dimension, Side
from longzhong.assessment.ledgers.selectors.reading import span
from longzhong.cases.complaints.rules import RESPONSIBILITY_LABELS, Kind, Responsibility
from longzhong.cases.complaints.rules.intervals import Interval, share
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.complaints.selectors.counting import KEYS, counted, hits, standing, tallies
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, CHANNEL_LABELS, GRADE_LABELS
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.sensing.restorations import selectors as restorations
from longzhong.sensing.restorations.rules import WEATHER_LABELS

UNKNOWN = "未记录"
BELOW = "below"
HOURS = 24


@dataclass(frozen=True)
class Part:
    """One class of a dimension: its tally, its share of all with the interval in which it truly lies."""

    key: str
    label: str
    tally: Tally
    share: Interval | None


Tallies = dict[Any, Tally]


def breakdown(
    actor: Actor, days: Days, as_of: datetime, by: Dimension, kinds: Collection[str] = (Kind.COMPLAINT,)
) -> list[Part]:
    """The classes that occur, the largest first (hours, weekdays, grades in their own order)."""
    found = _tallies(actor, days, as_of, by, kinds)
    whole = sum(one.total for one in found.values())
    names = NAMERS[by](found)
    parts = [Part(_text(key), names.get(key) or UNKNOWN, one, share(one.total, whole)) for key, one in found.items()]
    if by in ORDERED:
        order = [_text(key) for key in names]
        return sorted(parts, key=lambda part: (order.index(part.key) if part.key in order else len(order), part.key))
    return sorted(parts, key=lambda part: (-part.tally.total, part.label))


def rows_behind(
    actor: Actor, days: Days, as_of: datetime, *, by: str, key: str, side: Side, kinds: Collection[str]
) -> QuerySet[Any]:
    """The matters of one number; `by` "" for all of them, `BELOW` for a unit with all below it as of today's tree."""
    rows = counted(actor, span(days, as_of), kinds)
    if by == BELOW and key.isdecimal():
        rows = rows.filter(unit__in=org.descendants(int(key), civil_day(as_of)))
    rows = _narrowed(rows, Dimension(by), key, as_of) if by in set(Dimension) else rows
    decided, raw, final, corrected = standing(as_of)
    sides = {Side.DECIDED: decided, Side.RAW: raw, Side.FINAL: final, Side.CORRECTED: corrected}
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
    named: QuerySet[Any] = rows.annotate(key=KEYS[by.value]).filter(**wanted)
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
