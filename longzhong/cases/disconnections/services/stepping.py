"""The way in for people: every step of the machine with its fields and files, once for a client key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.rules import Given
from longzhong.cases.disconnections.services import acting, preparing
from longzhong.cases.disconnections.services.paying import record_payment
from longzhong.cases.disconnections.services.preparing import NO_FILES
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor


class Who(TypedDict):
    disconnection_id: int
    given: Given
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a disconnection."""

    photos: Sequence[Upload]
    who: Who


DOERS: dict[str, Callable[[Step], object]] = {
    "try_contact": lambda s: preparing.try_contact(**s.who),
    "contact": lambda s: preparing.contact(photos=s.photos, **s.who),
    "notice": lambda s: preparing.notice(photos=s.photos, **s.who),
    "submit": lambda s: preparing.submit(**s.who),
    "approve": lambda s: preparing.approve(**s.who),
    "decline": lambda s: preparing.decline(**s.who),
    "cancel": lambda s: preparing.cancel(**s.who),
    "warn": lambda s: acting.warn(**s.who),
    "execute": lambda s: acting.execute(photos=s.photos, **s.who),
    "lift": lambda s: acting.lift(**s.who),
    "reconnect": lambda s: acting.reconnect(photos=s.photos, **s.who),
    "reply": lambda s: acting.reply(**s.who),
}


@transaction.atomic
def take_step(
    *, disconnection_id: int, verb: str, given: Given, key: str, photos: Sequence[Upload] = NO_FILES, by: Actor,
    at: datetime,
) -> str:  # fmt: skip
    """Take one step; the same client key is answered with the same word and does nothing again."""
    step = Step(photos, Who(disconnection_id=disconnection_id, given=given, by=by, at=at))
    return matters.step_once(
        doers=DOERS, verb=verb, step=step, of=selectors.label(disconnection_id), key=key, by=by, at=at
    )


@transaction.atomic
def propose_once(*, account_id: int, key: str, by: Actor, at: datetime) -> int:
    """A person proposes an account, once for a client key."""

    def make() -> int:
        return preparing.propose(account_id=account_id, by=by, at=at)

    return matters.once_int(key=key, what=f"{selectors.NOUN} propose {account_id}", make=make, by=by, at=at)


@transaction.atomic
def pay_once(*, account_id: int, paid_at: datetime, key: str, by: Actor, at: datetime) -> int:
    """Somebody at the counter saw the payment of all open bills; once for a client key. Returns how many bills."""
    from_counter = f"{selectors.NOUN} paid {account_id}"

    def make() -> int:
        return record_payment(account_id=account_id, paid_at=paid_at, by=by, at=at)

    return matters.once_int(key=key, what=from_counter, make=make, by=by, at=at)
