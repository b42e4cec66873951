"""Grid cells with their stations, managers and counterparts, in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, outbox
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.register.org.events import GridsMoved
from longzhong.register.org.models import Counterpart, GridCell, GridManager, GridPairing, GridUnit
from longzhong.register.org.rules.grids import CounterpartKind
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.rules.rows import GridRow, Kept
from longzhong.register.org.selectors import staff_ids, unit_ids
from longzhong.register.org.services.dated_rows import CHUNK, Series
from longzhong.register.org.services.load import Load

FIELDS = ("name", "lat", "lon")
Away = tuple[CounterpartKind, str]


@dataclass(frozen=True)
class _Known:
    """What the rows may point at, by code."""

    units: dict[str, int]
    staff: dict[str, int]
    cells: dict[str, GridCell]
    away: dict[Away, Counterpart]


@transaction.atomic
def keep_grids(*, rows: Sequence[GridRow], from_on: date | None = None, by: Actor, at: datetime) -> Kept:
    """Load cells as they stand from a day on; columns left empty leave manager and counterparts as they are."""
    need(by, Role.ADMIN)
    day = from_on or civil_day(at)
    load = Load(rows)
    known = _known(rows)
    pairings = Series(GridPairing.objects.select_related("counterpart"), day, "grid_id", "kind")
    _refuse(load, known)
    while _refuse_taken(load, known, pairings):
        pass
    _write_cells(load, known)
    moved = _write_stations(load, known, day)
    _write_managers(load, known, day)
    _write_pairings(load, known, pairings)
    kept = load.kept()
    if moved:
        outbox.tell(GridsMoved(grid_ids=tuple(moved), from_on=day, at=at))
    if kept.new or kept.changed:
        journal.record(by, "org.keep_grids", at=at, new=kept.new, changed=kept.changed, refused=len(kept.refused))
    return kept


def _known(rows: Sequence[GridRow]) -> _Known:
    return _Known(
        units=unit_ids({row.unit_code for row in rows}),
        staff=staff_ids({row.manager_code for row in rows if row.manager_code}),
        cells={
            cell.code: cell for cell in GridCell.objects.select_for_update().filter(code__in=[r.code for r in rows])
        },
        away={(CounterpartKind(one.kind), one.code): one for one in Counterpart.objects.all()},
    )


def _refuse(load: Load[GridRow], known: _Known) -> None:
    for row in load.open():
        if not row.code or not row.name:
            load.refuse(row, "grid_code_missing", _("缺少网格编码或名称"))
        elif row.unit_code not in known.units:
            load.refuse(row, "unit_unknown", _("单位 %(code)s 不存在") % {"code": row.unit_code})
        elif row.manager_code and row.manager_code not in known.staff:
            load.refuse(row, "staff_unknown", _("员工 %(code)s 不存在") % {"code": row.manager_code})


def _refuse_taken(load: Load[GridRow], known: _Known, pairings: Series[GridPairing]) -> bool:
    """A social grid goes with one cell only: in the register (unless that cell gives it up here) and within the load.

    A refused row gives nothing up, so passes repeat until one refuses nothing.
    """
    wanted = {row.code: row.social_code for row in load.open() if row.social_code}
    by_id = {cell.id: code for code, cell in known.cells.items()}
    taken: dict[str, str] = {}
    for pair in pairings.everything():
        holder = by_id.get(pair.grid_id, f"#{pair.grid_id}")
        gives_up = wanted.get(holder, pair.counterpart.code) != pair.counterpart.code
        if pair.kind == CounterpartKind.SOCIAL_GRID and not gives_up:
            taken[pair.counterpart.code] = holder
    wrong = [row for row in load.open() if row.social_code and taken.setdefault(row.social_code, row.code) != row.code]
    for row in wrong:
        load.refuse(row, "social_grid_taken", _("社会网格 %(code)s 已对应另一个网格") % {"code": row.social_code})
    return bool(wrong)


def _write_cells(load: Load[GridRow], known: _Known) -> None:
    new, changed = [], []
    for row in load.open():
        values = {name: value for name in FIELDS if (value := getattr(row, name)) not in (None, "")}
        cell = known.cells.get(row.code)
        if cell is None:
            new.append(GridCell(code=row.code, **values))
            load.new(row)
        elif any(getattr(cell, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(cell, name, value)
            changed.append(cell)
            load.change(row)
    known.cells.update({cell.code: cell for cell in GridCell.objects.bulk_create(new, batch_size=CHUNK)})
    GridCell.objects.bulk_update(changed, FIELDS, batch_size=CHUNK)


def _write_stations(load: Load[GridRow], known: _Known, day: date) -> list[int]:
    """Returns the ids of cells that went from one station to another."""
    series = Series(GridUnit.objects.filter(grid__in=_ids(load, known)), day, "grid_id")
    moved = []
    for row in load.open():
        grid_id, unit_id = known.cells[row.code].id, known.units[row.unit_code]
        home = series.now(grid_id)
        if home is not None and home.unit_id == unit_id:
            continue
        if home is not None:
            moved.append(grid_id)
        series.begin(GridUnit(grid_id=grid_id, unit_id=unit_id))
        load.change(row)
    series.write(GridUnit)
    return moved


def _write_managers(load: Load[GridRow], known: _Known, day: date) -> None:
    series = Series(GridManager.objects.filter(grid__in=_ids(load, known)), day, "grid_id")
    for row in load.open():
        if not row.manager_code:
            continue
        grid_id, staff_id = known.cells[row.code].id, known.staff[row.manager_code]
        manager = series.now(grid_id)
        if manager is None or manager.staff_id != staff_id:
            series.begin(GridManager(grid_id=grid_id, staff_id=staff_id))
            load.change(row)
    series.write(GridManager)


def _write_pairings(load: Load[GridRow], known: _Known, series: Series[GridPairing]) -> None:
    _write_counterparts(load, known)
    for row in load.open():
        for kind, code, _name in _counterparts(row):
            away, grid_id = known.away[kind, code], known.cells[row.code].id
            pair = series.now(grid_id, kind.value)
            if pair is None or pair.counterpart_id != away.id:
                series.begin(GridPairing(grid_id=grid_id, counterpart=away, kind=kind.value))
                load.change(row)
    series.write(GridPairing)


def _write_counterparts(load: Load[GridRow], known: _Known) -> None:
    new: dict[Away, Counterpart] = {}
    named: list[Counterpart] = []
    for row in load.open():
        for kind, code, name in _counterparts(row):
            there = known.away.get((kind, code))
            if there is None:
                new[kind, code] = Counterpart(kind=kind.value, code=code, name=name or code)
            elif name and there.name != name:
                there.name = name
                named.append(there)
                load.change(row)
    Counterpart.objects.bulk_create(new.values(), batch_size=CHUNK)
    Counterpart.objects.bulk_update(named, ["name"], batch_size=CHUNK)
    known.away.update(new)


def _counterparts(row: GridRow) -> list[tuple[CounterpartKind, str, str]]:
    both = (
        (CounterpartKind.SOCIAL_GRID, row.social_code, row.social_name),
        (CounterpartKind.PARTY_BRANCH, row.branch_code, row.branch_name),
    )
    return [one for one in both if one[1]]


def _ids(load: Load[GridRow], known: _Known) -> list[int]:
    return [known.cells[row.code].id for row in load.open()]
