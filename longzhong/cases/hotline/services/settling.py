"""What becomes of a call that was kept: a case, or an answer; once for a client key."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.cues import cues_of
from longzhong.cases.hotline.rules.given import NewCase
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.services.answering import answer_call
from longzhong.cases.hotline.services.desking import ANSWER
from longzhong.cases.hotline.services.dispatching import dispatch
from longzhong.cases.hotline.services.opening import open_case
from longzhong.cases.hotline.services.taking import open_call
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class Settled:
    """`do`: open or answer; `case` is needed to open, `reply` to answer. The words' own cues are heard as at the desk."""

    do: str
    case: NewCase | None = None
    reply: str = ""


@transaction.atomic
def settle_call(*, call_id: int, done: Settled, key: str, by: Actor, at: datetime) -> str:
    """What the person is told; the same key again says the same."""
    return matters.once(
        key=key,
        what=f"hotline.call {call_id} {done.do}",
        act=lambda: _settled(call_id, done, by=by, at=at),
        by=by,
        at=at,
    )


def _settled(call_id: int, done: Settled, *, by: Actor, at: datetime) -> str:
    if done.do == ANSWER:
        call = answer_call(call_id=call_id, outcome=CallOutcome.ANSWERED, reply=done.reply, by=by, at=at)
        return str(_("来电 %(number)s 已当场答复办结。") % {"number": call.number})
    if done.case is None:
        raise Refused("category_unsure", _("请先选定诉求分类；来电仍在待处理中。"))
    heard = cues_of(open_call(call_id=call_id, by=by).text)
    wanted = replace(
        done.case, hazard=heard.hazard, secrecy=heard.secrecy, over_level=bool(heard.over), urgency=heard.urgency
    )
    case = open_case(call_id=call_id, case=wanted, by=by, at=at)
    dispatch(case_id=case.pk, by=by, at=at)
    return str(_("已立单 %(number)s 并派单。") % {"number": case.number})
