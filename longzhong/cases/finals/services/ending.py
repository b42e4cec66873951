"""Tell the customer, file it (报备) and end the case for good; or withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import LIVE, MACHINE, How, State
from longzhong.cases.finals.services.moving import begin, complete
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules import DONE
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

FINALS = Actor.machine("finals")


@transaction.atomic
def tell_customer(*, final_id: int, how: str, note: str, by: Actor, at: datetime) -> FinalAnswer:
    """Record that the customer was told, how, and what they said."""
    row, move = begin(final_id=final_id, verb="tell", by=by)
    if how not in set(How):
        raise Refused("how_missing", _("请选择用什么方式告知客户；什么都没有改动。"), how=how)
    if not note.strip():
        raise Refused("told_needs_note", _("请写一句告知的情况和客户的反应；什么都没有改动。"))
    row.answered_at, row.answered_how = at, how
    said = Said({"how": how}, {"note": note.strip()})
    return complete(row=row, move=move, said=said, fields=("answered_at", "answered_how"), by=by, at=at)


@transaction.atomic
def file(*, final_id: int, by: Actor, at: datetime) -> FinalAnswer:
    """File it: the case ends as finally answered, all its clocks stop, and later calls about it are listened to."""
    row, move = begin(final_id=final_id, verb="file", by=by)
    hotline_services.finalize(case_id=row.case_id, number=str(row.number), by=FINALS, at=at)
    row.filed_at = at
    return complete(row=row, move=move, said=Said({"number": row.number}), fields=("filed_at",), by=by, at=at)


@transaction.atomic
def withdraw(*, final_id: int, reason: str, by: Actor, at: datetime) -> FinalAnswer:
    """Take it back before the customer was told; the case goes on as it was."""
    row, move = begin(final_id=final_id, verb="withdraw", by=by)
    if not reason.strip():
        raise Refused("withdrawal_needs_reason", _("撤回要写明理由；什么都没有改动。"))
    return complete(row=row, move=move, said=Said({}, {"reason": reason.strip()}), by=by, at=at)


@transaction.atomic
def withdraw_if_ended(*, case_id: int, by: Actor, at: datetime) -> bool:
    """The case ended another way (the customer is content, it was void): what isn't told yet is withdrawn. Safe to hear twice."""
    row = FinalAnswer.objects.select_for_update().filter(case=case_id, state__in=LIVE).first()
    if row is None or row.state == State.TOLD or hotline.case_of(by, case_id).state not in DONE:
        return False
    said = Said({"case": case_id}, {"reason": _("诉求已办结，无需最终答复")})
    complete(row=row, move=MACHINE.move("withdraw", row.state), said=said, by=by, at=at)
    return True
