"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.rules import Given
from longzhong.cases.analyses.services import writing
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


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
    if verb not in DOERS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        DOERS[verb](Step(given, Who(report_id=report_id, by=by, at=at)))
        return verb

    return matters.once(key=key, what=f"{selectors.label(report_id)} {verb}", act=act, by=by, at=at)
