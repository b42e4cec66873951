"""Reports to test with: of an upheld complaint, born by its fact; `PARTS` is a whole text."""

from datetime import timedelta
from typing import Any

from longzhong.cases.analyses import selectors, services
from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import Part
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from tests.cases.complaints.make import people, someone, upheld
from tests.cases.hotline.make import MORNING, Hotline

HOUSE = Actor.machine("tests")
LATER = MORNING + timedelta(hours=4)
DAY = timedelta(days=1)
PARTS = {part.value: f"{part.value}：核对后的内容" for part in Part}


def a_report(hotline: Hotline, **changes: Any) -> Report:
    """The report that policy asks for of an upheld complaint; every fact heard twice."""
    complaint = upheld(hotline, **changes)
    outbox.deliver_all(twice=True)
    return Report.objects.get(complaint=complaint.pk)


def writer(hotline: Hotline) -> Actor:
    return people(hotline).dept


def submitted(hotline: Hotline) -> Report:
    row, who = a_report(hotline), writer(hotline)
    services.edit(report_id=row.pk, parts=PARTS, base=1, by=who, at=LATER)
    services.submit(report_id=row.pk, by=who, at=LATER)
    row.refresh_from_db()
    return row


def boss(hotline: Hotline) -> Actor:
    """A leader over the county and its stations."""
    people(hotline)
    county = hotline.county
    return someone("boss", "leader", (county.county, county.station, county.other_station))


def parts_of(row: Report) -> dict[str, str]:
    return dict(selectors.versions(row)[0].parts)
