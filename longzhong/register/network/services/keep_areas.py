"""Areas in bulk, with their grid cells."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.network.models import Area, AreaGrid, Section
from longzhong.register.network.rules import AreaRow
from longzhong.register.network.services.bulk import copy_update, ids_of, keep
from longzhong.register.network.services.dated import Relation, Steps, Wish, carry_out, plan
from longzhong.register.network.services.loads import open_load, refuse_unknown, tally
from longzhong.register.network.services.settling import settle_areas
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.rows import Kept
from longzhong.register.org.services.load import Load

COLUMNS = ("name", "kva", "connection", "site", "kind", "section", "lat", "lon")
IN_CELL = Relation(AreaGrid, "area", "grid")


@transaction.atomic
def keep_areas(*, rows: Sequence[AreaRow], by: Actor, at: datetime) -> Kept:
    """An empty `section_code`, `grid_code` or `unit_code` takes nothing away that the register knows already."""
    load = open_load(rows=rows, by=by)
    sections = ids_of(model=Section, codes={row.section_code for row in rows})
    grids = org.grid_ids({row.grid_code for row in rows if row.grid_code})
    units = org.unit_ids({row.unit_code for row in rows if row.unit_code})
    refuse_unknown(load=load, field="section_code", known=sections, code="section_unknown", what=_("线段"))
    refuse_unknown(load=load, field="grid_code", known=grids, code="grid_unknown", what=_("网格"))
    refuse_unknown(load=load, field="unit_code", known=units, code="unit_unknown", what=_("单位"))
    known = {area.code: area for area in Area.objects.filter(code__in=[row.code for row in load.open()])}
    steps = _plan_cells(load, known, grids, at)
    values = {row.code: _values(row, sections, known.get(row.code)) for row in load.open()}
    written = keep(model=Area, columns=COLUMNS, rows=values)
    carry_out(relation=IN_CELL, steps=steps, ids=written.ids)
    settle_areas(by=by, at=at, area_ids=[written.ids[code] for code in steps.begins])
    placed = _place_without_cell(load, known, written.ids, units)
    changed = written.changed | steps.begins.keys() | placed
    return tally(load=load, new=written.new, changed=changed, what="areas", by=by, at=at)


def _values(row: AreaRow, sections: Mapping[str, int], held: Area | None) -> tuple[object, ...]:
    section = sections.get(row.section_code) or (held.section_id if held else None)
    lat, lon = (row.lat, row.lon) if row.lat is not None or held is None else (held.lat, held.lon)
    return row.name, float(row.kva), row.connection, row.site, row.kind, section, lat, lon


def _plan_cells(load: Load[AreaRow], known: Mapping[str, Area], grids: Mapping[str, int], at: datetime) -> Steps:
    rows = {row.code: row for row in load.open()}
    wishes = {
        code: Wish(known[code].pk if code in known else None, grids[row.grid_code], row.grid_from_on)
        for code, row in rows.items()
        if row.grid_code
    }
    steps = plan(relation=IN_CELL, wishes=wishes, today=civil_day(at))
    for code in steps.backdated:
        load.refuse(rows[code], "grid_backdated", _("台区后来已划入别的网格；更早的日期不能再改"))
    return steps


def _place_without_cell(
    load: Load[AreaRow], known: Mapping[str, Area], ids: Mapping[str, int], units: Mapping[str, int]
) -> set[str]:
    """The station of areas that are in no cell, where the row names one."""
    wanted = {row.code: units[row.unit_code] for row in load.open() if row.unit_code and not row.grid_code}
    other = {
        code: unit
        for code, unit in wanted.items()
        if code not in known or (known[code].grid_id is None and known[code].unit_id != unit)
    }
    copy_update(model=Area, columns=("unit",), rows=[(ids[code], unit) for code, unit in other.items()])
    return set(other)
