"""Calls to the customer: the three calls of a repair (三通电话), and the call-back that alone ends a case (回访)."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import CallBack, Case
from longzhong.cases.hotline.rules.callbacks import (
    SPOKEN,
    WHEN,
    CallLimits,
    is_exhausted,
    is_work,
    may_call,
    next_opening,
    results_of,
)
from longzhong.cases.hotline.rules.limits import CONTACT
from longzhong.cases.hotline.rules.machine import DESK, MACHINE
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import PURPOSE_LABELS, CallResult, CaseType, Outcome, Purpose
from longzhong.cases.hotline.services.moving import begin, complete, enter, note, refresh_due
from longzhong.cases.hotline.services.ordering import confirm_order, send_order_back
from longzhong.cases.hotline.services.passing import end_uncalled
from longzhong.cases.hotline.services.reviewing import not_own
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.policies import selectors as policies

CALLERS = ("grid", "crew", "desk", "station", "quality")


@transaction.atomic
def record_call(
    *, case_id: int, purpose: str, result: str, words: str = "", wish: str = "", by: Actor, at: datetime
) -> Case:
    """Keep one attempt to reach the customer; a call-back's verdict closes the case or gives it back to its owner.

    `wish` says why a customer is called outside the hours (they asked for it). Words are kept without personal data.
    """
    case = enter(case_id=case_id, by=by)
    why, what = _checked(case, purpose, result, by)
    if not wish.strip() and not is_work(CaseType(case.type), why):
        _check_hours(case, at)
    attempt = _keep(case, why, what, by, at)
    matter = selectors.label(case.pk)
    if what in SPOKEN:
        matters.hear_customer(matter=matter, by=by, at=at)
        matters.stop_clocks(matter=matter, names=(CONTACT,), by=by, at=at)
    refresh_due(case=case)
    case.save(update_fields=["due_at", "due_clock"])
    said = Said(
        {
            "call_back": attempt.pk,
            "purpose": why,
            "attempt": attempt.attempt,
            "result": what,
            "wish": bool(wish.strip()),
        },
        {"text": redact(words.strip()), "reason": redact(wish.strip())},
    )
    note(case=case, verb="call_back", said=said, by=by, at=at)
    return _ENDINGS[what](case, attempt, words, by, at) if what in _ENDINGS else case


@transaction.atomic
def give_up(*, case_id: int, by: Actor, at: datetime) -> Case:
    """File a case whose customer couldn't be reached, after enough calls at different times of different days."""
    case, row = begin(case_id=case_id, verb="give_up", by=by)
    not_own(case=case, by=by)
    vain, limits = selectors.vain_calls(case), call_limits(case=case, at=at)
    if not is_exhausted(vain, limits):
        text = _("还没有按规定多次回访：需要不同时段 %(n)s 次、跨 %(days)s 天；什么都没有改动。")
        raise Refused("not_tried_enough", text % {"n": limits.attempts_n, "days": limits.days_n}, tried=len(vain))
    case.outcome = Outcome.UNREACHABLE
    confirm_order(case=case, evidence={"unreachable": len(vain)}, at=at)
    said = Said({"outcome": case.outcome, "attempts": len(vain)})
    return complete(case=case, row=row, said=said, fields=("outcome",), by=by, at=at)


def call_limits(*, case: Case, at: datetime) -> CallLimits:
    """The policies of calls in force for the case's unit."""
    return policies.limits(CallLimits, "callback", unit_id=case.unit_id, day=civil_day(at))


def _checked(case: Case, purpose: str, result: str, by: Actor) -> tuple[Purpose, CallResult]:
    if purpose not in set(Purpose) or result not in {one.value for one in results_of(Purpose(purpose))}:
        raise Refused("call_unknown", _("没有这种通话或结果；什么都没有改动。"), purpose=purpose, result=result)
    why = Purpose(purpose)
    if case.state not in WHEN[why]:
        raise Refused(
            "call_not_due",
            _("现在不是“%(call)s”的时候；什么都没有改动。") % {"call": PURPOSE_LABELS[why]},
            state=case.state,
        )
    roles = MACHINE.move("satisfied", case.state).roles if why is Purpose.REVIEW else CALLERS
    if not selectors.may(by, roles, case):
        raise Refused("not_allowed", _("您的岗位不能登记这次通话；什么都没有改动。"), roles=sorted(roles))
    if why is Purpose.REVIEW:
        not_own(case=case, by=by)
    return why, CallResult(result)


def _check_hours(case: Case, at: datetime) -> None:
    limits = call_limits(case=case, at=at)
    if not may_call(at, limits):
        raise Refused(
            "call_hours", _("现在不宜打扰客户，%(at)s 以后再打；客户要求此时联系的请写明。什么都没有改动。")
            % {"at": moment_words(next_opening(at, limits))}, at=at.isoformat(),
        )  # fmt: skip


def _keep(case: Case, purpose: Purpose, result: CallResult, by: Actor, at: datetime) -> CallBack:
    number = CallBack.objects.filter(case=case, purpose=purpose).count() + 1
    return CallBack.objects.create(
        case=case, purpose=purpose, attempt=number, result=result, at=at, by_staff_id=by.staff_id
    )


def _content(case: Case, attempt: CallBack, _words: str, by: Actor, at: datetime) -> Case:
    """Satisfied or fair: the case ends with the customer's word, and so does its order."""
    case.outcome = Outcome(attempt.result)
    confirm_order(case=case, evidence={"call_back": attempt.pk, "result": attempt.result}, at=at)
    row = MACHINE.move("satisfied", case.state)
    return complete(case=case, row=row, said=Said({"outcome": case.outcome}), fields=("outcome",), by=by, at=at)


def _not_content(case: Case, attempt: CallBack, words: str, by: Actor, at: datetime) -> Case:
    """Dissatisfied: back to the owner with the customer's reason; the answer and the call-back are still due."""
    reason = written(words, _("理由"))
    case.times_dissatisfied += 1
    evidence = {"call_back": attempt.pk, "result": attempt.result}
    again = send_order_back(case=case, evidence=evidence, reason=reason, by=by, at=at)
    said = Said({"order": case.order_id, "new_order": again, "owner": case.owner_id}, {"reason": redact(reason)})
    row = MACHINE.move("dissatisfied", case.state)
    return complete(case=case, row=row, said=said, fields=("times_dissatisfied", "order_id"), by=by, at=at)


def _declined(case: Case, _attempt: CallBack, _words: str, by: Actor, at: datetime) -> Case:
    """The customer doesn't want to be asked: the desk may file the case; whoever works in the field leaves that to the desk."""
    return end_uncalled(case=case, by=by, at=at) if selectors.may(by, DESK, case) else case


_ENDINGS: dict[CallResult, Callable[[Case, CallBack, str, Actor, datetime], Case]] = {
    CallResult.SATISFIED: _content,
    CallResult.FAIR: _content,
    CallResult.DISSATISFIED: _not_content,
    CallResult.DECLINED: _declined,
}
