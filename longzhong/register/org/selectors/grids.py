"""Grid cells: their station, their manager and their counterparts on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Value

from longzhong.kit.actor import Actor
from longzhong.register.org.models import GridCell, GridManager, GridPairing, GridUnit, StandIn
from longzhong.register.org.rules.grids import CounterpartKind
from longzhong.register.org.rules.tree import acting
from longzhong.register.org.selectors.people import stand_ins
from longzhong.register.org.selectors.units import descendants, unit_ids


@dataclass(frozen=True)
class GridLine:
    """A cell as a list shows it on a day."""

    id: int
    code: str
    name: str
    unit_id: int | None
    unit: str
    manager_id: int | None
    manager: str
    acting_id: int | None
    acting: str
    social_grid: str
    branch: str


def visible_grids(actor: Actor, day: date) -> QuerySet[GridCell]:
    """The door: cells of the actor's units on the day, or the cells that a scope names."""
    rows = GridCell.objects.all()
    if actor.system:
        return rows
    seen = Q(pk__in=())
    for scope in actor.scopes:
        if scope.grids is None:
            seen |= Q(pk__in=GridUnit.objects.on(day).filter(unit__in=scope.units).values("grid"))
        else:
            seen |= Q(pk__in=scope.grids)
    return rows.filter(seen)


def grid_rows(cells: Iterable[GridCell], day: date) -> list[GridLine]:
    """Cells with station, manager and counterparts of the day; four queries for any number."""
    rows = list(cells)
    ids = [cell.id for cell in rows]
    homes, managers, pairs = _homes(ids, day), _managers(ids, day), _pairs(ids, day)
    away, names = _away(day)
    names |= {staff: name for staff, name in managers.values() if staff}
    lines = []
    for cell in rows:
        home, unit = homes.get(cell.id, (None, ""))
        manager, name = managers.get(cell.id, (None, ""))
        act = acting(manager, away) if manager else None
        lines.append(
            GridLine(
                cell.id,
                cell.code,
                cell.name,
                home,
                unit,
                manager,
                name,
                act,
                names.get(act or 0, ""),
                pairs.get((cell.id, CounterpartKind.SOCIAL_GRID), ""),
                pairs.get((cell.id, CounterpartKind.PARTY_BRANCH), ""),
            )
        )
    return lines


def grids_at(actor: Actor, unit_id: int, day: date, *, most: int) -> list[GridLine]:
    """The first cells of this very station on a day, at most so many."""
    mine = GridUnit.objects.on(day).filter(unit=unit_id).values("grid")
    return grid_rows(visible_grids(actor, day).filter(pk__in=mine).order_by("code", "id")[:most], day)


def grids_managed(staff_id: int, day: date) -> list[GridLine]:
    """The cells for which somebody acts on a day."""
    return grid_rows(GridCell.objects.filter(pk__in=grids_of_manager(staff_id, day)).order_by("code", "id"), day)


def grids_named(rows: QuerySet[GridCell], value: str) -> QuerySet[GridCell]:
    return rows.filter(Q(name__icontains=value) | Q(code=value))


def grids_below(rows: QuerySet[GridCell], unit_code: str, day: date) -> QuerySet[GridCell]:
    """The cells of a unit and all below it."""
    unit = unit_ids([unit_code]).get(unit_code)
    below = descendants(unit, day) if unit else set()
    return rows.filter(pk__in=GridUnit.objects.on(day).filter(unit__in=below).values("grid"))


def grids_lacking(rows: QuerySet[GridCell], what: str, day: date) -> QuerySet[GridCell]:
    """Cells without a manager ("manager") or without a social grid ("social_grid") on a day."""
    if what == "manager":
        return rows.exclude(pk__in=GridManager.objects.on(day).values("grid"))
    paired = GridPairing.objects.on(day).filter(kind=CounterpartKind.SOCIAL_GRID)
    return rows.exclude(pk__in=paired.values("grid"))


def units_of_grids(grid_ids: Collection[int], day: date) -> dict[int, int]:
    """The station of each cell that had one on the day."""
    return dict(GridUnit.objects.on(day).filter(grid__in=grid_ids).values_list("grid_id", "unit_id"))


def grids_of_units(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """The cells of these stations on the day → their station."""
    return dict(GridUnit.objects.on(day).filter(unit__in=unit_ids).values_list("grid_id", "unit_id"))


def manager_of(grid_id: int, day: date) -> int | None:
    """Who acts as the manager of a cell on a day: the manager or their stand-in."""
    return managers_of([grid_id], day).get(grid_id)


def managers_of(grid_ids: Collection[int], day: date) -> dict[int, int]:
    """Who acts as the manager of each cell that has one; two queries."""
    away = stand_ins(day)
    found = {cell: acting(staff, away) for cell, staff in _named_managers(grid_ids, day).items()}
    return {cell: staff for cell, staff in found.items() if staff is not None}


def grids_of_manager(staff_id: int, day: date) -> frozenset[int]:
    """The cells of somebody on a day: their own, and those of people for whom they stand in; one query."""
    absent = StandIn.objects.on(day)
    managed = GridManager.objects.on(day).filter(Q(staff=staff_id) | Q(staff__in=absent.values("absent")))
    away: dict[int, int] = {}
    cells: list[tuple[int, int]] = []
    pairs = absent.values_list(Value(True), "absent_id", "stand_in_id")
    for is_pair, staff, other in pairs.union(managed.values_list(Value(False), "staff_id", "grid_id"), all=True):
        if is_pair:
            away[staff] = other
        else:
            cells.append((staff, other))
    acts_for = {staff_id, *(one for one in away if acting(one, away) == staff_id)}
    return frozenset(cell for staff, cell in cells if staff in acts_for)


def grid_ids(codes: Collection[str]) -> dict[str, int]:
    """Grid ids by code; unknown codes are missing."""
    return dict(GridCell.objects.filter(code__in=codes).values_list("code", "id"))


def grid_names(ids: Collection[int]) -> dict[int, str]:
    return dict(GridCell.objects.filter(pk__in=ids).values_list("id", "name"))


def _homes(grid_ids: Collection[int], day: date) -> dict[int, tuple[int | None, str]]:
    rows = GridUnit.objects.on(day).filter(grid__in=grid_ids)
    named = rows.values_list("grid_id", "unit_id", "unit__short_name", "unit__name")
    return {cell: (unit, short or name) for cell, unit, short, name in named}


def _managers(grid_ids: Collection[int], day: date) -> dict[int, tuple[int | None, str]]:
    rows = GridManager.objects.on(day).filter(grid__in=grid_ids)
    return {cell: (staff, name) for cell, staff, name in rows.values_list("grid_id", "staff_id", "staff__name")}


def _away(day: date) -> tuple[dict[int, int], dict[int, str]]:
    """Absent staff → who stands in for them, and the names of those."""
    rows = list(StandIn.objects.on(day).values_list("absent_id", "stand_in_id", "stand_in__name"))
    return {absent: other for absent, other, _name in rows}, {other: name for _absent, other, name in rows}


def _named_managers(grid_ids: Collection[int], day: date) -> dict[int, int]:
    return dict(GridManager.objects.on(day).filter(grid__in=grid_ids).values_list("grid_id", "staff_id"))


def _pairs(grid_ids: Collection[int], day: date) -> dict[tuple[int, str], str]:
    rows = GridPairing.objects.on(day).filter(grid__in=grid_ids)
    return {(cell, kind): name for cell, kind, name in rows.values_list("grid_id", "kind", "counterpart__name")}
