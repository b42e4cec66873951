"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.rules import Given, Request
from longzhong.cases.appeals.services import drafting, judging, submitting
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

Thing = TypeVar("Thing")


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
        part=s.given.part, staff_id=_needed(s.given.staff_id), on=_needed(s.given.on), **s.who
    ),
    "state": lambda s: submitting.state(text=s.given.reason, **s.who),
    "submit": lambda s: submitting.submit(**s.who),
    "withdraw": lambda s: submitting.withdraw(reason=s.given.reason, **s.who),
    "seat": lambda s: judging.seat(members=s.given.members, **s.who),
    "vote": lambda s: judging.vote(choice=s.given.choice, reason=s.given.reason, **s.who),
    "replace": lambda s: judging.replace(
        leaves=_needed(s.given.staff_id), comes=_needed(next(iter(s.given.members), None)), reason=s.given.reason, **s.who
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
    if verb not in DOERS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        DOERS[verb](Step(verb, given, uploads, Who(appeal_id=appeal_id, by=by, at=at)))
        return verb

    return matters.once(key=key, what=f"{selectors.label(appeal_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def draft_once(
    *, complaint_id: int, request: Request, uploads: Sequence[Upload] = (), key: str, by: Actor, at: datetime
) -> int:
    """Draft once for a client key; the id of the appeal, now or then."""

    def act() -> str:
        made = drafting.draft(complaint_id=complaint_id, request=request, uploads=uploads, by=by, at=at)
        return str(made.pk)

    return int(matters.once(key=key, what=f"appeals.draft:{complaint_id}", act=act, by=by, at=at))


def _needed(value: Thing | None) -> Thing:
    if value is None:
        raise Refused("field_missing", _("请把这一步要填的内容填完整；什么都没有改动。"))
    return value
