"""The facts of a scanned day: faults of areas, meters that fail repeatedly, and that the day is done."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from longzhong.sensing.curves.events import DayScanned, FaultFound, QualityFound
from longzhong.sensing.curves.models import AreaFault
from longzhong.sensing.curves.rules.words import ABNORMAL, Kind
from longzhong.sensing.curves.services.asking import Places
from longzhong.sensing.curves.services.meterwise import MeterFinding


def facts_of(
    *, day: date, faults: Iterable[AreaFault], found: Iterable[MeterFinding], places: Places, at: datetime
) -> list[Any]:
    """An area that belongs to no station is found, but there is nobody to tell it for."""
    told = [_fault(one, one.unit_id, at) for one in faults if one.unit_id is not None]
    return [*told, *_quality(day, found, places, at), DayScanned(day=day, at=at)]


def _fault(one: AreaFault, unit_id: int, at: datetime) -> FaultFound:
    return FaultFound(
        area_id=one.area_id, unit_id=unit_id, grid_id=one.grid_id, kind=one.kind, day=one.day, meters=one.meters,
        worst=one.worst, beyond_pct=one.beyond_pct, slots=one.slots, days_abnormal=one.days_abnormal,
        days_window=one.days_window, duration_class=one.duration_class, at=at,
    )  # fmt: skip


def _quality(day: date, found: Iterable[MeterFinding], places: Places, at: datetime) -> Iterator[QualityFound]:
    """One fact a meter and kind, whatever its phases, once the fault repeats in the window.

    Where many meters of an area miss readings together it is one fact of the terminal (no meter named): one order, not eighty.
    """
    groups: dict[tuple[int, str, str], list[MeterFinding]] = defaultdict(list)
    for one in found:
        if one.quality and one.verdict == ABNORMAL and one.area >= 0:
            groups[one.area, one.kind.value, one.code].append(one)
    told = {key: group for key, group in groups.items() if _repeats(group, places)}
    missing = Counter(area for area, kind, _code in told if kind == Kind.GAP)
    terminals = {area for area, meters in missing.items() if meters >= places.sets[places.set_of[area]].terminal_meters}
    for (area, kind, code), group in told.items():
        if not (kind == Kind.GAP and area in terminals):
            yield _quality_fact(day, group, places, code, 1, at)
    for area in sorted(terminals):
        group = [one for (own, kind, _code), rows in told.items() if own == area and kind == Kind.GAP for one in rows]
        yield _quality_fact(day, group, places, "", missing[area], at)


def _repeats(group: list[MeterFinding], places: Places) -> bool:
    area = group[0].area
    days = max(one.days_abnormal for one in group)
    return places.units[area] is not None and days >= places.sets[places.set_of[area]].quality_tell_days


def _quality_fact(
    day: date, group: list[MeterFinding], places: Places, meter: str, meters: int, at: datetime
) -> QualityFound:
    area = group[0].area
    limits, unit_id = places.sets[places.set_of[area]], places.units[area]
    assert unit_id is not None  # noqa: S101  _repeats let no other group through
    return QualityFound(
        area_id=places.ids[area], unit_id=unit_id, grid_id=places.grids[area], meter=meter, kind=group[0].kind.value,
        day=day, meters=meters, worst=group[0].worst, beyond_pct=0.0, slots=max(one.slots for one in group),
        days_abnormal=max(one.days_abnormal for one in group), days_window=limits.persistent_window_days,
        duration_class=group[0].duration_class, at=at,
    )  # fmt: skip
