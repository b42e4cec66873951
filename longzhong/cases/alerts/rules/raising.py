"""When what was measured becomes an alert (预警条件): persistent enough, not quiet, and not the meter's own fault.

One abnormal day is an observation, several within the window are a fault (persistence, STACK "Persistence"); a person's dismissal
keeps the area quiet for a while unless it gets markedly worse.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RaiseLimits:
    """Policies `alerts.*` (pack alerts.toml): days out of the curves' window, and how a quiet time is broken."""

    persist_days: int = 3
    persist_days_dead: int = 1
    persist_days_quality: int = 2
    quiet_days: int = 14
    quiet_worse_pct: float = 5.0


@dataclass(frozen=True)
class Sighting:
    """What a day's scan says of one area and kind; `quality` when it speaks of a meter (named by `meter`), not of the grid.

    `worst` is in the kind's own unit (V, %, kW…), `beyond_pct` its distance beyond the limit in percent of the limit.
    """

    area_id: int
    unit_id: int
    grid_id: int | None
    kind: str
    day: date
    days_abnormal: int
    days_window: int
    beyond_pct: float
    meters: int = 1
    worst: float | None = None
    slots: int = 0
    duration_class: str = ""
    quality: bool = False
    meter: str = ""


@dataclass(frozen=True)
class Quiet:
    """A dismissal that still holds: until which day, and how bad it was then."""

    until_on: date
    beyond_pct: float


def reason_not_to_raise(
    sighting: Sighting, limits: RaiseLimits, quiet: Quiet | None = None, *, known_outage: bool = False
) -> str | None:
    """A code for why no alert is raised (`known_outage`, `not_persistent`, `quiet`), or None: raise it."""
    if known_outage:
        return "known_outage"
    if sighting.days_abnormal < _days_needed(sighting, limits):
        return "not_persistent"
    if quiet and sighting.day < quiet.until_on and sighting.beyond_pct < quiet.beyond_pct + limits.quiet_worse_pct:
        return "quiet"
    return None


def _days_needed(sighting: Sighting, limits: RaiseLimits) -> int:
    if sighting.kind == "dead":
        return limits.persist_days_dead
    return limits.persist_days_quality if sighting.quality else limits.persist_days
