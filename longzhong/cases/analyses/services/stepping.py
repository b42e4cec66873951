"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.rules import Given
from longzhong.cases.analyses.services import writing
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor


class Who(TypedDict):
    report_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a report."""

    given: Given
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: writing.edit(parts=s.given.parts, base=s.given.base, **s.who),
    "submit": lambda s: writing.submit(**s.who),
    "return": lambda s: writing.send_back(reason=s.given.reason, **s.who),
    "approve": lambda s: writing.approve(**s.who),
    "take_back": lambda s: writing.take_back(reason=s.given.reason, **s.who),
    "revise": lambda s: writing.revise(reason=s.given.reason, **s.who),
    "resume": lambda s: writing.resume(**s.who),
}


@transaction.atomic
def take_step(*, report_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, Who(report_id=report_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(report_id), key=key, by=by, at=at)
