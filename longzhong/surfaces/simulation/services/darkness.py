"""Outages of the demo county: works that are planned a week ahead, and faults that last an hour or two, through public services."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from longzhong.dispatch.notifications import services as notifications
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.sensing.announcements import services as announcements
from longzhong.sensing.announcements.rules import Audience, NewTelling, Tale
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages import services as outage_services
from longzhong.sensing.outages.rules import OUT, Devices, Kind, NewPlan, NewReport
from longzhong.surfaces.simulation.rules.callers import Dark, darks
from longzhong.surfaces.simulation.rules.county import County

BUILDER = Actor.machine("simulation.darkness")
TIDIED, STORM = (12, 20), timedelta(hours=3)
Deed = Callable[[datetime], None]


def deeds(county: County, since: datetime, until: datetime) -> Iterator[tuple[datetime, Deed]]:
    """What happens to the network between two moments of a day: plans told, outages begun, power back."""
    day = day_start(civil_day(since))
    yield from ((at, tidy) for hour in TIDIED if since < (at := day + timedelta(hours=hour)) <= until)
    for dark in darks(county.seed, len(county.areas), day):
        wanted = (
            (dark.told_at, lambda at, dark=dark: _tell(county, dark, at)),
            (dark.begins_at, lambda at, dark=dark: _begin(county, dark, at)),
            (dark.ends_at, lambda at, dark=dark: _end(dark, at)),
        )
        yield from ((at, deed) for at, deed in wanted if since < at <= until)


def tidy(at: datetime) -> None:
    """A storm's outages end some hours later, whether or not anybody in the browser looked after them."""
    rows = outages.visible_to(BUILDER).filter(state__in=OUT, source__startswith="troubles.", started_at__lt=at - STORM)
    for one in rows.order_by("id").values_list("pk", flat=True):
        outage_services.restore(outage_id=one, by=BUILDER, at=at)


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
    _announce(outage_services.plan_outage(plan=plan, by=BUILDER, at=at), at)


def _announce(outage_id: int, at: datetime) -> None:
    """Everybody concerned hears of a plan: notices for the portal go out, papers and postings become errands."""
    telling = NewTelling(outage_id=outage_id, tale=Tale.PLAN, audiences=tuple(Audience), channels=("portal",))
    row = announcements.open_round(telling=telling, by=BUILDER, at=at)
    announcements.fill_rounds(by=BUILDER, at=at)
    if row.notice_id is not None:
        notifications.queue_notice(notice_id=row.notice_id, by=BUILDER, at=at)


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
