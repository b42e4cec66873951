"""The facts of a scanned day: faults of areas, meters that fail repeatedly, and that the day is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from longzhong.sensing.curves.events import DayScanned, FaultFound, QualityFound
from longzhong.sensing.curves.models import AreaFault
from longzhong.sensing.curves.rules.words import ABNORMAL
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
    """One fact a meter and kind, whatever its phases; only once the fault repeats in the window."""
    groups: dict[tuple[str, str], list[MeterFinding]] = defaultdict(list)
    for one in found:
        if one.quality and one.verdict == ABNORMAL and one.area >= 0:
            groups[one.code, one.kind.value].append(one)
    for (code, kind), group in groups.items():
        area = group[0].area
        unit_id, limits = places.units[area], places.sets[places.set_of[area]]
        days = max(one.days_abnormal for one in group)
        if unit_id is None or days < limits.quality_tell_days:
            continue
        yield QualityFound(
            area_id=places.ids[area], unit_id=unit_id, grid_id=places.grids[area], meter=code, kind=kind, day=day, meters=1,
            worst=group[0].worst, beyond_pct=0.0, slots=max(one.slots for one in group), days_abnormal=days,
            days_window=limits.persistent_window_days, duration_class=group[0].duration_class, at=at,
        )  # fmt: skip
