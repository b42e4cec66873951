"""Client keys: a POST that a phone or a platform repeats is done once and answered the same."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.models import ClientKey
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

Step = TypeVar("Step")


@transaction.atomic
def once(*, key: str, what: str, act: Callable[[], str], by: Actor, at: datetime) -> str:
    """Run `act` unless this user's key was used already; returns the outcome, now or then.

    A second POST that comes while the first is running waits for it; a first one that failed left no trace.
    """
    if not 8 <= len(key) <= 64 or by.user_id is None:
        raise Refused("client_key_missing", _("请求缺少唯一编号，没有处理；请刷新页面后重试。"))
    row = ClientKey(user_id=by.user_id, key=key, what=what[:120], at=at)
    ClientKey.objects.bulk_create([row], ignore_conflicts=True)
    held = ClientKey.objects.select_for_update().get(user_id=by.user_id, key=key)
    if held.what != what[:120]:
        raise Refused("client_key_reused", _("同一编号用在了另一件事上，没有处理；请刷新页面后重试。"), was=held.what)
    if held.outcome:
        return held.outcome
    held.outcome = act()[:200] or "done"
    held.save(update_fields=["outcome"])
    return held.outcome


def once_int(*, key: str, what: str, make: Callable[[], int], by: Actor, at: datetime) -> int:
    """As `once` for a number: the id of what was made, or how many; now or then."""
    return int(once(key=key, what=what, act=lambda: str(make()), by=by, at=at))


def step_once(
    *, doers: Mapping[str, Callable[[Step], object]], verb: str, step: Step, of: str, key: str, by: Actor, at: datetime
) -> str:
    """One way in for people's steps: the doer of `verb` takes `step` with the matter `of`, once for a client key.

    Returns the verb, now or then; a verb that nobody does is refused as `no_such_move`.
    """
    doer = doers.get(verb)
    if doer is None:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        doer(step)
        return verb

    return once(key=key, what=f"{of} {verb}", act=act, by=by, at=at)
