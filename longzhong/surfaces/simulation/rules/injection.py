"""Choosing and measuring out faults (故障注入): which areas and meters, from which day, how strong.

A grid fault's factor is found by bisection so that its level on a usual day of the season is the wanted target; some
are only marginal, so that mild weather hides them: the report says so for each.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from longzhong.sensing.curves.rules.words import Kind
from longzhong.surfaces.simulation.rules.county import URBAN, County
from longzhong.surfaces.simulation.rules.faults import FOUND_AS, GRID_KINDS, METER_KINDS, Fault, FaultKind, strike
from longzhong.surfaces.simulation.rules.levels import LEVELS, beyond
from longzhong.surfaces.simulation.rules.loads import DayKind, Household
from longzhong.surfaces.simulation.rules.state import DayRun, Sky, State, part_of, planned, run_day, volts_of
from longzhong.surfaces.simulation.rules.weather import climate, hot_day

SHARES = {  # of the public areas, or (meters) of the areas' number
    FaultKind.OVERLOAD: 0.032,
    FaultKind.HEAVY_LOAD: 0.036,
    FaultKind.LOW_VOLTAGE: 0.048,
    FaultKind.OVER_VOLTAGE: 0.032,
    FaultKind.UNBALANCE: 0.036,
    FaultKind.NEUTRAL: 0.012,
    FaultKind.TERMINAL: 0.012,
    FaultKind.FLAT: 0.02,
    FaultKind.SPIKE: 0.02,
    FaultKind.ZERO: 0.02,
    FaultKind.NEGATIVE: 0.016,
    FaultKind.MULTIPLIER: 0.016,
    FaultKind.GAP: 0.02,
}
MARGINAL_SHARE = 0.2
BISECTIONS = 16
CHOICES, MOST_SPARE = 4, 60  # areas looked at for each grid fault; those with the fewest side effects are taken
PICKY = (  # kinds that suit few areas choose first
    FaultKind.OVER_VOLTAGE,
    FaultKind.LOW_VOLTAGE,
    FaultKind.OVERLOAD,
    FaultKind.HEAVY_LOAD,
    FaultKind.UNBALANCE,
    FaultKind.NEUTRAL,
    FaultKind.TERMINAL,
)
METER_RATIO_ERROR, AREA_RATIO_ERROR = 10.0, 60.0  # a misplaced point; the ratio applied twice


@dataclass(frozen=True, slots=True)
class Dose:
    """Wanted level (clear from, to; marginal from, to) and the range of the factor."""

    clear: tuple[float, float]
    marginal: tuple[float, float]
    factor: tuple[float, float]


DOSES: dict[FaultKind, Dose] = {
    FaultKind.OVERLOAD: Dose((1.10, 1.32), (0.98, 1.02), (0.8, 9.0)),
    FaultKind.HEAVY_LOAD: Dose((0.86, 0.94), (0.78, 0.81), (0.8, 9.0)),
    FaultKind.LOW_VOLTAGE: Dose((188.0, 194.0), (197.0, 198.5), (1.0, 16.0)),
    FaultKind.OVER_VOLTAGE: Dose((239.0, 244.0), (235.2, 236.2), (0.0, 14.0)),
    FaultKind.UNBALANCE: Dose((0.60, 0.78), (0.50, 0.54), (0.0, 1.0)),
    FaultKind.NEUTRAL: Dose((38.0, 55.0), (29.0, 33.0), (0.0, 2.5)),
}
SEASONS = {FaultKind.OVER_VOLTAGE: "sunny", FaultKind.UNBALANCE: "loaded", FaultKind.NEUTRAL: "all_year"}


def usual_day(county: County) -> Sky:
    """A common working day of the county's third week: neither hot nor mild for its season."""
    day = county.first_day + timedelta(days=14)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return Sky(day, hot_day(day, climate(day) - 0.5), DayKind(working=True))


@dataclass(frozen=True, slots=True)
class _Draw:
    """What every choice needs: the county, its loads, chance, and for how many days faults may come."""

    county: County
    homes: Household
    rng: np.random.Generator
    days: int

    def wanted(self, kind: FaultKind) -> int:
        areas = len(self.county.areas)
        return max(_least(kind, areas), round(SHARES[kind] * areas))

    def first_day(self) -> date:
        """A third of the faults are there from the beginning, the others come day by day until shortly before the end."""
        late = 0 if self.rng.random() < 0.3 else int(self.rng.integers(1, max(2, round(self.days * 0.9))))
        return self.county.first_day + timedelta(days=late)


def inject(county: County, homes: Household, days: int) -> tuple[Fault, ...]:
    """The truth table of a county for its first `days` days, the same for the same plan."""
    draw = _Draw(county, homes, np.random.default_rng(county.seed + 77), days)
    suited = _suited_areas(draw)
    faults: list[Fault] = []
    for kind in sorted((*GRID_KINDS, FaultKind.TERMINAL), key=PICKY.index):
        taken = {fault.area for fault in faults}
        faults += _in_areas(draw, kind, [area for area in suited[kind].tolist() if area not in taken])
    taken = {fault.area for fault in faults}
    for kind in METER_KINDS:
        faults += _in_meters(draw, kind, taken)
    return tuple(replace(fault, number=number + 1) for number, fault in enumerate(faults))


def _least(kind: FaultKind, areas: int) -> int:
    """A very small county has the main kinds only."""
    if areas >= 40:
        return 1
    return int(
        kind
        in (
            FaultKind.OVERLOAD,
            FaultKind.LOW_VOLTAGE,
            FaultKind.OVER_VOLTAGE,
            FaultKind.UNBALANCE,
            FaultKind.FLAT,
            FaultKind.ZERO,
        )
    )


def _suited_areas(draw: _Draw) -> dict[FaultKind, np.ndarray]:
    """Public areas suited for each kind, in a random order: roofs outside the town, unbalance and bad neutrals where load is."""
    county, rng = draw.county, draw.rng
    public = np.flatnonzero(~county.areas.dedicated)
    customers = np.bincount(county.customers.area, minlength=len(county.areas))
    run = run_day(county, planned(county), draw.homes, usual_day(county))
    load = LEVELS[Kind.HEAVY_LOAD](planned(county), run)
    open_land, loaded = public[county.areas.site[public] != URBAN], public[np.argsort(-load[public])]
    out = {kind: rng.permutation(public) for kind in FaultKind}
    small = rng.permutation(public[county.areas.kva[public] <= 315])
    return out | {
        FaultKind.OVERLOAD: small,
        FaultKind.HEAVY_LOAD: small,
        FaultKind.OVER_VOLTAGE: rng.permutation(open_land[customers[open_land] >= 20]),
        FaultKind.LOW_VOLTAGE: rng.permutation(open_land[customers[open_land] >= 16]),
        FaultKind.UNBALANCE: loaded,
        FaultKind.NEUTRAL: loaded,
    }


def _in_areas(draw: _Draw, kind: FaultKind, free: list[int]) -> list[Fault]:
    """Faults of one kind, each in an area of its own: of several areas looked at, those with the fewest side effects."""
    rng, wanted = draw.rng, draw.wanted(kind)
    areas = np.array(free[: min(wanted * CHOICES, wanted + MOST_SPARE) if kind in DOSES else wanted], int)
    if not len(areas):
        return []
    marginal = (rng.random(len(areas)) < MARGINAL_SHARE) & (wanted > 2)
    when = [draw.first_day() for _ in areas]
    if kind == FaultKind.TERMINAL:
        return [Fault(0, kind, int(a), -1, day, 1.0, 1.0, "all_year") for a, day in zip(areas, when, strict=True)]
    dose = DOSES[kind]
    targets = np.where(marginal, rng.uniform(*dose.marginal, len(areas)), rng.uniform(*dose.clear, len(areas)))
    found = _measure_out(draw, kind, areas, targets)
    best = np.sort(np.argsort(found.beside + ~_near(kind, found.reached, targets), kind="stable")[:wanted])
    season = SEASONS.get(kind, "summer" if 5 <= draw.county.first_day.month <= 9 else "winter")
    return [
        Fault(
            0,
            kind,
            int(areas[n]),
            -1,
            when[n],
            float(found.factor[n]),
            float(found.reached[n]),
            season,
            bool(marginal[n]),
        )
        for n in best
    ]


def _near(kind: FaultKind, reached: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Whether the factor's range let a fault reach its target."""
    return np.asarray(
        np.abs(reached / targets - 1.0) < (0.01 if kind in (FaultKind.LOW_VOLTAGE, FaultKind.OVER_VOLTAGE) else 0.1)
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    """Factors, the levels that they reach on a usual day, and how many other kinds of fault the area then shows beside."""

    factor: np.ndarray
    reached: np.ndarray
    beside: np.ndarray


def _measure_out(draw: _Draw, kind: FaultKind, areas: np.ndarray, targets: np.ndarray) -> _Measured:
    """Factors whose level on a usual day is the target, or as near as the range allows; all areas at once, by bisection."""
    areas, back = np.unique(areas, return_inverse=True)
    targets = targets[np.argsort(back)]
    few, state, _rows = part_of(draw.county, planned(draw.county), areas)
    here, sky = np.arange(len(areas)), usual_day(draw.county)
    volts = volts_of(draw.county, planned(draw.county), draw.homes, sky)[areas]

    def struck(factors: np.ndarray) -> tuple[State, DayRun]:
        after = strike(state, kind, here, factors)
        return after, run_day(few, after, draw.homes, sky, volts)

    low, high = (np.full(len(areas), end) for end in DOSES[kind].factor)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2.0
        level = LEVELS[kind.value](*struck(middle))
        weak = level > targets if kind == FaultKind.LOW_VOLTAGE else level < targets
        low, high = np.where(weak, middle, low), np.where(weak, high, middle)
    after, run = struck(high)
    others = [beyond(other, LEVELS[other](after, run)) for other in LEVELS if other not in FOUND_AS[kind]]
    return _Measured(high[back], LEVELS[kind.value](after, run)[back], np.sum(others, axis=0)[back])


def _in_meters(draw: _Draw, kind: FaultKind, taken: set[int]) -> list[Fault]:
    """Single-phase customers of areas without another fault, one an area; every second wrong multiplier sits in an
    area's own meter.
    """
    county, rng = draw.county, draw.rng
    open_areas = np.array([a for a in np.flatnonzero(~county.areas.dedicated) if a not in taken], int)
    out = []
    for number, area in enumerate(rng.permutation(open_areas)[: draw.wanted(kind)].tolist()):
        mine = np.flatnonzero((county.customers.area == area) & (county.customers.wiring == 1))
        own = kind == FaultKind.MULTIPLIER and number % 2 == 1
        customer = -1 if own else int(rng.choice(mine))
        factor = AREA_RATIO_ERROR if own else METER_RATIO_ERROR
        out.append(Fault(0, kind, area, customer, draw.first_day(), factor, 1.0, "all_year"))
        taken.add(area)
    return out
