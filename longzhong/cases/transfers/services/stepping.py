"""One way in for people's steps: a verb, what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.rules import Given, NewTransfer
from longzhong.cases.transfers.services import defects, opening, stages
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor


class Who(TypedDict):
    transfer_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a transfer."""

    given: Given
    uploads: list[matters.Upload]
    who: Who


def _settle(verb: str) -> Callable[[Step], object]:
    return lambda s: stages.settle(verb=verb, reason=s.given.reason, **s.who)


def _survey(verb: str) -> Callable[[Step], object]:
    return lambda s: stages.end_survey(verb=verb, reason=s.given.reason, **s.who)


DOERS: dict[str, Callable[[Step], object]] = {
    "add_defect": lambda s: defects.add_defect(new=s.given.defect, **s.who),
    "fix": lambda s: defects.fix(defect_id=s.given.defect_id, uploads=s.uploads, note=s.given.reason, **s.who),
    "verify": lambda s: defects.verify(defect_id=s.given.defect_id, note=s.given.reason, **s.who),
    "unfix": lambda s: defects.unfix(defect_id=s.given.defect_id, reason=s.given.reason, **s.who),
    "list_defects": _survey("list_defects"),
    "clear": _survey("clear"),
    "notify": lambda s: stages.notify(uploads=s.uploads, note=s.given.reason, **s.who),
    "submit": lambda s: stages.submit(**s.who),
    "fail": lambda s: stages.fail(new=s.given.defect, reason=s.given.reason, **s.who),
    "accept": lambda s: stages.accept(uploads=s.uploads, note=s.given.reason, **s.who),
    "hand_over": lambda s: stages.hand_over(contract_no=s.given.contract_no, uploads=s.uploads, **s.who),
    "dispute": lambda s: stages.dispute(reason=s.given.reason, **s.who),
    **{verb: _settle(verb) for verb in stages.SETTLED},
    "stop": lambda s: stages.stop(reason=s.given.reason, **s.who),
    "restart": lambda s: stages.restart(reason=s.given.reason, **s.who),
    "attach": lambda s: opening.attach(uploads=s.uploads, note=s.given.reason, **s.who),
    "tie": lambda s: opening.tie(address=s.given.label, **s.who),
}


@transaction.atomic
def take_step(
    *, transfer_id: int, verb: str, given: Given, uploads: list[matters.Upload], key: str, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, uploads, Who(transfer_id=transfer_id, by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(transfer_id), key=key, by=by, at=at)


@transaction.atomic
def open_once(*, new: NewTransfer, unit_id: int, key: str, by: Actor, at: datetime) -> int:
    """Open a transfer once for a client key; its id, now or then."""

    def make() -> int:
        return opening.open_transfer(new=new, unit_id=unit_id, by=by, at=at).pk

    return matters.once_int(key=key, what="transfers.open", make=make, by=by, at=at)
