"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.rules import Given
from longzhong.cases.campaigns.services import measuring, running
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import needed


class Who(TypedDict):
    campaign_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a campaign."""

    given: Given
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: running.edit(plan=needed(s.given.plan, "plan"), **s.who),
    "start": lambda s: running.start(**s.who),
    "extend": lambda s: running.extend(ends_on=needed(s.given.due_on, "due_on"), reason=s.given.reason, **s.who),
    "end": lambda s: running.end(**s.who),
    "judge": lambda s: running.judge(conclusion=s.given.reason, **s.who),
    "cancel": lambda s: running.cancel(reason=s.given.reason, **s.who),
    "add_measure": lambda s: measuring.add_measure(
        text=s.given.text, owner_id=needed(s.given.staff_id, "staff_id"), due_on=needed(s.given.due_on, "due_on"), **s.who
    ),
    "done_measure": lambda s: measuring.done_measure(
        measure_id=needed(s.given.number, "number"), words=s.given.reason, **s.who
    ),
}  # fmt: skip


@transaction.atomic
def take_step(*, campaign_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, Who(campaign_id=campaign_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(campaign_id), key=key, by=by, at=at)


@transaction.atomic
def draft_once(*, given: Given, key: str, by: Actor, at: datetime) -> int:
    """Plan once for a client key; the id of the campaign, now or then."""

    def make() -> int:
        return running.draft(plan=needed(given.plan, "plan"), by=by, at=at).pk

    return matters.once_int(key=key, what="campaigns.draft", make=make, by=by, at=at)
