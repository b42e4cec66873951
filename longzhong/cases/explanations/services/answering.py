"""What the customer says of an explanation: accepted, not accepted, or a meter test wanted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.rules import MACHINE, METER_TEST_CATEGORY, State
from longzhong.cases.explanations.selectors import label, visible_to
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused


@transaction.atomic
def answer(*, sheet_id: int, verb: str, reason: str = "", by: Actor, at: datetime) -> Sheet:
    """Take one step of the sheet's machine (accept, decline, ask_test). Asking for a test only suggests the application."""
    sheet = visible_to(by).select_for_update(of=("self",)).filter(pk=sheet_id).first()
    if sheet is None:
        raise Refused("not_found", _("没有这张解释单，或不在您的管辖范围内。"), sheet=sheet_id)
    move = MACHINE.move(verb, sheet.state)
    need(by, *move.roles)
    if "reason" in move.needs and not reason.strip():
        raise Refused("reason_missing", _("请写明客户不认可的理由；什么都没有改动。"))
    was, sheet.state, sheet.answered_at = sheet.state, move.target.value, at
    sheet.save(update_fields=["state", "answered_at"])
    data = {"from": was, "to": sheet.state}
    if move.target is State.TEST_WANTED:
        data["suggests"] = METER_TEST_CATEGORY
    matters.add_step(matter=label(sheet.pk), step=matters.NewStep(verb, data, {"reason": reason}), by=by, at=at)
    return sheet
