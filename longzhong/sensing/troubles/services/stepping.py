"""The way in for people and outer systems: what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import needed
from longzhong.sensing.troubles import selectors
from longzhong.sensing.troubles.rules import Given, NewSignal
from longzhong.sensing.troubles.services import correcting, deciding
from longzhong.sensing.troubles.services.hearing import hear_signals


class Who(TypedDict):
    trouble_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with a trouble."""

    given: Given
    who: Who

    @property
    def other(self) -> int:
        return needed(self.given.other, "other")


DOERS: dict[str, Callable[[Step], object]] = {
    "confirm": lambda s: deciding.confirm(**s.who),
    "dismiss": lambda s: deciding.dismiss(reason=s.given.reason, **s.who),
    "move_signal": lambda s: correcting.move_signals(signal_ids=s.given.signals, other_id=s.other, **s.who),
    "split": lambda s: correcting.split(signal_ids=s.given.signals, **s.who),
    "merge": lambda s: correcting.merge(other_id=s.other, **s.who),
}


@transaction.atomic
def take_step(*, trouble_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, {"trouble_id": trouble_id, "by": by, "at": at})
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(trouble_id), key=key, by=by, at=at)


@transaction.atomic
def hear_once(*, signals: Sequence[NewSignal], key: str, by: Actor, at: datetime) -> int:
    """Hear pushed signals once for a client key; how many were new."""

    def make() -> int:
        return len(hear_signals(signals=signals, by=by, at=at))

    return matters.once_int(key=key, what=f"{selectors.PREFIX} signals", make=make, by=by, at=at)
