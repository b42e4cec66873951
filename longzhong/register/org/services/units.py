"""Units and their places in the tree."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org.models import Unit, UnitPlace
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.rules.rows import Kept, UnitRow
from longzhong.register.org.rules.tree import (
    UNIT_KIND_NAMES,
    UnitKind,
    fits,
    in_tree_order,
    is_within,
    path_under,
)
from longzhong.register.org.selectors import visible_units
from longzhong.register.org.services.dated_rows import CHUNK, Series
from longzhong.register.org.services.load import Load

TREE_LOCK = 0x4C5A_5452  # advisory lock: one writer of the tree at a time
FIELDS = ("name", "short_name", "kind", "lat", "lon")


@transaction.atomic
def keep_units(*, rows: Sequence[UnitRow], from_on: date | None = None, by: Actor, at: datetime) -> Kept:
    """Load units and the tree as it stands from a day on (default today). A row whose parent differs moves its unit."""
    need(by, Role.ADMIN)
    _lock_tree()
    day = from_on or civil_day(at)
    load = Load(rows)
    known = {unit.code: unit for unit in Unit.objects.all()}
    series = Series(UnitPlace.objects.all(), day, "unit_id")
    _refuse_shapes(load, known, series)
    _refuse_places(load, known, series)
    _write_units(load, known)
    _place(load, known, series)
    series.write(UnitPlace)
    kept = load.kept()
    if kept.new or kept.changed:
        journal.record(by, "org.keep_units", at=at, new=kept.new, changed=kept.changed, refused=len(kept.refused))
    return kept


@transaction.atomic
def move_unit(*, unit_id: int, parent_id: int | None, from_on: date, reason: str, by: Actor, at: datetime) -> Unit:
    """Hang a unit with all below it under another one from a day on; the tree of days before answers as before."""
    need(by, Role.ADMIN)
    _lock_tree()
    if from_on < civil_day(at):
        raise Refused("day_past", _("调整日期 %(day)s 已过去；过去的组织关系不能改写。") % {"day": from_on})
    if not reason.strip():
        raise Refused("reason_missing", _("请填写调整原因。"))
    unit = visible_units(by).filter(pk=unit_id).first()
    parent = visible_units(by).filter(pk=parent_id).first() if parent_id else None
    if unit is None or (parent_id and parent is None):
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内。"))
    series = Series(UnitPlace.objects.all(), from_on, "unit_id")
    _refuse_move(unit, parent, series)
    _replant({unit_id: parent_id}, series)
    series.write(UnitPlace)
    journal.record(
        by, "org.move_unit", f"org.unit:{unit_id}", at=at, reason=reason, parent=parent_id, from_on=str(from_on)
    )
    return unit


def _lock_tree() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TREE_LOCK])


def _refuse_shapes(load: Load[UnitRow], known: Mapping[str, Unit], series: Series[UnitPlace]) -> None:
    """Rows wrong in themselves, and rows whose parent isn't there or may not stand above them.

    The table of kinds has no circle, so a tree that keeps it has none.
    """
    for row in load.open():
        if not row.code or not row.name:
            load.refuse(row, "unit_code_missing", _("缺少单位编码或名称"))
        elif row.kind not in set(UnitKind):
            load.refuse(row, "unit_kind_unknown", _("单位类型 %(kind)s 不认识") % {"kind": row.kind})
        elif (unit := known.get(row.code)) and not _children_fit(unit, row, known, series):
            load.refuse(row, "unit_kind_children", _("%(code)s 的下级单位不能放在新类型之下") % {"code": row.code})
    while _refuse_parents(load, known):
        pass


def _refuse_parents(load: Load[UnitRow], known: Mapping[str, Unit]) -> bool:
    """One pass; a refused row may leave others without a parent, so passes repeat until one refuses nothing."""
    kinds = {code: unit.kind for code, unit in known.items()} | {row.code: row.kind for row in load.open()}
    wrong = []
    for row in load.open():
        above = kinds.get(row.parent_code)
        if row.parent_code and above is None:
            wrong.append((row, "unit_parent_unknown", _("上级单位 %(code)s 不存在") % {"code": row.parent_code}))
        elif not fits(UnitKind(row.kind), UnitKind(above) if above else None):
            names = {"kind": UNIT_KIND_NAMES[UnitKind(row.kind)], "above": UNIT_KIND_NAMES.get(above, _("最上级"))}  # type: ignore[call-overload]
            wrong.append((row, "unit_parent_kind", _("%(kind)s不能放在%(above)s") % names))
    for row, code, message in wrong:
        load.refuse(row, code, message)
    return bool(wrong)


def _children_fit(unit: Unit, row: UnitRow, known: Mapping[str, Unit], series: Series[UnitPlace]) -> bool:
    if unit.kind == row.kind:
        return True
    below = {place.unit_id for place in series.present() if place.parent_id == unit.id}
    return all(fits(UnitKind(one.kind), UnitKind(row.kind)) for one in known.values() if one.id in below)


def _refuse_places(load: Load[UnitRow], known: Mapping[str, Unit], series: Series[UnitPlace]) -> None:
    """Known units whose parent changes although another change is already planned."""
    for row in load.open():
        unit, parent = known.get(row.code), known.get(row.parent_code)
        place = series.now(unit.id) if unit else None
        if unit is None or (place and place.parent_id == (parent.id if parent else None)):
            continue
        if series.later(unit.id) is not None:
            load.refuse(row, "unit_has_later_place", _("%(code)s 已安排了以后的调整") % {"code": row.code})
    while _refuse_parents(load, known):
        pass


def _refuse_move(unit: Unit, parent: Unit | None, series: Series[UnitPlace]) -> None:
    place = series.now(unit.id)
    if place is None:
        raise Refused("unit_not_placed", _("该单位当日不在组织树中。"))
    if parent is not None and series.now(parent.id) is None:
        raise Refused("unit_parent_unknown", _("上级单位当日不在组织树中。"))
    if not fits(UnitKind(unit.kind), UnitKind(parent.kind) if parent else None):
        raise Refused("unit_parent_kind", _("%(kind)s不能放在这里。") % {"kind": UNIT_KIND_NAMES[UnitKind(unit.kind)]})
    if place.parent_id == (parent.id if parent else None):
        raise Refused("nothing_to_change", _("该单位当日已经在这个上级之下。"))
    if any(series.later(below) for below in _below(place, series)):
        raise Refused("unit_has_later_place", _("该单位或其下级已安排了以后的调整，请先处理。"))


def _below(place: UnitPlace, series: Series[UnitPlace]) -> list[int]:
    return [row.unit_id for row in series.present() if is_within(row.path, place.path)]


def _write_units(load: Load[UnitRow], known: dict[str, Unit]) -> None:
    new, changed = [], []
    for row in load.open():
        values = {name: value for name in FIELDS if (value := getattr(row, name)) not in (None, "")}
        unit = known.get(row.code)
        if unit is None:
            new.append(Unit(code=row.code, **values))
            load.new(row)
        elif any(getattr(unit, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(unit, name, value)
            changed.append(unit)
            load.change(row)
    known.update({unit.code: unit for unit in Unit.objects.bulk_create(new, batch_size=CHUNK)})
    Unit.objects.bulk_update(changed, FIELDS, batch_size=CHUNK)


def _place(load: Load[UnitRow], known: Mapping[str, Unit], series: Series[UnitPlace]) -> None:
    parents: dict[int, int | None] = {}
    for row in load.open():
        unit, parent = known[row.code], known.get(row.parent_code)
        place = series.now(unit.id)
        if place is None or place.parent_id != (parent.id if parent else None):
            parents[unit.id] = parent.id if parent else None
            load.change(row)
    _replant(parents, series)


def _replant(parents: Mapping[int, int | None], series: Series[UnitPlace]) -> None:
    """New places for the units in `parents`, and new paths for all below them; parents are done before children."""
    wanted: dict[int, int | None] = {row.unit_id: row.parent_id for row in series.present()} | dict(parents)
    order = in_tree_order({str(unit): str(above) if above else None for unit, above in wanted.items()})
    for unit_id in map(int, order):
        above = wanted[unit_id]
        up = series.now(above) if above else None
        path = path_under(up.path if up else None, unit_id)
        place = series.now(unit_id)
        if place is None or place.path != path:
            series.begin(UnitPlace(unit_id=unit_id, parent_id=above, path=path))
