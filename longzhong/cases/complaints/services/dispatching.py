"""Grade, dispatch to the unit, its department and a handler (定级派发), give to others, send back, regrade."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Given
from longzhong.cases.complaints.rules.deciding import is_written
from longzhong.cases.complaints.rules.secrecy import quotes
from longzhong.cases.complaints.services.moving import begin, complete
from longzhong.cases.complaints.services.underneath import give, take_back
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import Grade, Secrecy
from longzhong.dispatch.matters.services import Said
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.tree import UnitKind

PLACE = ("unit", "grid", "department", "handler")


@transaction.atomic
def dispatch(*, complaint_id: int, given: Given, by: Actor, at: datetime) -> Complaint:
    """Fix the grade and who investigates; the customer's case goes to the handler. A secret matter is retold (`summary`)."""
    row, move = begin(complaint_id=complaint_id, verb="dispatch", by=by)
    _grade(row, given.grade)
    _place(row, given, at)
    fields = ["grade", *PLACE, "dispatched_at"]
    if row.secrecy != Secrecy.OPEN:
        row.summary_sealed = vault.seal(summary_of(summary=given.summary, row=row, by=by))
        fields.append("summary_sealed")
    row.dispatched_at = at
    done = complete(row=row, move=move, said=Said(_data(row)), fields=fields, by=by, at=at)
    give(row=row, at=at)
    return done


@transaction.atomic
def redispatch(*, complaint_id: int, given: Given, by: Actor, at: datetime) -> Complaint:
    """Give it to somebody else (who investigated has moved, the unit was dissolved, it was the wrong one), with the reason."""
    row, move = begin(complaint_id=complaint_id, verb="redispatch", by=by)
    reason = words_of(reason=given.reason, row=row, by=by)
    was = {"was_unit": row.unit_id, "was_handler": row.handler_id}
    _place(row, given, at)
    said = Said({**_data(row), **was}, {"reason": reason})
    done = complete(row=row, move=move, said=said, fields=PLACE, by=by, at=at)
    give(row=row, at=at)
    return done


@transaction.atomic
def refuse(*, complaint_id: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """The unit sends it back (退单): it is to be dispatched again, and so is the case."""
    row, move = begin(complaint_id=complaint_id, verb="refuse", by=by)
    words = words_of(reason=reason, row=row, by=by)
    take_back(row=row, reason=words, at=at)
    was, row.handler = row.handler_id, None
    said = Said({"was_handler": was}, {"reason": words})
    return complete(row=row, move=move, said=said, fields=("handler",), by=by, at=at)


@transaction.atomic
def regrade(*, complaint_id: int, grade: str, reason: str, by: Actor, at: datetime) -> Complaint:
    """Another grade, with the reason; where it stands doesn't change, how long it is kept does."""
    row, move = begin(complaint_id=complaint_id, verb="regrade", by=by)
    words, was = words_of(reason=reason, row=row, by=by), row.grade
    if grade == was:
        raise Refused("same_grade", _("等级没有变化；什么都没有改动。"), grade=grade)
    _grade(row, grade)
    said = Said({"was_grade": was, "grade": row.grade}, {"reason": words})
    return complete(row=row, move=move, said=said, fields=("grade",), by=by, at=at)


def words_of(*, reason: str, row: Complaint, by: Actor) -> str:
    """A decision needs words; personal data are taken out of them, and who a confidential customer is."""
    if not is_written(reason):
        raise Refused("reason_missing", _("请写明理由（至少 4 个字）；什么都没有改动。"))
    return redact(hotline.untold(by, row.case, reason.strip()))[:1000]


def _grade(row: Complaint, grade: str) -> None:
    if grade not in set(Grade):
        raise Refused("grade_unknown", _("请选择投诉等级；什么都没有改动。"), grade=grade)
    row.grade = grade


def _place(row: Complaint, given: Given, at: datetime) -> None:
    """Unit, department and handler, as far as each of them may."""
    unit, department, handler = given.unit_id, given.department_id, given.handler_id
    day = civil_day(at)
    if unit is None or not org.chain(unit, day):
        raise Refused("unit_unknown", _("请选择责任单位（现有单位）；什么都没有改动。"), unit=unit)
    if selectors.is_headed_by(row.about_staff_id, unit, at):
        raise Refused(
            "unit_headed_by_accused", _("被投诉人是这个单位的负责人，须由上级单位调查；什么都没有改动。"), unit=unit
        )
    kinds = {node.id: node.kind for node in org.tree(day, only=[department])} if department is not None else {}
    if department is None or kinds.get(department) != UnitKind.DEPARTMENT:
        raise Refused("department_unknown", _("请选择专业部门；什么都没有改动。"), department=department)
    if selectors.is_headed_by(row.about_staff_id, department, at):
        text = _("被投诉人是这个部门的负责人，须由其他部门或上级公司的部门审核；什么都没有改动。")
        raise Refused("department_headed_by_accused", text, department=department)
    if handler is None or handler == row.about_staff_id:
        raise Refused("handler_accused", _("请选择调查人；被投诉人不能经办。什么都没有改动。"), handler=handler)
    if not selectors.may_handle(handler, row, unit, at):
        raise Refused("handler_not_there", _("调查人不在责任单位在岗；什么都没有改动。"), handler=handler, unit=unit)
    row.grid_id = row.grid_id if unit == row.unit_id == row.case.unit_id else None
    row.unit_id, row.department_id, row.handler_id = unit, department, handler


def summary_of(*, summary: str, row: Complaint, by: Actor) -> str:
    """A retelling as it may be kept: written, and no quotation."""
    text = redact(hotline.untold(by, row.case, summary.strip()))
    if not is_written(text):
        raise Refused("summary_missing", _("客户要求保密或匿名：请用自己的话转述投诉内容；什么都没有改动。"))
    if quotes(text, row.case.content):
        raise Refused("summary_quotes", _("转述里有客户的原话，可能暴露客户；请改用自己的话。什么都没有改动。"))
    return text[:1000]


def _data(row: Complaint) -> dict[str, object]:
    return {
        "grade": row.grade, "unit": row.unit_id, "department": row.department_id, "handler": row.handler_id,
        "round": row.round,
    }  # fmt: skip
