"""Making a healthy county (规划): everything sized for a hot clear day, so that what is abnormal later was injected.

Transformers carry at most DESIGN_LOAD of their rating for two hours, the last customer of a line keeps LEAST_VOLTS,
roofs stay below MOST_VOLTS; thin wires are replaced by thicker ones until they do.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from longzhong.surfaces.simulation.rules import layout, wiring
from longzhong.surfaces.simulation.rules.conductors import OHMS_PER_KM, Wire, next_size
from longzhong.surfaces.simulation.rules.county import URBAN, Areas, County, Size, Street
from longzhong.surfaces.simulation.rules.levels import sustained
from longzhong.surfaces.simulation.rules.loads import DayKind, Household, draw
from longzhong.surfaces.simulation.rules.state import DayRun, Sky, planned, run_day
from longzhong.surfaces.simulation.rules.weather import hot_day

DESIGN_LOAD, LEAST_VOLTS, MOST_VOLTS = 0.62, 208.0, 233.5
USUAL_TAP = 0.025
SUSTAINED = 8  # slots of 15 minutes: two hours
THICKER = {
    Wire.AERIAL_70: Wire.AERIAL_120,
    Wire.AERIAL_120: Wire.AERIAL_240,
    Wire.CABLE_95: Wire.CABLE_150,
    Wire.CABLE_150: Wire.CABLE_240,
}


def design_day(first_day: date) -> date:
    """A summer working day for the layout, whatever season the county begins in."""
    return date(first_day.year, 7, 15)


def build_county(seed: int, size: Size, streets: tuple[Street, ...], homes: Household, first_day: date) -> County:
    """The plan of a county; the same arguments give the same county."""
    rng = np.random.default_rng(seed)
    stations = layout.stations_of(streets, size.areas)
    street = layout.streets_of_areas(streets, stations, size.areas)
    site, village, lat, lon = layout.place_areas(rng, streets, street)
    cells, cell = layout.cells_of(stations, street, lat, lon)
    medium, section = layout.medium_voltage(rng, stations, lat, lon)
    dedicated = wiring.dedicated_areas(rng, size.customers, size.areas)
    count = wiring.customers_per_area(rng, size.customers, site, dedicated)
    customers, rows = wiring.settle(rng, count, site, dedicated)
    lines = wiring.string_lines(rng, count, site)
    grid = wiring.hang(rng, lines, rows, customers, wiring.share_phases(rows, customers, rng))
    areas = Areas(
        code=tuple(f"A{seed % 100:02d}{number + 1:05d}" for number in range(size.areas)),
        name=layout.area_names(streets, street, village),
        kva=np.full(size.areas, 200), dyn11=(site == URBAN) | (rng.random(size.areas) < 0.6), site=site, section=section,
        street=street, village=village, cell=cell, lat=lat, lon=lon, dedicated=dedicated, tap=np.full(size.areas, USUAL_TAP),
    )  # fmt: skip
    county = County(
        seed, size, first_day, streets, stations, cells, medium.substations, medium.feeders, medium.sections,
        areas, customers, rows, grid, lines.length, lines.wire,
    )  # fmt: skip
    return _heal_lines(_rate_transformers(county, homes), homes)


def design_run(county: County, homes: Household) -> DayRun:
    """The hot clear day on the plan."""
    day = design_day(county.first_day)
    return run_day(county, planned(county), homes, Sky(day, hot_day(day), DayKind(working=True)))


def _rate_transformers(county: County, homes: Household) -> County:
    """The next standard size above the two-hour peak of the hot day over DESIGN_LOAD."""
    day = design_day(county.first_day)
    p, q = draw(county.seed, day.toordinal(), county.rows, homes, hot_day(day), DayKind(working=True))
    starts = county.grid.row_start[:-1]
    peak = sustained(np.hypot(np.add.reduceat(p, starts, axis=0), np.add.reduceat(q, starts, axis=0)), SUSTAINED)
    kva = np.array([next_size(one) for one in 1.04 * peak / DESIGN_LOAD])
    return replace(county, areas=replace(county.areas, kva=kva))


def _heal_lines(county: County, homes: Household, passes: int = 6) -> County:
    """Thicker wires, at last shorter lines, where the hot day finds a voltage near a limit."""
    for turn in range(passes):
        run = design_run(county, homes)
        starts = county.grid.row_start[:-1]
        low = np.minimum.reduceat(sustained(run.solved.row_u, 4, low=True), starts) < LEAST_VOLTS
        high = np.maximum.reduceat(sustained(run.solved.row_u, 4), starts) > MOST_VOLTS
        sick = low | high
        if not sick.any():
            break
        node_area = np.repeat(np.arange(len(county.areas)), np.diff(county.grid.node_start))
        bad = sick[node_area]
        wire = np.array(
            [THICKER.get(Wire(one), one) if here else one for one, here in zip(county.wire, bad, strict=True)]
        )
        length = np.where(bad & (turn >= 1), 0.8 * county.length, county.length)
        ohms = np.array(OHMS_PER_KM)[wire] * length / 1000.0
        county = replace(county, wire=wire, length=length, grid=replace(county.grid, zp=ohms, zn=ohms.copy()))
    return county
