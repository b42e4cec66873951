"""The county on a day: what is wrong in it, what was mended, and what its meters tell."""

from dataclasses import dataclass
from datetime import date

from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.gateways.material import households
from longzhong.surfaces.simulation.models import Seed
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.rules.faults import Fault, Repair, state_on
from longzhong.surfaces.simulation.rules.loads import DayKind
from longzhong.surfaces.simulation.rules.metering import LATE_EVERY, Readings, collect
from longzhong.surfaces.simulation.rules.state import Sky, run_day
from longzhong.surfaces.simulation.rules.weather import weather_on
from longzhong.surfaces.simulation.selectors.county import county_of, repairs_of, truth_of


@dataclass(frozen=True, slots=True)
class World:
    """The county with what is wrong in it and what was mended, as of now."""

    county: County
    faults: tuple[Fault, ...]
    repairs: tuple[Repair, ...]


def world_of(row: Seed) -> World:
    """The county as it stands in the database now."""
    county = county_of(row)
    return World(county, truth_of(county), repairs_of(county))


def day_kind(day: date) -> DayKind:
    """The working calendar's word on a day; a free weekday is a holiday."""
    working = org.calendar().assuming().is_working(day)
    return DayKind(working, holiday=not working and day.weekday() < 5)


def sky_on(county: County, day: date) -> Sky:
    """Weather and calendar of a day."""
    return Sky(day, weather_on(county.seed, day), day_kind(day))


def readings_of(world: World, day: date) -> Readings:
    """What the meters of the county tell of a day."""
    county = world.county
    state = state_on(county, world.faults, world.repairs, day)
    run = run_day(county, state, households(), sky_on(county, day))
    return collect(county, state, run, world.faults, world.repairs)


def late_readings(world: World, day: date) -> Readings | None:
    """A day of which something arrives later; None: nothing does."""
    if day < world.county.first_day or day.toordinal() % LATE_EVERY:
        return None
    readings = readings_of(world, day)
    return readings if readings.late.any() or readings.area_late.any() else None
