"""Outages of the demo county: works that are planned a week ahead, and faults that last an hour or two, through public services."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages import services as outage_services
from longzhong.sensing.outages.rules import Devices, Kind, NewPlan, NewReport
from longzhong.surfaces.simulation.rules.callers import Dark, darks
from longzhong.surfaces.simulation.rules.county import County

BUILDER = Actor.machine("simulation.darkness")
Deed = Callable[[datetime], None]


def deeds(county: County, since: datetime, until: datetime) -> Iterator[tuple[datetime, Deed]]:
    """What happens to the network between two moments of a day: plans told, outages begun, power back."""
    day = day_start(civil_day(since))
    for dark in darks(county.seed, len(county.areas), day):
        wanted = (
            (dark.told_at, lambda at, dark=dark: _tell(county, dark, at)),
            (dark.begins_at, lambda at, dark=dark: _begin(county, dark, at)),
            (dark.ends_at, lambda at, dark=dark: _end(dark, at)),
        )
        yield from ((at, deed) for at, deed in wanted if since < at <= until)


def _area(county: County, dark: Dark) -> int:
    code = county.areas.code[dark.area]
    return network.area_ids([code])[code]


def _tell(county: County, dark: Dark, at: datetime) -> None:
    if not dark.planned:
        return
    plan = NewPlan(
        kind=Kind.PLANNED, starts_at=dark.begins_at, ends_at=dark.ends_at, reason_code="maintenance",
        reason="台区设备检修", devices=Devices(areas=(_area(county, dark),)), source=dark.source,
    )  # fmt: skip
    outage_services.plan_outage(plan=plan, by=BUILDER, at=at)


def _begin(county: County, dark: Dark, at: datetime) -> None:
    if dark.planned:
        for one, _number, _state in outages.outages_of_source(dark.source):
            outage_services.start(outage_id=one, by=BUILDER, at=at)
        return
    report = NewReport(
        reason_code="unknown", reason="台区低压总开关跳闸", devices=Devices(areas=(_area(county, dark),)), source=dark.source,
        expected_end_at=dark.ends_at + timedelta(minutes=20), confirmed=True,
    )  # fmt: skip
    outage_services.report_outage(report=report, by=BUILDER, at=at)


def _end(dark: Dark, at: datetime) -> None:
    for one, _number, _state in outages.outages_of_source(dark.source):
        outage_services.restore(outage_id=one, by=BUILDER, at=at)


def quietly(deed: Deed, at: datetime) -> None:
    """Do it, unless somebody in the browser did it, or something else explains that area, already."""
    try:
        deed(at)
    except Refused:
        return
