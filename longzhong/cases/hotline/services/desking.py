"""The desk's one key (一键办结): take the call and, in the same breath, open, join, answer, or keep it; once for a client key."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.given import NewCall, NewCase
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.services.answering import answer_call
from longzhong.cases.hotline.services.dispatching import dispatch
from longzhong.cases.hotline.services.opening import open_case
from longzhong.cases.hotline.services.promising import promise
from longzhong.cases.hotline.services.taking import take_call
from longzhong.cases.hotline.services.tying import hear_again, relate
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.troubles import selectors as troubles

OPEN, OWN, ANSWER, OUTAGE, URGE, KEEP = "open", "own", "answer", "outage", "urge", "keep"


@dataclass(frozen=True)
class Promised:
    """A word given on the phone, and when it is due."""

    text: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DeskCall:
    """All that one key press does. `do`: open (and dispatch, or join `earlier_id`), own (a case to oneself: S0-06), answer,
    outage, urge (`earlier_id`), keep. `case` is needed to open, `reply` to answer.
    """

    do: str
    call: NewCall
    case: NewCase | None = None
    reply: str = ""
    outage_id: int | None = None
    satisfied: bool | None = None
    earlier_id: int | None = None
    promised: Promised | None = None


@transaction.atomic
def finish_call(*, done: DeskCall, key: str, by: Actor, at: datetime) -> str:
    """What the taker is told: "已立单 SQ…"; the same key again does nothing and says the same."""

    return matters.once(key=key, what="hotline.desk", act=lambda: _done(done, by=by, at=at), by=by, at=at)


def _done(done: DeskCall, *, by: Actor, at: datetime) -> str:
    call = take_call(call=done.call, by=by, at=at)
    if done.do in (OPEN, OWN):
        return _opened(done, call, by=by, at=at)
    if done.do == URGE and done.earlier_id is not None:
        row = hear_again(call_id=call.pk, case_id=done.earlier_id, words=done.call.text, by=by, at=at)
        if row is None:
            return str(
                _("这件事已最终答复：来电 %(number)s 已倾听留存，转告供电所和台区经理。") % {"number": call.number}
            )
        return str(_("已登记对 %(number)s 的第 %(n)s 次催办。") % {"number": row.case.number, "n": row.number})
    if done.do in (ANSWER, OUTAGE):
        outcome = CallOutcome.ANSWERED if done.do == ANSWER else CallOutcome.OUTAGE
        answer_call(
            call_id=call.pk, outcome=outcome, reply=done.reply or _told(done, call, at), satisfied=done.satisfied,
            outage_id=done.outage_id if done.do == OUTAGE else None, by=by, at=at,
        )  # fmt: skip
        return str(_("来电 %(number)s 已当场答复办结。") % {"number": call.number})
    return str(_("来电 %(number)s 已留存，列入待处理。") % {"number": call.number})


def _opened(done: DeskCall, call: Call, *, by: Actor, at: datetime) -> str:
    if done.case is None:
        raise Refused("category_unsure", _("请先选定诉求分类；内容还在，没有登记。"))
    case = open_case(call_id=call.pk, case=done.case, by=by, at=at)
    if done.promised is not None:
        promise(case_id=case.pk, text=done.promised.text, due_at=done.promised.due_at, by=by, at=at)
    if done.earlier_id is not None and relate(case_id=case.pk, earlier_id=done.earlier_id, by=by, at=at):
        return str(_("已立单 %(number)s，并入已有诉求，客户仍会单独回访。") % {"number": case.number})
    return _dispatched(done, case, by=by, at=at)


def _dispatched(done: DeskCall, case: Case, *, by: Actor, at: datetime) -> str:
    dispatch(case_id=case.pk, owner_id=by.staff_id if done.do == OWN else None, by=by, at=at)
    words = _("已立单 %(number)s，由您本人办理。") if done.do == OWN else _("已立单 %(number)s 并派单。")
    return str(words % {"number": case.number})


def _told(done: DeskCall, call: Call, at: datetime) -> str:
    """The sentence about the outage, registered or probable, that was read to the caller; "" for another answer."""
    if done.do != OUTAGE or call.area_id is None:
        return ""
    if done.outage_id is None:
        return next((one.answer for one in troubles.open_for([call.area_id], at).get(call.area_id, ())), "")
    cards = outages.known_at([call.area_id], at).get(call.area_id, ())
    return next((card.answer for card in cards if card.id == done.outage_id), "")
