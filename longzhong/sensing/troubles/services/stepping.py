"""The way in for people and outer systems: what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.troubles import selectors
from longzhong.sensing.troubles.rules import Given, NewSignal
from longzhong.sensing.troubles.services import correcting, deciding
from longzhong.sensing.troubles.services.hearing import hear_signals


class Who(TypedDict):
    trouble_id: int
    by: Actor
    at: datetime


DOERS: dict[str, Callable[[Given, Who], object]] = {
    "confirm": lambda _given, who: deciding.confirm(**who),
    "dismiss": lambda given, who: deciding.dismiss(reason=given.reason, **who),
    "move_signal": lambda given, who: correcting.move_signals(signal_ids=given.signals, other_id=_other(given), **who),
    "split": lambda given, who: correcting.split(signal_ids=given.signals, **who),
    "merge": lambda given, who: correcting.merge(other_id=_other(given), **who),
}


@transaction.atomic
def take_step(*, trouble_id: int, verb: str, given: Given, key: str, by: Actor, at: datetime) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    if verb not in DOERS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        DOERS[verb](given, {"trouble_id": trouble_id, "by": by, "at": at})
        return verb

    return matters.once(key=key, what=f"{selectors.label(trouble_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def hear_once(*, signals: Sequence[NewSignal], key: str, by: Actor, at: datetime) -> int:
    """Hear pushed signals once for a client key; how many were new."""

    def act() -> str:
        return str(len(hear_signals(signals=signals, by=by, at=at)))

    return int(matters.once(key=key, what=f"{selectors.PREFIX} signals", act=act, by=by, at=at))


def _other(given: Given) -> int:
    if given.other is None:
        raise Refused("field_missing", _("请把这一步要填的内容填完整；什么都没有改动。"), field="other")
    return given.other
