"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.media import selectors
from longzhong.cases.media.rules import Given, NewItem
from longzhong.cases.media.services import answering, finding, handling
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor


class Who(TypedDict):
    item_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with an item."""

    given: Given
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "grade": lambda s: handling.grade(grade=s.given.grade, reason=s.given.reason, **s.who),
    "regrade": lambda s: handling.regrade(grade=s.given.grade, reason=s.given.reason, **s.who),
    "report": lambda s: handling.report(reason=s.given.reason, **s.who),
    "assign": lambda s: handling.assign(owner_id=s.given.owner, **s.who),
    "reassign": lambda s: handling.reassign(owner_id=s.given.owner, reason=s.given.reason, **s.who),
    "measure": lambda s: handling.measure(heat=s.given.heat, **s.who),
    "tie": lambda s: handling.tie(address=s.given.label, **s.who),
    "dismiss": lambda s: handling.dismiss(reason=s.given.reason, **s.who),
    "draft": lambda s: answering.draft(text=s.given.text, **s.who),
    "approve": lambda s: answering.approve(note=s.given.reason, **s.who),
    "return": lambda s: answering.give_back(reason=s.given.reason, **s.who),
    "answer": lambda s: answering.answer(where=s.given.where, **s.who),
    "flare": lambda s: answering.flare(reason=s.given.reason, **s.who),
    "close": lambda s: answering.close(reason=s.given.reason, **s.who),
}


@transaction.atomic
def take_step(*, item_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, Who(item_id=item_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(item_id), key=key, by=by, at=at)


@transaction.atomic
def find_once(*, new: NewItem, unit_id: int, key: str, by: Actor, at: datetime) -> int:
    """Keep an item once for a client key; its id, now or then."""

    def make() -> int:
        return finding.find(new=new, unit_id=unit_id, by=by, at=at).pk

    return matters.once_int(key=key, what="media.find", make=make, by=by, at=at)


@transaction.atomic
def paste_once(*, text: str, unit_id: int, key: str, by: Actor, at: datetime) -> tuple[int, int, tuple[str, ...]]:
    """Keep a pasted list once for a client key: how many were kept and known, and the first refused lines."""

    def act() -> str:
        done = finding.find_pasted(text=text, unit_id=unit_id, by=by, at=at)
        return json.dumps([len(done.made), len(done.known), len(done.refused), _few(done.refused)], ensure_ascii=False)

    made, known, _count, lines = json.loads(matters.once(key=key, what="media.paste", act=act, by=by, at=at))
    return made, known, tuple(lines)


def _few(lines: tuple[str, ...]) -> list[str]:
    """As many refused lines as a kept outcome holds (200 characters)."""
    return [line[:50] for line in lines[:3]]
