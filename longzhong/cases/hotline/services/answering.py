"""One-call answers (一次办好): the caller was answered on the phone, or a known outage explains it; no case is needed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call
from longzhong.cases.hotline.rules.given import TAKERS
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.selectors.door import CALL_NOUN
from longzhong.cases.hotline.services.taking import open_call, tell_call
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.sensing.troubles import selectors as troubles

ANSWERS = (CallOutcome.ANSWERED, CallOutcome.OUTAGE, CallOutcome.LISTENED)


@transaction.atomic
def answer_call(
    *, call_id: int, outcome: CallOutcome, reply: str, satisfied: bool | None = None, outage_id: int | None = None,
    by: Actor, at: datetime
) -> Call:  # fmt: skip
    """Keep how a call was answered at once; `satisfied` is what the caller said (S0-09), None if nobody asked.

    Told of an outage without naming a registered one: only where one is probable; the call attaches itself to it.
    """
    need(by, *TAKERS)
    if outcome not in ANSWERS:
        raise Refused("answer_unknown", _("没有这种当场办理的方式；来电已留存。"), outcome=outcome)
    if not reply.strip():
        raise Refused("reply_missing", _("请写一句答复了什么；来电已留存，没有办结。"))
    call = open_call(call_id=call_id, by=by)
    if outcome == CallOutcome.OUTAGE and outage_id is None and not _probable(call, at):
        raise Refused("outage_missing", _("请选定是哪一次停电；来电已留存，没有办结。"))
    call.outcome, call.outage_id, call.ended_at = outcome, outage_id, at
    call.save(update_fields=["outcome", "outage_id", "ended_at"])
    step = matters.NewStep(
        "answer",
        {"outcome": outcome, "outage": outage_id, "satisfied": satisfied},
        {"reply": redact(reply.strip())[:1000]},
    )
    matters.add_step(matter=f"{CALL_NOUN}:{call.pk}", step=step, by=by, at=at)
    tell_call(call=call, at=at)
    return call


def _probable(call: Call, at: datetime) -> bool:
    return call.area_id is not None and bool(troubles.open_for([call.area_id], at))
