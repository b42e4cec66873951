"""A row of areas says more than its area: the way up (section, feeder, substation) and maybe a new grid cell are kept first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from longzhong.kit.actor import Actor
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow, FeederRow, SectionRow, SubstationRow
from longzhong.register.org import selectors as org_reads
from longzhong.register.org import services as org
from longzhong.register.org.rules.rows import GridRow, Kept, RefusedRow

Values = dict[str, Any]


class Call(Protocol):
    def __call__(self, *, rows: Sequence[Any], by: Actor, at: datetime) -> Kept: ...


@dataclass
class _Batch:
    """The rows still in play, and why the others aren't."""

    rows: Sequence[Values]
    refused: dict[int, RefusedRow] = field(default_factory=dict)
    extra: dict[str, int] = field(default_factory=dict)

    def open(self) -> list[tuple[int, Values]]:
        return [(place, row) for place, row in enumerate(self.rows) if place not in self.refused]

    def refuse(self, place: int, code: str, message: str) -> None:
        self.refused[place] = RefusedRow(place, code, message)


def keep_area_rows(*, rows: Sequence[Values], by: Actor, at: datetime) -> tuple[Kept, dict[str, int]]:
    """Returns what became of the areas, and how many things above them were new or changed."""
    batch = _Batch(rows)
    _keep_cells(batch, by, at)
    _keep_above(batch, "substations", _substation, network.keep_substations, by, at)
    _keep_above(batch, "feeders", _feeder, network.keep_feeders, by, at)
    _keep_above(batch, "sections", _section, network.keep_sections, by, at)
    still = batch.open()
    kept = network.keep_areas(rows=[_area(row) for _, row in still], by=by, at=at)
    late = [RefusedRow(still[one.index][0], one.code, one.message) for one in kept.refused]
    return Kept(kept.new, kept.changed, kept.unchanged, (*batch.refused.values(), *late)), batch.extra


def _keep_cells(batch: _Batch, by: Actor, at: datetime) -> None:
    """Grid cells that nobody knows yet, where the row gives their name and station."""
    named = {
        row["grid_code"]
        for _, row in batch.open()
        if row.get("grid_code") and row.get("grid_name") and row.get("unit_code")
    }
    unknown = named - org_reads.grid_ids(named).keys()

    def cell(row: Values) -> GridRow | None:
        code = row.get("grid_code", "")
        return GridRow(code, row["grid_name"], row["unit_code"]) if code in unknown and row.get("grid_name") else None

    _keep_above(batch, "grids", cell, org.keep_grids, by, at)


def _keep_above(batch: _Batch, what: str, make: Any, keep: Call, by: Actor, at: datetime) -> None:
    """Keep what the rows say about one noun, each thing once. A row that names it otherwise, or whose thing is
    refused, is refused.
    """
    first: dict[str, Any] = {}
    mine: dict[str, list[int]] = {}
    for place, row in batch.open():
        thing = make(row)
        if thing is None:
            continue
        if first.setdefault(thing.code, thing) != thing:
            batch.refuse(
                place, "reference_conflict", f"{thing.code} 在前面的行里是“{first[thing.code].name}”或另有上级"
            )
        else:
            mine.setdefault(thing.code, []).append(place)
    if not first:
        return
    things = list(first.values())
    kept = keep(rows=things, by=by, at=at)
    for one in kept.refused:
        for place in mine.get(things[one.index].code, ()):
            batch.refuse(place, one.code, one.message)
    if kept.new + kept.changed:
        batch.extra[what] = kept.new + kept.changed


def _substation(row: Values) -> SubstationRow | None:
    code, name = row.get("substation_code", ""), row.get("substation_name", "")
    return SubstationRow(code, name) if code and name else None


def _feeder(row: Values) -> FeederRow | None:
    """Without a name the feeder has to be known already."""
    code, name = row.get("feeder_code", ""), row.get("feeder_name", "")
    return FeederRow(code, name, row.get("substation_code", "")) if code and name else None


def _section(row: Values) -> SectionRow | None:
    """Where the file knows no sections, the area hangs on the feeder's trunk (干线)."""
    code, feeder = row.get("section_code", ""), row.get("feeder_code", "")
    if code:
        return SectionRow(code, row["section_name"], feeder) if row.get("section_name") else None
    return SectionRow(_trunk(feeder), f"{row.get('feeder_name') or feeder}干线", feeder) if feeder else None


def _trunk(feeder: str) -> str:
    return f"{feeder}-0"


def _area(row: Values) -> AreaRow:
    feeder = row.get("feeder_code", "")
    words = {name: row[name] for name in ("connection", "site", "kind") if row.get(name)}
    return AreaRow(
        code=row["code"],
        name=row["name"],
        kva=row.get("kva") or 0.0,
        section_code=row.get("section_code") or (_trunk(feeder) if feeder else ""),
        grid_code=row.get("grid_code", ""),
        unit_code=row.get("unit_code", ""),
        lat=row.get("lat"),
        lon=row.get("lon"),
        grid_from_on=row.get("from_on"),
        **words,
    )
