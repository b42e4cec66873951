"""One way in for people's steps about what hangs together: join, leave, link, part, urge; once for a client key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Urge
from longzhong.cases.hotline.rules.machine import DONE, State
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.services import finalizing, joining, linking, urging
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused, needed


@dataclass(frozen=True)
class Tie:
    """What a person gave: the other case, the number of an urge, a code from a list, words."""

    other_id: int | None = None
    number: int | None = None
    code: str = ""
    words: str = ""

    @property
    def other(self) -> int:
        return needed(self.other_id, "other")


class _Who(TypedDict):
    case_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class _Step:
    tie: Tie
    who: _Who


DOERS: dict[str, Callable[[_Step], object]] = {
    "join": lambda s: joining.join(parent_id=s.tie.other, **s.who),
    "leave": lambda s: joining.leave(reason=s.tie.words, **s.who),
    "link": lambda s: linking.link(earlier_id=s.tie.other, **s.who),
    "override": lambda s: linking.override(earlier_id=s.tie.other, reason=s.tie.words, **s.who),
    "urge": lambda s: urging.urge(reason=_reason(s.tie.code), words=s.tie.words, **s.who),
    "answer_urge": lambda s: urging.answer_urge(number=needed(s.tie.number, "number"), reply=s.tie.words, **s.who),
}


@transaction.atomic
def take_tie(*, case_id: int, verb: str, given: Tie, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = _Step(given, _Who(case_id=case_id, by=by, at=at))
    pair = f"{selectors.label(case_id)} {given.other_id or ''}".strip()
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=pair, key=key, by=by, at=at)


@transaction.atomic
def relate(*, case_id: int, earlier_id: int, by: Actor, at: datetime) -> bool:
    """A new case tells of an earlier one: it joins one that is open (True), and is linked as a repeat with one that ended."""
    if selectors.case_of(by, earlier_id).state in DONE:
        linking.link(case_id=case_id, earlier_id=earlier_id, by=by, at=at)
        return False
    joining.join(case_id=case_id, parent_id=earlier_id, by=by, at=at)
    return True


@transaction.atomic
def hear_again(*, call_id: int, case_id: int, words: str = "", by: Actor, at: datetime) -> Urge | None:
    """The customer calls again about a case: an open one is urged; about one that was finally answered we listen (None)."""
    if selectors.case_of(by, case_id).state == State.FINAL:
        finalizing.listen(call_id=call_id, case_id=case_id, by=by, at=at)
        return None
    return urging.urge(case_id=case_id, call_id=call_id, reason=UrgeReason.OVERDUE, words=words, by=by, at=at)


def _reason(code: str) -> UrgeReason:
    if code not in set(UrgeReason):
        raise Refused("urge_reason_unknown", _("请从清单里选择催办原因；什么都没有改动。"), reason=code)
    return UrgeReason(code)
