"""What curves tell: faults of areas, meters that can't be believed, and that a day has been judged."""

from dataclasses import dataclass
from datetime import date, datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class FaultFound:
    """An area was abnormal in one electric kind on a day; told once an area, kind and scan of the day.

    `worst` in V or %; `beyond_pct` its distance beyond the limit; `meters` how many were abnormal; `days_abnormal` of the
    last `days_window` days.
    """

    area_id: int
    unit_id: int
    grid_id: int | None
    kind: str
    day: date
    meters: int
    worst: float | None
    beyond_pct: float
    slots: int
    days_abnormal: int
    days_window: int
    duration_class: str
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class QualityFound:
    """A meter (by its code) sent data that can't be believed, or none, on repeated days: the meter's fault, not the grid's."""

    area_id: int
    unit_id: int
    grid_id: int | None
    meter: str
    kind: str
    day: date
    meters: int
    worst: float | None
    beyond_pct: float
    slots: int
    days_abnormal: int
    days_window: int
    duration_class: str
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class DayScanned:
    """All curves kept of a day have been judged; told after every scan, so also after late readings."""

    day: date
    at: datetime
