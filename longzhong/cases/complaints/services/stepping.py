"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.rules import Given
from longzhong.cases.complaints.services import deciding, dispatching, ending, hiding, investigating, naming
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor


class Who(TypedDict):
    complaint_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a complaint."""

    given: Given
    uploads: Sequence[Upload]
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "dispatch": lambda s: dispatching.dispatch(given=s.given, **s.who),
    "redispatch": lambda s: dispatching.redispatch(given=s.given, **s.who),
    "refuse": lambda s: dispatching.refuse(reason=s.given.reason, **s.who),
    "regrade": lambda s: dispatching.regrade(grade=s.given.grade, reason=s.given.reason, **s.who),
    "name": lambda s: naming.name(about_id=s.given.about_id, reason=s.given.reason, **s.who),
    "hide": lambda s: hiding.hide(reason=s.given.reason, summary=s.given.summary, **s.who),
    "contact": lambda s: investigating.contact(given=s.given, **s.who),
    "find": lambda s: investigating.find(given=s.given, uploads=s.uploads, **s.who),
    "reply": lambda s: investigating.reply(given=s.given, **s.who),
    "return": lambda s: deciding.return_reply(reason=s.given.reason, **s.who),
    "pass": lambda s: deciding.pass_reply(given=s.given, **s.who),
    "send_back": lambda s: deciding.send_back(reason=s.given.reason, **s.who),
    "decide": lambda s: deciding.decide(given=s.given, **s.who),
    "answer": lambda s: deciding.answer(answer=s.given.answer, **s.who),
    "withdraw": lambda s: ending.withdraw(reason=s.given.reason, **s.who),
    "void": lambda s: ending.void(reason=s.given.reason, **s.who),
}


@transaction.atomic
def take_step(
    *,
    complaint_id: int,
    verb: str,
    given: Given,
    uploads: Sequence[Upload] = (),
    key: str,
    by: Actor,
    at: datetime,
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, uploads, Who(complaint_id=complaint_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(complaint_id), key=key, by=by, at=at)
