"""Appeals to test with, through the services: the unit drafts and seals, the office seats a panel, the panel votes.

`drafted(hotline, complaint)`, `ready` (sealed, scanned), `submitted`, `sitting`, `judged(…, votes)`; each from the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from longzhong.cases.appeals import services
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import Ask, Choice, Ground, Part, Request
from longzhong.cases.complaints.models import Complaint
from longzhong.dispatch.matters.services import Upload
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from tests.cases.complaints.make import people, someone
from tests.cases.hotline.make import LONG_AGO, SYSTEM, Hotline
from tests.dispatch.matters.pictures import jpeg

HOUR = timedelta(hours=1)
BASIS = "录像显示服务规范，客户已书面说明系误会"
REQUEST = Request((Ground.CUSTOMER,), Ask.DISMISSED, "customer", BASIS)
FIRST_PANEL, FINAL_PANEL = ("mark2", "office2", "boss"), ("mark3", "office3", "boss2")
ROLES = {"mark2": "dept", "mark3": "dept", "office2": "quality", "office3": "quality", "boss": "leader", "boss2": "leader",
         "chief": "leader"}  # fmt: skip
SEALERS = {Part.UNIT: "head", Part.DEPARTMENT: "mark", Part.QUALITY: "office"}
WORDS = "采信录像和客户的书面说明"


@dataclass(frozen=True)
class Bench:
    """A hotline's county with the people of two panels; `as_(code)` is somebody in their role over the county."""

    hotline: Hotline

    @property
    def head(self) -> Actor:
        return self.hotline.head

    @property
    def office(self) -> Actor:
        return people(self.hotline).office

    def as_(self, code: str, role: str = "") -> Actor:
        county, department = self.hotline.county, people(self.hotline).department
        units = (department,) if ROLES.get(code) == "dept" else (county.county, county.station, department)
        return someone(code, role or ROLES[code], units)


def bench(hotline: Hotline) -> Bench:
    """Two panels' worth of people; made once."""
    people(hotline)
    if not org.staff_ids(["mark3"]):
        rows = (
            StaffRow("mark3", "冯营销", "13800000031", "YX", "专责", "dept"),
            StaffRow("office3", "卫优服", "13800000032", "YF", "优服专责", "quality"),
            StaffRow("boss2", "蒋经理", "13800000033", "CO", "分管领导", "leader"),
        )
        org_services.keep_staff(rows=rows, by=SYSTEM, at=LONG_AGO)
    return Bench(hotline)


def ids(*codes: str) -> list[int]:
    found = org.staff_ids(codes)
    return [found[code] for code in codes]


def scan() -> Upload:
    return Upload("document", "盖章件.jpg", jpeg())


def after(complaint: Complaint) -> datetime:
    """An hour after the decision."""
    complaint.refresh_from_db()
    assert complaint.decided_at is not None
    return complaint.decided_at + HOUR


def drafted(
    hotline: Hotline, complaint: Complaint, at: datetime | None = None, request: Request = REQUEST, **changes: Any
) -> Appeal:
    by = changes.pop("by", bench(hotline).head)
    return services.draft(complaint_id=complaint.pk, request=request, by=by, at=at or after(complaint), **changes)


def ready(hotline: Hotline, complaint: Complaint, at: datetime | None = None, request: Request = REQUEST) -> Appeal:
    """Sealed three times on the day of the decision or later, with a scan."""
    when = at or after(complaint)
    row, by = drafted(hotline, complaint, when, request), bench(hotline).head
    sealed(row, civil_day(when), by, when)
    services.attach(appeal_id=row.pk, uploads=[scan()], scan=True, by=by, at=when)
    return row


def sealed(row: Appeal, on: date, by: Actor, at: datetime) -> None:
    for part, code in SEALERS.items():
        services.seal(appeal_id=row.pk, part=part, staff_id=ids(code)[0], on=on, by=by, at=at)


def submitted(hotline: Hotline, complaint: Complaint, at: datetime | None = None, request: Request = REQUEST) -> Appeal:
    when = at or after(complaint)
    row = ready(hotline, complaint, when, request)
    return services.submit(appeal_id=row.pk, by=bench(hotline).head, at=when + HOUR)


def sitting(
    hotline: Hotline, complaint: Complaint, at: datetime | None = None, request: Request = REQUEST,
    panel: Sequence[str] = FIRST_PANEL,
) -> Appeal:  # fmt: skip
    when = at or after(complaint)
    row = submitted(hotline, complaint, when, request)
    return services.seat(appeal_id=row.pk, members=ids(*panel), by=bench(hotline).office, at=when + 2 * HOUR)


def voted(hotline: Hotline, row: Appeal, votes: Sequence[Choice], panel: Sequence[str], at: datetime) -> None:
    for code, choice in zip(panel, votes, strict=True):
        services.vote(appeal_id=row.pk, choice=choice, reason="依据充分可信", by=bench(hotline).as_(code), at=at)


def judged(
    hotline: Hotline, complaint: Complaint, votes: Sequence[Choice], at: datetime | None = None,
    panel: Sequence[str] = FIRST_PANEL, **result: str,
) -> Appeal:  # fmt: skip
    """The whole road; the facts of it are heard twice."""
    when = at or after(complaint)
    request = Request(REQUEST.grounds, REQUEST.ask, REQUEST.responsibility, BASIS)
    row = sitting(hotline, complaint, when, request, panel)
    voted(hotline, row, votes, panel, when + 3 * HOUR)
    counted = sorted(votes, key=list(Choice).index)[len(votes) // 2]
    verb = {Choice.ALLOWED: "allow", Choice.PARTLY: "allow_partly", Choice.REFUSED: "refuse"}[counted]
    services.conclude(
        appeal_id=row.pk, verb=verb, conclusion=WORDS, by=bench(hotline).office, at=when + 4 * HOUR, **result
    )
    outbox.deliver_all(twice=True)
    row.refresh_from_db()
    complaint.refresh_from_db()
    return row
