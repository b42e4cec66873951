"""Count a stranger's questions and refuse too many; nothing personal is kept, and nothing longer than a day."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers.rules.numbers import normal_phone
from longzhong.surfaces.portal.models import Ask
from longzhong.surfaces.portal.rules import ASK_LIMITS, AskKind
from longzhong.surfaces.portal.selectors import limits_on, location

KEPT = timedelta(days=1)


@transaction.atomic
def ask(*, kind: AskKind, address: str, phone: str = "", by: Actor, at: datetime) -> None:  # noqa: ARG001  a stranger's
    """Count one question by its address and its phone; `portal_too_many` when either has asked too often in the window."""
    limits = limits_on(civil_day(at))
    per_address, per_phone = ASK_LIMITS[kind]
    counted = [(location(address), getattr(limits, per_address))]
    if per_phone and phone:
        counted.append((vault.index(normal_phone(phone), "portal.phone"), getattr(limits, per_phone)))
    count_asks(
        kind=kind, counted=[one for one in counted if one[0]], window=timedelta(minutes=limits.window_min), at=at
    )


def count_asks(*, kind: AskKind, counted: list[tuple[str, int]], window: timedelta, at: datetime) -> None:
    """One more under each key, unless one of them is full. Those who ask at once queue up, so that none slips past."""
    for key, _most in sorted(counted):
        _one_at_a_time(key)
    for key, most in counted:
        rows = Ask.objects.filter(kind=kind, key=key, at__gt=at - window)
        if rows.count() >= most:
            again = rows.order_by("at").values_list("at", flat=True).first() or at
            wait = max(1, int(((again + window) - at).total_seconds()))
            text = _("查得太频繁了，请过 %(minutes)s 分钟再试；着急请直接拨打 95598。什么都没有改动。")
            raise Refused("portal_too_many", text % {"minutes": (wait + 59) // 60}, retry_after_s=wait)
    Ask.objects.bulk_create([Ask(kind=kind, key=key, at=at) for key, _most in counted])


def sweep_asks(*, by: Actor, at: datetime) -> int:  # noqa: ARG001  the house's own broom
    """Forget what is older than a day; returns how many."""
    return Ask.objects.filter(at__lt=at - KEPT).delete()[0]


def _one_at_a_time(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
