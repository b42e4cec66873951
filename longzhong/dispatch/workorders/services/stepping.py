"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import PauseReason
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.rules import Given
from longzhong.dispatch.workorders.services import dispatching, handling, limits, projects, proving, serving
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused, needed


class Who(TypedDict):
    order_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with an order."""

    order_id: int
    given: Given
    photos: Sequence[matters.Upload]
    by: Actor
    at: datetime

    @property
    def who(self) -> "Who":
        """What every service takes."""
        return {"order_id": self.order_id, "by": self.by, "at": self.at}


DOERS: dict[str, Callable[[Step], object]] = {
    "assign": lambda s: dispatching.assign(owner_id=needed(s.given.owner_id, "owner"), **s.who),
    "take": lambda s: dispatching.take(**s.who),
    "release": lambda s: dispatching.release(reason=s.given.reason, **s.who),
    "decline": lambda s: dispatching.decline(ground=s.given.code, reason=s.given.reason, **s.who),
    "accept": lambda s: handling.accept(**s.who),
    "arrive": lambda s: handling.arrive(position=s.given.position, claimed_at=s.given.claimed_at, **s.who),
    "diagnose": lambda s: handling.diagnose(diagnosis=s.given.diagnosis, claimed_at=s.given.claimed_at, **s.who),
    "contact": lambda s: serving.contact(way=s.given.code, note=s.given.reason, **s.who),
    "report_up": lambda s: serving.report_up(reason=s.given.reason, **s.who),
    "answer_up": lambda s: serving.answer_up(answer=s.given.reason, **s.who),
    "finish": lambda s: handling.finish(
        outcome=s.given.outcome, photos=s.photos, claimed_at=s.given.claimed_at, **s.who
    ),
    "decide_verified": lambda s: proving.decide(works=True, reason=s.given.reason, **s.who),
    "decide_return": lambda s: proving.decide(works=False, reason=s.given.reason, **s.who),
    "cancel": lambda s: proving.cancel(reason=s.given.reason, **s.who),
    "make_project": lambda s: projects.make_project(reason=s.given.reason, **s.who),
    "reach_milestone": lambda s: projects.reach_milestone(code=s.given.code, note=s.given.reason, **s.who),
    "move_milestone": lambda s: projects.move_milestone(
        code=s.given.code, due_on=needed(s.given.due_on, "due_on"), reason=s.given.reason, **s.who
    ),
    "offer": lambda s: dispatching.offer(to_staff_id=needed(s.given.owner_id, "owner"), **s.who),
    "accept_offer": lambda s: dispatching.accept_offer(**s.who),
    "decline_offer": lambda s: dispatching.decline_offer(**s.who),
    "pause": lambda s: limits.pause(reason=_pause_reason(s.given.code), note=s.given.reason, **s.who),
    "resume": lambda s: limits.resume(note=s.given.reason, **s.who),
    "priority": lambda s: limits.change_priority(
        priority=needed(s.given.priority, "priority"), reason=s.given.reason, **s.who
    ),
}


@transaction.atomic
def take_step(
    *, order_id: int, verb: str, given: Given, photos: Sequence[matters.Upload] = (), key: str, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(order_id, given, photos, by, at)
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(order_id), key=key, by=by, at=at)


def _pause_reason(code: str) -> PauseReason:
    if code not in set(PauseReason):
        raise Refused("pause_reason_unknown", _("请从清单里选择挂起原因；什么都没有改动。"), reason=code)
    return PauseReason(code)
