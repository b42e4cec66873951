"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.rules import Given
from longzhong.cases.campaigns.services import measuring, running
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

Thing = TypeVar("Thing")


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
    "edit": lambda s: running.edit(plan=_needed(s.given.plan), **s.who),
    "start": lambda s: running.start(**s.who),
    "extend": lambda s: running.extend(ends_on=_needed(s.given.due_on), reason=s.given.reason, **s.who),
    "end": lambda s: running.end(**s.who),
    "judge": lambda s: running.judge(conclusion=s.given.reason, **s.who),
    "cancel": lambda s: running.cancel(reason=s.given.reason, **s.who),
    "add_measure": lambda s: measuring.add_measure(
        text=s.given.text, owner_id=_needed(s.given.staff_id), due_on=_needed(s.given.due_on), **s.who
    ),
    "done_measure": lambda s: measuring.done_measure(
        measure_id=_needed(s.given.number), words=s.given.reason, **s.who
    ),
}  # fmt: skip


@transaction.atomic
def take_step(*, campaign_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    if verb not in DOERS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        DOERS[verb](Step(given, Who(campaign_id=campaign_id, by=by, at=at)))
        return verb

    return matters.once(key=key, what=f"{selectors.label(campaign_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def draft_once(*, given: Given, key: str, by: Actor, at: datetime) -> int:
    """Plan once for a client key; the id of the campaign, now or then."""

    def act() -> str:
        return str(running.draft(plan=_needed(given.plan), by=by, at=at).pk)

    return int(matters.once(key=key, what="campaigns.draft", act=act, by=by, at=at))


def _needed(value: Thing | None) -> Thing:
    if value is None:
        raise Refused("field_missing", _("请把这一步要填的内容填完整；什么都没有改动。"))
    return value
