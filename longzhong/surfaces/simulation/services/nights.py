"""One night: what the collection system got of the day goes into the lake, and the scan by which the alerts awake."""

from datetime import date, datetime, timedelta

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.sensing.curves import services as curves
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.rules.metering import Readings
from longzhong.surfaces.simulation.rules.tables import area_table, customer_table
from longzhong.surfaces.simulation.selectors.worlds import World, late_readings, readings_of

COLLECTOR = Actor.machine("simulation.collection")
DELIVERED = timedelta(days=1, hours=2, minutes=30)  # after midnight, when the head end has asked all meters


def deliver_night(*, world: World, day: date, at: datetime, by: Actor = COLLECTOR) -> None:
    """Deliver a day's curves (and what was late of the day before), scan, and let everybody hear of it."""
    readings, late = readings_of(world, day), late_readings(world, day - timedelta(days=1))
    if late is not None:
        _keep(world.county, late, True, by, at)
        _scan(late.day, by, at)
    _keep(world.county, readings, False, by, at)
    _scan(day, by, at)
    deliver_all()


def delivered_at(*, day: date) -> datetime:
    """When a day's curves are in."""
    return clock.day_start(day) + DELIVERED


def _scan(day: date, by: Actor, at: datetime) -> None:
    """Judge a day; a day of which nothing arrived isn't judged."""
    try:
        curves.scan_day(day=day, by=by, at=at)
    except Refused as refusal:
        if refusal.code != "no_curves_of_day":
            raise


def _keep(county: County, readings: Readings, late: bool, by: Actor, at: datetime) -> None:
    """Put the rows that came in time (or the late ones) into the lake."""
    for kind, table in (
        ("customer", customer_table(county, readings, readings.late == late)),
        ("area", area_table(county, readings, readings.area_late == late)),
    ):
        if table.num_rows:
            curves.keep_readings(kind=kind, table=table, received_at=at, by=by, at=at)
