"""Filings to test with, built through the services: the station files, the office accepts, the department audits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.filings import services
from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import Asked, Kind, State
from longzhong.cases.filings.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline
from tests.dispatch.matters.pictures import jpeg

HOUR, DAYS = timedelta(hours=1), timedelta(days=1)
GROUNDS = "气象台发布大风橙色预警，预计线路多处跳闸。"


def paper() -> Upload:
    return Upload("document", "大风预警.jpg", jpeg())


def county_units(hotline: Hotline) -> tuple[int, ...]:
    return (hotline.county.county, hotline.county.station, hotline.county.other_station)


def dept(hotline: Hotline) -> Actor:
    return hotline.county.actor("crew", "dept", units=county_units(hotline))


def leader(hotline: Hotline) -> Actor:
    return hotline.county.actor("boss", "leader", units=county_units(hotline))


def asked(**changes: Any) -> Asked:
    """A storm over area A1, from two hours after MORNING for a day."""
    given = {
        "kind": Kind.STORM.value, "title": "大风", "grounds": GROUNDS, "begins_at": MORNING + 2 * HOUR,
        "ends_at": MORNING + 2 * HOUR + DAYS, "areas": ("A1",),
    }  # fmt: skip
    return Asked(**{**given, **changes})


def drafted(hotline: Hotline, *, by: Actor | None = None, uploads: Any = None, **changes: Any) -> Filing:
    who = by or hotline.head
    papers = [paper()] if uploads is None else uploads
    return services.draft(
        unit_id=hotline.county.station, asked=asked(**changes), uploads=papers, by=who, at=MORNING + HOUR
    )


def in_state(hotline: Hotline, state: State, **changes: Any) -> Filing:
    """A filing that came to a state by everybody's steps."""
    row = drafted(hotline, **changes)
    when = MORNING + HOUR
    if state != State.DRAFT:
        services.submit(filing_id=row.pk, by=hotline.head, at=when)
    if state in (State.ACCEPTED, State.EXPIRED, State.TRUE, State.MISUSED):
        services.accept(filing_id=row.pk, by=hotline.quality, at=when)
    after = row.ends_at + HOUR
    if state in (State.EXPIRED, State.TRUE, State.MISUSED):
        services.expire_due(by=SYSTEM, at=after)
    if state == State.TRUE:
        services.confirm(filing_id=row.pk, reason="与气象记录一致", by=dept(hotline), at=after)
    if state == State.MISUSED:
        services.find_misused(filing_id=row.pk, months=2, reason="并无大风", by=dept(hotline), at=after)
    row.refresh_from_db()
    return row


def storm(hotline: Hotline, *areas: str) -> None:
    """A confirmed fault on each of these areas."""
    for code in areas:
        report = NewReport(devices=Devices(areas=(hotline.areas[code],)), confirmed=True)
        outages.report_outage(report=report, by=SYSTEM, at=MORNING)


def refused(code: str, act: Callable[..., Any], **given: Any) -> Refused:
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.code == code
    return error.value
