"""Approve level by level: whoever holds the level's role over the unit, never the drafter, never the same person twice."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.models import Approval, FinalAnswer
from longzhong.cases.finals.rules import MACHINE
from longzhong.cases.finals.services.moving import begin, complete
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused


@transaction.atomic
def approve(*, final_id: int, note: str = "", by: Actor, at: datetime) -> FinalAnswer:
    """Consent at the level whose turn it is; the last one approves and gives the filing number (ZD…)."""
    row, _move = begin(final_id=final_id, verb="endorse", by=by)
    role, staff_id = _own_turn(row, by)
    Approval.objects.create(final=row, position=row.position, role=role, staff_id=staff_id, at=at)
    row.position += 1
    last = row.position >= len(row.chain)
    if last:
        row.number, row.approved_at = f"ZD{civil_day(at):%Y%m%d}{row.pk:06}", at
    move = MACHINE.move("approve" if last else "endorse", row.state)
    data = {"level": row.position, "role": role, **({"number": row.number} if last else {})}
    fields = ("position", "number", "approved_at")
    return complete(row=row, move=move, said=Said(data, {"note": note.strip()}), fields=fields, by=by, at=at)


@transaction.atomic
def refuse(*, final_id: int, reason: str, by: Actor, at: datetime) -> FinalAnswer:
    """Don't approve, with a reason; the case goes on, and another final answer may be drafted."""
    row, move = begin(final_id=final_id, verb="refuse", by=by)
    role, _staff = _own_turn(row, by)
    if not reason.strip():
        raise Refused("refusal_needs_reason", _("不批准要写明理由；什么都没有改动。"))
    said = Said({"level": row.position + 1, "role": role}, {"reason": reason.strip()})
    return complete(row=row, move=move, said=said, by=by, at=at)


def _own_turn(row: FinalAnswer, by: Actor) -> tuple[str, int]:
    """The role of the level whose turn it is and the person, if they may decide in it."""
    role = row.chain[row.position]
    if by.staff_id is None or by.staff_id == row.drafted_by_id:
        raise Refused("own_final", _("起草人不能审批自己的最终答复，审批人须是在册人员；什么都没有改动。"))
    if not selectors.may(by, (role,), row):
        raise Refused("not_your_turn", _("现在轮到别的岗位审批；什么都没有改动。"), role=role)
    if row.approvals.filter(staff=by.staff_id).exists():
        raise Refused("approved_already", _("您已在前一级审批过，这一级须由另一人审批；什么都没有改动。"))
    return role, by.staff_id
