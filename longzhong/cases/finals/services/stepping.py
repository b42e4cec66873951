"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.finals import selectors
from longzhong.cases.finals.rules import Given
from longzhong.cases.finals.services import approving, drafting, ending
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor


class Who(TypedDict):
    final_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a final answer."""

    given: Given
    uploads: Sequence[matters.Upload]
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: drafting.edit(grounds=s.given.grounds, answer=s.given.answer, **s.who),
    "attach": lambda s: drafting.attach(uploads=s.uploads, note=s.given.reason, **s.who),
    "submit": lambda s: drafting.submit(**s.who),
    "endorse": lambda s: approving.approve(note=s.given.reason, **s.who),
    "approve": lambda s: approving.approve(note=s.given.reason, **s.who),
    "refuse": lambda s: approving.refuse(reason=s.given.reason, **s.who),
    "tell": lambda s: ending.tell_customer(how=s.given.how, note=s.given.reason, **s.who),
    "file": lambda s: ending.file(**s.who),
    "withdraw": lambda s: ending.withdraw(reason=s.given.reason, **s.who),
}


@transaction.atomic
def take_step(
    *, final_id: int, verb: str, given: Given, uploads: Sequence[matters.Upload] = (), key: str, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, uploads, Who(final_id=final_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(final_id), key=key, by=by, at=at)


@transaction.atomic
def draft_once(
    *, case_id: int, given: Given, uploads: Sequence[matters.Upload] = (), key: str, by: Actor, at: datetime
) -> int:
    """Draft once for a client key; the id of the final answer, now or then."""

    def make() -> int:
        return drafting.draft(
            case_id=case_id, grounds=given.grounds, answer=given.answer, uploads=uploads, by=by, at=at
        ).pk

    return matters.once_int(key=key, what=f"finals.draft:{case_id}", make=make, by=by, at=at)
