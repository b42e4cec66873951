"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.filings import selectors
from longzhong.cases.filings.rules import Asked, Given
from longzhong.cases.filings.services import drafting, judging
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor


class Who(TypedDict):
    filing_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a filing."""

    given: Given
    uploads: Sequence[matters.Upload]
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: drafting.edit(asked=s.given.asked, **s.who),
    "attach": lambda s: drafting.attach(uploads=s.uploads, note=s.given.reason, **s.who),
    "tie": lambda s: drafting.tie(address=s.given.label, **s.who),
    "submit": lambda s: drafting.submit(**s.who),
    "withdraw": lambda s: drafting.withdraw(reason=s.given.reason, **s.who),
    "accept": lambda s: judging.accept(note=s.given.reason, **s.who),
    "return": lambda s: judging.give_back(reason=s.given.reason, **s.who),
    "end": lambda s: judging.end(reason=s.given.reason, **s.who),
    "confirm": lambda s: judging.confirm(reason=s.given.reason, **s.who),
    "misuse": lambda s: judging.find_misused(months=s.given.months, reason=s.given.reason, **s.who),
}


@transaction.atomic
def take_step(
    *,
    filing_id: int,
    verb: str,
    given: Given,
    uploads: Sequence[matters.Upload] = (),
    key: str,
    by: Actor,
    at: datetime,
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, uploads, Who(filing_id=filing_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(filing_id), key=key, by=by, at=at)


@transaction.atomic
def draft_once(
    *, unit_id: int, asked: Asked, uploads: Sequence[matters.Upload] = (), key: str, by: Actor, at: datetime
) -> int:
    """Draft once for a client key; the id of the filing, now or then."""

    def make() -> int:
        return drafting.draft(unit_id=unit_id, asked=asked, uploads=uploads, by=by, at=at).pk

    return matters.once_int(key=key, what=f"filings.draft:{unit_id}", make=make, by=by, at=at)
