"""What a load curve says (负荷曲线): energy of a day, the base load of the night, the peak, and what is missing.

A day is 96 means of 15 minutes in kW; None is a reading that never came. Energy = Σ kW ÷ 4. A day with gaps is scaled
to 96 slots while enough of it is known (`coverage_min`), else it isn't counted at all: a gap is not a saving.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

SLOTS = 96
NIGHT = slice(4, 20)  # 01:00 to 05:00, when people sleep and only what never rests is on
Values = Sequence[float | None]


@dataclass(frozen=True)
class Limits:
    """Policies explanations.*: known share of a day that makes it count, accounts behind a neighbours' median, days looked at."""

    coverage_min: float = 0.9
    neighbours_min: int = 5
    span_d: int = 14


@dataclass(frozen=True)
class DayUse:
    """One civil day: kWh (None: not enough readings), base load kW at night, peak kW and its slot, known slots."""

    day: date
    kwh: float | None
    base_kw: float | None
    peak_kw: float | None
    peak_slot: int | None
    known: int


@dataclass(frozen=True)
class Picture:
    """Several days in one: mean kWh a day over those that count, the night's base load (median), the highest peak."""

    days: tuple[DayUse, ...]
    counted: int
    mean_kwh: float | None
    base_kw: float | None
    peak_kw: float | None

    @property
    def base_kwh(self) -> float | None:
        """What the base load alone makes in 24 hours, kWh."""
        return None if self.base_kw is None else self.base_kw * 24

    @property
    def base_share(self) -> float | None:
        """Share of the day's energy that the base load makes, 0..1."""
        if self.base_kwh is None or not self.mean_kwh:
            return None
        return min(1.0, self.base_kwh / self.mean_kwh)


def total(phases: Sequence[Values]) -> list[float | None]:
    """The sum of a meter's phases slot by slot; a slot that any phase misses is missing."""
    if not phases:
        return [None] * SLOTS
    return [None if any(one is None for one in slot) else sum(slot) for slot in zip(*phases, strict=True)]


def day_use(day: date, values: Values, limits: Limits) -> DayUse:
    """What one day's 96 kW say. Power fed back (negative) counts as it is."""
    known = [(value, slot) for slot, value in enumerate(values) if value is not None]
    if not known:
        return DayUse(day, None, None, None, None, 0)
    whole = len(known) >= limits.coverage_min * SLOTS
    kwh = sum(value for value, _slot in known) / 4 * SLOTS / len(known) if whole else None
    peak, slot = max(known, key=lambda pair: (pair[0], -pair[1]))
    night = [value for value in values[NIGHT] if value is not None]
    return DayUse(day, kwh, median(night) if night else None, peak, slot, len(known))


def picture_of(days: Sequence[DayUse]) -> Picture:
    """Several days together; days without enough readings don't count."""
    energies = [one.kwh for one in days if one.kwh is not None]
    bases = [one.base_kw for one in days if one.base_kw is not None]
    peaks = [one.peak_kw for one in days if one.peak_kw is not None]
    return Picture(
        days=tuple(days),
        counted=len(energies),
        mean_kwh=sum(energies) / len(energies) if energies else None,
        base_kw=median(bases) if bases else None,
        peak_kw=max(peaks, default=None),
    )


def median_of(energies: Sequence[float], least: int) -> float | None:
    """The neighbours' median kWh a day; None where fewer than `least` stand behind it: nobody may be recognised."""
    return float(median(energies)) if len(energies) >= least else None
