"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.lessons import selectors
from longzhong.cases.lessons.rules import Given
from longzhong.cases.lessons.services import writing
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import needed


class Who(TypedDict):
    lesson_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a case."""

    given: Given
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: writing.edit(text=needed(s.given.text, "text"), base=s.given.base, **s.who),
    "submit": lambda s: writing.submit(**s.who),
    "return": lambda s: writing.send_back(reason=s.given.reason, **s.who),
    "publish": lambda s: writing.publish(**s.who),
    "learn": lambda s: writing.learn(**s.who),
    "meet": lambda s: writing.meet(
        unit_id=needed(s.given.unit_id, "unit_id"),
        held_on=needed(s.given.held_on, "held_on"),
        decisions=s.given.reason,
        **s.who,
    ),
    "revise": lambda s: writing.revise(reason=s.given.reason, **s.who),
    "retire": lambda s: writing.retire(reason=s.given.reason, **s.who),
}


@transaction.atomic
def take_step(*, lesson_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, Who(lesson_id=lesson_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(lesson_id), key=key, by=by, at=at)


@transaction.atomic
def draft_once(*, given: Given, key: str, by: Actor, at: datetime) -> int:
    """Write once for a client key; the id of the case, now or then."""

    def make() -> int:
        return writing.draft(text=needed(given.text, "text"), by=by, at=at).pk

    return matters.once_int(key=key, what="lessons.draft", make=make, by=by, at=at)
