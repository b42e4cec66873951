"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.rules import Given
from longzhong.cases.rectifications.services import drafting, proving, reviewing, signing
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import needed


class Who(TypedDict):
    form_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a form."""

    given: Given
    uploads: Sequence[matters.Upload]
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "edit": lambda s: drafting.edit(facts=s.given.text, cause=s.given.cause, aim=s.given.aim, **s.who),
    "add_measure": lambda s: drafting.add_measure(
        text=s.given.text, owner_id=needed(s.given.staff_id, "staff_id"), due_on=needed(s.given.due_on, "due_on"), **s.who
    ),
    "drop_measure": lambda s: drafting.drop_measure(
        measure_id=needed(s.given.number, "number"), reason=s.given.reason, **s.who
    ),
    "submit": lambda s: drafting.submit(parts=s.given.parts, order=s.given.order, **s.who),
    "sign": lambda s: signing.sign(part_id=s.given.number, opinion=s.given.reason, **s.who),
    "refuse": lambda s: signing.refuse(part_id=s.given.number, reason=s.given.reason, **s.who),
    "delegate": lambda s: signing.delegate(
        part_id=s.given.number, staff_id=needed(s.given.staff_id, "staff_id"), from_on=needed(s.given.from_on, "from_on"),
        to_on=needed(s.given.due_on, "due_on"), **s.who,
    ),
    "prove": lambda s: proving.prove(
        measure_id=needed(s.given.number, "number"), words=s.given.reason, uploads=s.uploads, **s.who
    ),
    "return_proof": lambda s: proving.return_proof(
        measure_id=needed(s.given.number, "number"), reason=s.given.reason, due_on=needed(s.given.due_on, "due_on"), **s.who
    ),
    "revisit": lambda s: reviewing.revisit(found=s.given.found, words=s.given.reason, uploads=s.uploads, **s.who),
    "effective": lambda s: reviewing.judge(verb="effective", words=s.given.reason, **s.who),
    "not_effective": lambda s: reviewing.judge(verb="not_effective", words=s.given.reason, **s.who),
    "again": lambda s: reviewing.again(**s.who),
}  # fmt: skip


@transaction.atomic
def take_step(
    *, form_id: int, verb: str, given: Given, uploads: Sequence[matters.Upload] = (), key: str, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, uploads, Who(form_id=form_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(form_id), key=key, by=by, at=at)
