"""The way in for people: every step of the machine with its fields and files, once for a client key."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.rules import Given
from longzhong.cases.disconnections.services import acting, preparing
from longzhong.cases.disconnections.services.paying import record_payment
from longzhong.cases.disconnections.services.preparing import NO_FILES
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

PLAIN: dict[str, Callable[..., Any]] = {
    "try_contact": preparing.try_contact, "submit": preparing.submit, "approve": preparing.approve,
    "decline": preparing.decline, "cancel": preparing.cancel, "warn": acting.warn, "lift": acting.lift,
    "reply": acting.reply,
}  # fmt: skip
WITH_PHOTOS: dict[str, Callable[..., Any]] = {
    "contact": preparing.contact, "notice": preparing.notice, "execute": acting.execute, "reconnect": acting.reconnect,
}  # fmt: skip


@transaction.atomic
def take_step(
    *, disconnection_id: int, verb: str, given: Given, key: str, photos: Sequence[Upload] = NO_FILES, by: Actor,
    at: datetime,
) -> str:  # fmt: skip
    """Take one step; the same client key is answered with the same word and does nothing again."""
    if verb not in PLAIN and verb not in WITH_PHOTOS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        who: dict[str, Any] = {"disconnection_id": disconnection_id, "given": given, "by": by, "at": at}
        if verb in WITH_PHOTOS:
            WITH_PHOTOS[verb](photos=photos, **who)
        else:
            PLAIN[verb](**who)
        return verb

    return matters.once(key=key, what=f"{selectors.label(disconnection_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def propose_once(*, account_id: int, key: str, by: Actor, at: datetime) -> int:
    """A person proposes an account, once for a client key."""

    def act() -> str:
        return str(preparing.propose(account_id=account_id, by=by, at=at))

    return int(matters.once(key=key, what=f"{selectors.NOUN} propose {account_id}", act=act, by=by, at=at))


@transaction.atomic
def pay_once(*, account_id: int, paid_at: datetime, key: str, by: Actor, at: datetime) -> int:
    """Somebody at the counter saw the payment of all open bills; once for a client key. Returns how many bills."""
    from_counter = f"{selectors.NOUN} paid {account_id}"

    def act() -> str:
        return str(record_payment(account_id=account_id, paid_at=paid_at, by=by, at=at))

    return int(matters.once(key=key, what=from_counter, act=act, by=by, at=at))
