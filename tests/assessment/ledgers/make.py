"""A year of decided complaints, written as rows: what the ledger counts, without walking the road 52 times."""

from datetime import datetime, timedelta
from typing import Any

from longzhong.cases.complaints.models import Complaint, Decision
from longzhong.cases.complaints.rules import State
from longzhong.cases.hotline.models import Case
from longzhong.kit.clock import CST
from longzhong.sensing.restorations.models import WeatherNote
from tests.cases.hotline.make import Hotline, category

RUDE, OFTEN = "complaint.service.hall_attitude", "complaint.quality.frequent"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def on(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CST)


def a_row(hotline: Hotline, at: datetime, **changes: Any) -> Complaint:
    """One closed complaint accepted at a moment, decided three days later; `verdict` and `final` (twenty days later) as given, and
    its decisions as the services write them.
    """
    given = {
        "verdict": "upheld",
        "final": "",
        "code": RUDE,
        "unit": hotline.county.station,
        "kind": "complaint",
        "secrecy": "open",
        "channel": "95598",
        **changes,
    }
    number = Case.objects.count() + 1
    case = Case.objects.create(
        number=f"TS{at:%Y%m%d}{number:05}", type=given["kind"], category_id=category(given["code"]), channel=given["channel"],
        site="urban", unit_id=given["unit"], first_asked_id=hotline.desk.staff_id, owner_id=hotline.desk.staff_id,
        state="closed", opened_at=at, closed_at=at + timedelta(days=5), area_id=given.get("area"),
    )  # fmt: skip
    decided = at + timedelta(days=3) if given["verdict"] else None
    final = given["final"] or given["verdict"]
    against = final in ("upheld", "partly")
    row = Complaint.objects.create(
        case=case, kind=given["kind"], category_id=case.category_id, unit_id=given["unit"], secrecy=given["secrecy"],
        state=given.get("state") or (State.CLOSED if given["verdict"] else State.REVIEWED), channel=given["channel"],
        verdict=given["verdict"], department_id=given.get("department"),
        responsibility=("marketing" if given["verdict"] != "dismissed" else "customer") if given["verdict"] else "",
        root_cause=given.get("cause", "attitude") if given["verdict"] in ("upheld", "partly") else "",
        decided_at=decided, final_verdict=final, final_responsibility=("marketing" if against else "customer") if final else "",
        final_at=(at + timedelta(days=20) if given["final"] else decided),
        corrected_by="appeals.appeal:9" if given["final"] else "",
        accepted_at=at, closed_at=at + timedelta(days=5), about_staff_id=given.get("about"), grade=given.get("grade", "general"),
    )  # fmt: skip
    _decisions(row)
    return row


def _decisions(row: Complaint) -> None:
    given = [(row.verdict, row.responsibility, row.decided_at, "")] if row.verdict else []
    if row.corrected_by:
        given.append((row.final_verdict, row.final_responsibility, row.final_at, row.corrected_by))
    Decision.objects.bulk_create(
        Decision(
            complaint=row, number=number, verdict=verdict, responsibility=responsibility, at=at, appeal=appeal, basis_sealed="x",
            root_cause=row.root_cause if verdict != "dismissed" else "",
        )
        for number, (verdict, responsibility, at, appeal) in enumerate(given, start=1)
    )  # fmt: skip


def a_mixed_june(hotline: Hotline) -> None:
    """June 2027 with all that is awkward, a few of June 2026, and what lies a moment outside."""
    county, staff = hotline.county, list(hotline.county.staff.values())
    for number in range(36):
        a_row(
            hotline, on(2027, 6, 1 + number % 29, number % 24), verdict=("upheld", "dismissed", "partly", "")[number % 4],
            final="dismissed" if number % 8 == 0 else "", cause=("attitude", "supply", "temper")[number % 3],
            code=(RUDE, OFTEN, "complaint.business.connection_late")[number % 3] if number % 11 else RUDE,
            unit=(county.station, county.other_station, county.county)[number % 3], channel=("95598", "12398", "hall")[number % 3],
            department=county.county if number % 4 else None, about=staff[number % 5] if number % 5 else None,
            area=hotline.areas[f"A{1 + number % 2}"] if number % 3 else None, grade=("general", "important", "major")[number % 3],
            secrecy="confidential" if number % 7 == 0 else "open", state=State.WITHDRAWN if number % 12 == 3 else "",
        )  # fmt: skip
    a_row(hotline, on(2027, 6, 1, 0))
    a_row(hotline, on(2027, 7, 1, 0) - timedelta(microseconds=1), area=hotline.areas["A1"])
    for outside in (on(2027, 6, 1, 0) - timedelta(microseconds=1), on(2027, 7, 1, 0)):
        a_row(hotline, outside, grade="special")
    a_row(hotline, on(2027, 6, 9), kind="report")
    a_row(hotline, on(2027, 6, 9), state=State.VOID, verdict="")
    for number in range(7):
        a_row(hotline, on(2026, 6, 2 + 4 * number), code=OFTEN, final="dismissed" if number == 3 else "")
    for kind, unit, day in (("thunder", county.county, 3), ("wind", county.station, 3), ("rain", county.county, 20)):
        at = on(2027, 6, day, 0)
        WeatherNote.objects.create(unit_id=unit, kind=kind, starts_at=at, ends_at=at + 9 * DAY, noted_at=at)
