"""Client keys: a POST that a phone or a platform repeats is done once and answered the same."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.models import ClientKey
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


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
