"""The unit tree of a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.org.models import Unit, UnitPlace, UnitProfile
from longzhong.register.org.rules.profile import Profile
from longzhong.register.org.rules.tree import UNIT_KIND_NAMES, UnitKind, ids_of


@dataclass(frozen=True)
class UnitNode:
    """A unit where it stood on the day asked; `depth` counts from the topmost unit shown."""

    id: int
    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent_id: int | None
    path: str
    depth: int
    lat: float | None = None
    lon: float | None = None

    @property
    def kind_name(self) -> str:
        return UNIT_KIND_NAMES[self.kind]

    @property
    def label(self) -> str:
        return self.short_name or self.name


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """The door: units over which the actor holds any role."""
    rows = Unit.objects.all()
    return rows if actor.system else rows.filter(pk__in=actor.units())


def units(actor: Actor, day: date | None = None) -> list[UnitNode]:
    """The actor's units as a tree of the day (default today), parents before children, siblings by code."""
    seen = None if actor.system else actor.units()
    return tree(day or clock.today(), only=seen)


def tree(day: date, *, only: Collection[int] | None = None) -> list[UnitNode]:
    """The tree of a day, in reading order; with `only`, those units, hung on their nearest shown parent."""
    places = UnitPlace.objects.on(day).select_related("unit").order_by("unit__code", "id")
    if only is not None:
        places = places.filter(unit__in=only)
    rows = list(places)
    shown = {place.unit_id for place in rows}
    children: dict[int | None, list[UnitPlace]] = {}
    for place in rows:
        children.setdefault(_shown_parent(place, shown), []).append(place)
    return _walk(children)


def last_stood(unit_ids: Collection[int]) -> list[UnitNode]:
    """Units where they stood last, whether they still do or not; one query."""
    rows = UnitPlace.objects.filter(unit__in=unit_ids).select_related("unit").order_by("unit", "-from_on")
    return _walk({None: list(rows.distinct("unit"))})


def _shown_parent(place: UnitPlace, shown: Collection[int]) -> int | None:
    above = ids_of(place.path)[:-1]
    return next((unit for unit in reversed(above) if unit in shown), None)


def _walk(children: dict[int | None, list[UnitPlace]]) -> list[UnitNode]:
    nodes: list[UnitNode] = []
    waiting = [(place, 0) for place in reversed(children.get(None, []))]
    while waiting:
        place, depth = waiting.pop()
        unit = place.unit
        nodes.append(
            UnitNode(
                unit.id,
                unit.code,
                unit.name,
                unit.short_name,
                UnitKind(unit.kind),
                place.parent_id,
                place.path,
                depth,
                unit.lat,
                unit.lon,
            )
        )
        waiting.extend((child, depth + 1) for child in reversed(children.get(unit.id, [])))
    return nodes


def descendants(unit_id: int, day: date) -> set[int]:
    """A unit and all below it on a day; empty if it stood nowhere then."""
    return set(subtrees([unit_id], day)[unit_id])


def subtrees(unit_ids: Iterable[int], day: date) -> dict[int, frozenset[int]]:
    """For each unit, itself and all below it on a day; one query."""
    found: dict[int, set[int]] = {unit: set() for unit in unit_ids}
    if found:
        below = Q()
        for unit in found:
            below |= Q(path__contains=f"/{unit}/")
        for unit_id, path in UnitPlace.objects.on(day).filter(below).values_list("unit_id", "path"):
            for above in found.keys() & set(ids_of(path)):
                found[above].add(unit_id)
    return {unit: frozenset(ids) for unit, ids in found.items()}


def units_below(outer: str, day: date) -> ArraySubquery:
    """For a query of rows with a unit (`outer` names its column): the ids of that unit and all below it on a day."""
    step = Concat(Value("/"), Cast(OuterRef(outer), CharField()), Value("/"))
    return ArraySubquery(UnitPlace.objects.on(day).filter(path__contains=step).values("unit_id"))


def chain(unit_id: int, day: date) -> list[int]:
    """The unit, the one above it, and so on up to the root; empty if it stood nowhere on the day."""
    return chains([unit_id], day).get(unit_id, [])


def chains(unit_ids: Collection[int], day: date) -> dict[int, list[int]]:
    """The chain of each unit that had a place on the day; one query."""
    rows = UnitPlace.objects.on(day).filter(unit__in=unit_ids).values_list("unit_id", "path")
    return {unit: ids_of(path)[::-1] for unit, path in rows}


def profiles(unit_ids: Collection[int], day: date) -> dict[int, Profile]:
    """The declared service-area profile of each unit that has one on the day."""
    rows = UnitProfile.objects.on(day).filter(unit__in=unit_ids)
    return {row.unit_id: Profile(row.area_km2, row.population, row.customers) for row in rows}


def unit_ids(codes: Collection[str]) -> dict[str, int]:
    """Unit ids by code; unknown codes are missing."""
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "id"))


def unit_names(ids: Collection[int]) -> dict[int, str]:
    """Short names where there are any."""
    rows = Unit.objects.filter(pk__in=ids).values_list("id", "short_name", "name")
    return {key: short or name for key, short, name in rows}
