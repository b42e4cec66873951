"""A year of decided complaints, written as rows: what the ledger counts, without walking the road 52 times."""

from datetime import datetime, timedelta
from typing import Any

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State
from longzhong.cases.hotline.models import Case
from tests.cases.hotline.make import Hotline, category

RUDE, OFTEN = "complaint.service.hall_attitude", "complaint.quality.frequent"


def a_row(hotline: Hotline, at: datetime, **changes: Any) -> Complaint:
    """One closed complaint accepted at a moment, decided three days later; `verdict` and `final` as given."""
    given = {
        "verdict": "upheld",
        "final": "",
        "code": RUDE,
        "unit": hotline.county.station,
        "kind": "complaint",
        **changes,
    }
    number = Case.objects.count() + 1
    case = Case.objects.create(
        number=f"TS{at:%Y%m%d}{number:05}", type=given["kind"], category_id=category(given["code"]), channel="95598",
        site="urban", unit_id=given["unit"], first_asked_id=hotline.desk.staff_id, owner_id=hotline.desk.staff_id,
        state="closed", opened_at=at, closed_at=at + timedelta(days=5), area_id=given.get("area"),
    )  # fmt: skip
    decided = at + timedelta(days=3) if given["verdict"] else None
    final = given["final"] or given["verdict"]
    against = final in ("upheld", "partly")
    return Complaint.objects.create(
        case=case, kind=given["kind"], state=State.CLOSED if given["verdict"] else State.REVIEWED, category_id=case.category_id,
        unit_id=given["unit"], secrecy="open", channel="95598", verdict=given["verdict"],
        responsibility=("marketing" if given["verdict"] != "dismissed" else "customer") if given["verdict"] else "",
        root_cause=given.get("cause", "attitude") if given["verdict"] in ("upheld", "partly") else "",
        decided_at=decided, final_verdict=final, final_responsibility=("marketing" if against else "customer") if final else "",
        final_at=(at + timedelta(days=20) if given["final"] else decided),
        corrected_by="appeals.appeal:9" if given["final"] else "",
        accepted_at=at, closed_at=at + timedelta(days=5) if given["verdict"] else None,
        about_staff_id=given.get("about"), grade=given.get("grade", "general"),
    )  # fmt: skip
