"""Name whom a complaint is about (指明被投诉人) once it is known: customers seldom know names; from then on they are kept out."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State
from longzhong.cases.complaints.services.dispatching import words_of
from longzhong.cases.complaints.services.moving import HOUSE, begin, complete
from longzhong.cases.complaints.services.underneath import keep_from_accused
from longzhong.cases.hotline import services as hotline
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org

ABOUT = ("about_staff", "unit", "grid", "department")


@transaction.atomic
def name(*, complaint_id: int, about_id: int | None, reason: str, by: Actor, at: datetime) -> Complaint:
    """Whom it is about, or whom instead of somebody else, and how that is known.

    What they did in the present investigation doesn't stand: it is given to others or returned before they are named. A unit that
    they head doesn't investigate: what isn't dispatched goes above it, what is has to be dispatched anew.
    """
    row, move = begin(complaint_id=complaint_id, verb="name", by=by)
    words, was = words_of(reason=reason, row=row, by=by), row.about_staff_id
    if about_id is None or about_id == was or not org.staff_names([about_id]):
        raise Refused(
            "respondent_unknown", _("请选择被投诉人（在册人员，与现在的不同）；什么都没有改动。"), staff=about_id
        )
    if about_id in selectors.took_part(row):
        text = _("此人正在经办，或写了单位回复、做了专业审核；请先改派或退回给别人办理，再指明。什么都没有改动。")
        raise Refused("respondent_took_part", text, staff=about_id)
    _keep_clear(row, about_id, at)
    row.about_staff_id = about_id
    hotline.point_at(case_id=row.case_id, staff_id=about_id, by=HOUSE, at=at)
    said = Said({"about": about_id, "was_about": was}, {"reason": words})
    done = complete(row=row, move=move, said=said, fields=ABOUT, by=by, at=at)
    keep_from_accused(row=row, at=at)
    return done


def _keep_clear(row: Complaint, about_id: int, at: datetime) -> None:
    """Neither by the unit nor by the department that they head."""
    closed = selectors.closed_to(about_id, at)
    if row.state != State.ACCEPTED and row.unit_id in closed:
        text = _("被投诉人是责任单位的负责人，请先退回并改派给上级单位，再指明；什么都没有改动。")
        raise Refused("unit_headed_by_accused", text, unit=row.unit_id)
    if row.state != State.ACCEPTED and row.department_id in closed:
        text = _("被投诉人是专业部门的负责人，请先退回并改派给其他部门审核，再指明；什么都没有改动。")
        raise Refused("department_headed_by_accused", text, department=row.department_id)
    if row.unit_id in closed:
        row.unit_id, row.grid_id = selectors.free_of(about_id, row.unit_id, at), None
    if row.department_id in closed:
        row.department_id = None
