"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.rules import Given
from longzhong.cases.finals.services import approving, drafting, ending
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


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
    if verb not in DOERS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        DOERS[verb](Step(given, uploads, Who(final_id=final_id, by=by, at=at)))
        return verb

    return matters.once(key=key, what=f"{selectors.label(final_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def draft_once(
    *, case_id: int, given: Given, uploads: Sequence[matters.Upload] = (), key: str, by: Actor, at: datetime
) -> int:
    """Draft once for a client key; the id of the final answer, now or then."""

    def act() -> str:
        return str(
            drafting.draft(
                case_id=case_id, grounds=given.grounds, answer=given.answer, uploads=uploads, by=by, at=at
            ).pk
        )

    return int(matters.once(key=key, what=f"finals.draft:{case_id}", act=act, by=by, at=at))
