"""One way in for people's steps on a case: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.rules.machine import GOVERNED
from longzhong.cases.hotline.rules.stepping import StepGiven
from longzhong.cases.hotline.services import (
    calling,
    chaining,
    dispatching,
    ending,
    firstfix,
    handing,
    hiding,
    joining,
    papers,
    promising,
    reviewing,
    urging,
    waiting,
)
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused, needed


class Who(TypedDict):
    by: Actor
    at: datetime


class Whose(Who):
    case_id: int


@dataclass(frozen=True)
class Step:
    """A person's step with a case."""

    case_id: int
    given: StepGiven
    by: Actor
    at: datetime

    @property
    def who(self) -> Who:
        return {"by": self.by, "at": self.at}

    @property
    def whose(self) -> Whose:
        return {"case_id": self.case_id, "by": self.by, "at": self.at}

    @property
    def staff_id(self) -> int:
        return needed(self.given.staff_id, "staff")

    @property
    def number(self) -> int:
        return needed(self.given.number, "number")

    @property
    def due_at(self) -> datetime:
        return needed(self.given.due_at, "due_at")


DOERS: dict[str, Callable[[Step], object]] = {
    "answer": lambda s: ending.answer_case(reply=s.given.reason, **s.whose),
    "dispatch": lambda s: dispatching.dispatch(owner_id=s.given.staff_id, kind=s.given.code or None, **s.whose),
    "claim": lambda s: handing.claim(**s.whose),
    "pass": lambda s: reviewing.review(passed=True, reason=s.given.reason, root_cause=s.given.root_cause, **s.whose),
    "send_back": lambda s: reviewing.review(
        passed=False, reason=s.given.reason, root_cause=s.given.root_cause, ground=s.given.code, **s.whose
    ),
    "call": lambda s: calling.record_call(
        purpose=s.given.code, result=s.given.result, words=s.given.reason, wish=s.given.wish, **s.whose
    ),
    "give_up": lambda s: calling.give_up(**s.whose),
    "reopen": lambda s: firstfix.reopen(reason=s.given.reason, call_id=s.given.number, **s.whose),
    "keep_secret": lambda s: hiding.keep_secret(reason=s.given.reason, **s.whose),
    "join": lambda s: joining.join(parent_id=s.number, **s.whose),
    "leave": lambda s: joining.leave(reason=s.given.reason, **s.whose),
    "void": lambda s: ending.void_case(reason=s.given.reason, **s.whose),
    "audit": lambda s: ending.audit(result=s.given.result, words=s.given.reason, lacking=s.given.items, **s.whose),
    "accept_one": lambda s: papers.accept_one(shown=s.given.code, deferred=s.given.items, **s.whose),
    "bring_paper": lambda s: papers.bring_paper(paper=s.given.code, **s.whose),
    "promise": lambda s: promising.promise(text=s.given.reason, due_at=s.due_at, **s.whose),
    "keep_promise": lambda s: promising.keep_promise(promise_id=s.number, words=s.given.reason, **s.who),
    "move_promise": lambda s: promising.move_promise(
        promise_id=s.number, due_at=s.due_at, reason=s.given.reason, **s.who
    ),
    "ask": lambda s: chaining.ask_next(**s.whose),
    "reached": lambda s: chaining.answer_try(try_id=s.number, reached=True, **s.who),
    "not_reached": lambda s: chaining.answer_try(try_id=s.number, reached=False, **s.who),
    "offer": lambda s: handing.offer(to_staff_id=s.staff_id, **s.whose),
    "accept_offer": lambda s: handing.accept_offer(**s.whose),
    "decline_offer": lambda s: handing.decline_offer(**s.whose),
    "pause": lambda s: waiting.pause(reason=s.given.code, words=s.given.reason, **s.whose),
    "resume": lambda s: waiting.resume(words=s.given.reason, **s.whose),
    "answer_urge": lambda s: urging.answer_urge(number=s.number, reply=s.given.reason, **s.whose),
}


@transaction.atomic
def take_step(*, case_id: int, verb: str, given: StepGiven, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    doers = {**DOERS, **dict.fromkeys(GOVERNED, _by_governance)} if selectors.is_governed(case_id) else DOERS
    step = Step(case_id, given, by, at)
    return matters.step_once(doers=doers, verb=verb, step=step, of=selectors.label(case_id), key=key, by=by, at=at)


def _by_governance(step: Step) -> None:
    raise Refused(
        "case_governed", _("这件诉求按投诉治理流程办理，请在投诉页面操作；什么都没有改动。"), case=step.case_id
    )
