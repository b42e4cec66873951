"""A complaint, report or opinion of the hotline comes under governance: with a suggested grade, unit and department."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Kind, State
from longzhong.cases.complaints.rules.grades import Criteria, Told, suggest
from longzhong.cases.complaints.services.moving import HOUSE, note, refresh_due
from longzhong.cases.complaints.services.underneath import keep_from_accused
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules import DONE
from longzhong.cases.hotline.rules.words import Grade
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies


@transaction.atomic
def accept(*, case_id: int, by: Actor, at: datetime) -> Complaint | None:
    """Begin to govern a case; the complaint that governs it already, None for other types and for what has ended."""
    case = hotline.case_of(HOUSE, case_id)
    held = selectors.of_case(case_id)
    if held is not None or case.type not in set(Kind) or case.state in DONE:
        return held
    case = hotline_services.govern(case_id=case_id, by=HOUSE, at=at)
    held = selectors.of_case(case_id)  # somebody else may have been faster while we waited for the case
    if held is not None:
        return held
    criteria = policies.limits(Criteria, "complaint", unit_id=case.unit_id, day=civil_day(at))
    grade, grounds = suggest(Told(case.content, case.channel, case.over_level), criteria)
    placed = selectors.placed_of(case.pk, at)
    row = Complaint(
        case=case, kind=case.type, state=State.ACCEPTED, grade=max(grade, Grade(case.grade), key=_rank), grounds=list(grounds),
        category_id=case.category_id, unit_id=placed.unit_id, grid_id=placed.grid_id, department_id=placed.department_id,
        about_staff_id=case.about_staff_id, about_unit_id=case.about_unit_id, secrecy=case.secrecy,
        over_level=case.over_level, channel=case.channel, accepted_at=at,
    )  # fmt: skip
    refresh_due(row=row)
    Complaint.objects.bulk_create([row])
    data = {
        "case": case.pk,
        "grade": row.grade,
        "grounds": row.grounds,
        "unit": row.unit_id,
        "department": row.department_id,
    }
    note(row=row, verb="accept", said=Said(data), by=by, at=at)
    keep_from_accused(row=row, at=at)
    return row


def _rank(grade: str) -> int:
    return list(Grade).index(Grade(grade))
