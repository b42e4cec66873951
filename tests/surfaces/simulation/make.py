"""Builders of small simulated counties and random feeders."""

import hashlib
from datetime import date, timedelta
from functools import cache

import numpy as np

from longzhong.surfaces.simulation.gateways.material import households, streets
from longzhong.surfaces.simulation.rules.county import County, Size
from longzhong.surfaces.simulation.rules.design import build_county
from longzhong.surfaces.simulation.rules.faults import Fault, Repair, state_on
from longzhong.surfaces.simulation.rules.flow import Grid
from longzhong.surfaces.simulation.rules.injection import inject
from longzhong.surfaces.simulation.rules.loads import DayKind
from longzhong.surfaces.simulation.rules.metering import Readings, collect
from longzhong.surfaces.simulation.rules.state import DayRun, Sky, State, run_day
from longzhong.surfaces.simulation.rules.weather import weather_on

FIRST_DAY = date(2026, 8, 6)


@cache
def county(seed: int = 11, customers: int = 4000, areas: int = 60) -> County:
    return build_county(seed, Size(customers, areas), streets(), households(), FIRST_DAY)


@cache
def truth(seed: int = 11) -> tuple[Fault, ...]:
    return inject(county(seed), households(), 20)


def day_of(
    plan: County, faults: tuple[Fault, ...], repairs: tuple[Repair, ...], day: date, sky: Sky | None = None
) -> tuple[State, DayRun, Readings]:
    """One day of a county: its state, what was true, and what its meters told."""
    state = state_on(plan, faults, repairs, day)
    run = run_day(plan, state, households(), sky or sky_of(plan, day))
    return state, run, collect(plan, state, run, faults, repairs)


def sky_of(plan: County, day: date) -> Sky:
    return Sky(day, weather_on(plan.seed, day), DayKind(day.weekday() < 5))


def fingerprint(readings: Readings) -> str:
    """A hash of everything that a day's meters told."""
    parts = (readings.u, readings.p, readings.area_u, readings.area_i, readings.area_p, readings.area_q)
    return hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in parts)).hexdigest()


def after(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)


def feeder(rng: np.random.Generator, nodes: int, rows: int) -> Grid:
    """One area: a transformer and a random tree of overhead lines with single-phase services."""
    parent = np.array([-1] + [int(rng.integers(max(0, n - 4), n)) for n in range(1, nodes)])
    metres = rng.uniform(15, 45, nodes)
    zp, zn = (0.443 + 0.31j) * metres / 1000, (0.641 + 0.32j) * metres / 1000
    zp[0], zn[0] = 0.0104 + 0.0303j, rng.choice([0.0, 0.02]) * (1 + 2j)
    node, phase = rng.integers(1, nodes, rows), rng.integers(0, 3, rows)
    service = 2 * (1.15 + 0.085j) * rng.uniform(5, 25, rows) / 1000
    return Grid(np.array([0, nodes]), parent, zp, zn, np.array([0, rows]), node, phase, service)
