"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.rules import Given, Request
from longzhong.cases.appeals.services import drafting, judging, submitting
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import needed


class Who(TypedDict):
    appeal_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with an appeal."""

    verb: str
    given: Given
    uploads: Sequence[Upload]
    who: Who


def _conclude(step: Step) -> object:
    given = step.given
    return judging.conclude(
        verb=step.verb, conclusion=given.reason, verdict=given.verdict, responsibility=given.responsibility, **step.who
    )


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: drafting.edit(request=s.given.request, **s.who),
    "attach": lambda s: drafting.attach(uploads=s.uploads, note=s.given.reason, **s.who),
    "attach_scan": lambda s: drafting.attach(uploads=s.uploads, note=s.given.reason, scan=True, **s.who),
    "seal": lambda s: drafting.seal(
        part=s.given.part, staff_id=needed(s.given.staff_id, "staff_id"), on=needed(s.given.on, "on"), **s.who
    ),
    "state": lambda s: submitting.state(text=s.given.reason, **s.who),
    "submit": lambda s: submitting.submit(**s.who),
    "withdraw": lambda s: submitting.withdraw(reason=s.given.reason, **s.who),
    "seat": lambda s: judging.seat(members=s.given.members, **s.who),
    "vote": lambda s: judging.vote(choice=s.given.choice, reason=s.given.reason, **s.who),
    "replace": lambda s: judging.replace(
        leaves=needed(s.given.staff_id, "staff_id"), comes=needed(next(iter(s.given.members), None), "members"),
        reason=s.given.reason, **s.who,
    ),
    "allow": _conclude,
    "allow_partly": _conclude,
    "refuse": _conclude,
}  # fmt: skip


@transaction.atomic
def take_step(
    *, appeal_id: int, verb: str, given: Given, uploads: Sequence[Upload] = (), key: str, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(verb, given, uploads, Who(appeal_id=appeal_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(appeal_id), key=key, by=by, at=at)


@transaction.atomic
def draft_once(
    *, complaint_id: int, request: Request, uploads: Sequence[Upload] = (), key: str, by: Actor, at: datetime
) -> int:
    """Draft once for a client key; the id of the appeal, now or then."""

    def make() -> int:
        return drafting.draft(complaint_id=complaint_id, request=request, uploads=uploads, by=by, at=at).pk

    return matters.once_int(key=key, what=f"appeals.draft:{complaint_id}", make=make, by=by, at=at)
