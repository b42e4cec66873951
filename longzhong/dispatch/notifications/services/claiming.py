"""Claim messages for one provider: in one short transaction, committed before anybody is called.

The provider's row is locked meanwhile, so that its bucket is one for all workers; the messages are taken with SKIP LOCKED.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.gateways import Config
from longzhong.dispatch.notifications.models import Covered, Message, Notice, Provider
from longzhong.dispatch.notifications.rules import KINDS, MOVING, PURPOSES, Kind, MessageState, Purpose, Skip, is_quiet
from longzhong.dispatch.notifications.rules.bucket import allowed, refilled
from longzhong.dispatch.notifications.rules.recipients import state_fault
from longzhong.dispatch.notifications.services.providers import config_of
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True)
class Claimed:
    """Messages that one worker has until `lease_s` seconds from now."""

    provider_id: int
    config: Config
    notice_id: int
    claim: int
    ids: tuple[int, ...]
    lease_s: int
    attempts_most: int


@transaction.atomic
def claim_batch(*, provider_id: int, by: Actor, at: datetime) -> Claimed | None:  # noqa: ARG001  every service says who
    """The next messages of this provider, the most urgent batch first; None: nothing to do, or not yet."""
    now = clock.real_now()
    rows = Provider.objects.select_for_update(no_key=True).filter(pk=provider_id, enabled=True)
    provider = rows.exclude(down_until__gt=now).first()
    if provider is None:
        return None
    passed_s = (now - provider.refilled_at).total_seconds() if provider.refilled_at else 3600.0
    tokens = refilled(provider.tokens, passed_s, provider.rate_per_s)
    most = allowed(tokens, provider.rate_per_s, KINDS[Kind(provider.kind)].batch)
    taken = _take(provider, most, now, at) if most else None
    if taken is None:
        return None
    notice_id, ids = taken
    claim, provider.tokens, provider.refilled_at = secrets.randbits(62), tokens - len(ids), now
    provider.save(update_fields=["tokens", "refilled_at"])
    living = _without_gone(notice_id, ids, now, at)
    Message.objects.filter(pk__in=living).update(
        state=MessageState.CLAIMED, provider=provider, claim=claim, claimed_at=now, attempts=F("attempts") + 1,
        lease_until=now + timedelta(seconds=provider.lease_s),
    )  # fmt: skip
    return Claimed(
        provider.pk, config_of(provider), notice_id, claim, tuple(living), provider.lease_s, provider.attempts_most
    )


def sendable(channel: str, at: datetime) -> list[int]:
    """Notices on a channel that may go out at this moment, the most urgent first; the others sleep."""
    rows = Notice.objects.filter(state__in=MOVING, channels__contains=[channel], send_from__lte=at)
    rows = rows.filter(Q(send_until=None) | Q(send_until__gt=at)).order_by("rank", "id")
    return [
        row.pk
        for row in rows
        if PURPOSES[Purpose(row.purpose)].urgent or not is_quiet(at, selectors.limits_of(row, at))
    ]


def _take(provider: Provider, most: int, now: datetime, at: datetime) -> tuple[int, list[int]] | None:
    """Up to `most` waiting messages of the first notice that has any for this provider; their rows are locked."""
    others = selectors.enabled_providers(provider.channel)
    ahead = [one.pk for one in others if (one.place, one.pk) < (provider.place, provider.pk)]
    down = {one.pk for one in others if one.down_until and one.down_until > now}
    for notice_id in sendable(provider.channel, at):
        rows = _waiting(notice_id, provider, [one for one in ahead if one not in down], now)
        ids = list(rows.order_by("id").values_list("pk", flat=True)[:most])
        if ids:
            return notice_id, ids
    return None


def _waiting(notice_id: int, provider: Provider, ahead: list[int], now: datetime) -> QuerySet[Message]:
    """Waiting messages that all providers ahead of this one have given up on, and this one hasn't."""
    rows = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        notice=notice_id, channel=provider.channel, state=MessageState.QUEUED, next_at__lte=now
    )
    rows = rows.filter(passed__contains=ahead) if ahead else rows
    return rows.exclude(passed__contains=[provider.pk])


def _without_gone(notice_id: int, ids: list[int], now: datetime, at: datetime) -> list[int]:
    """Skip messages all of whose accounts are gone since they were composed; bills also where one is being closed (S0-38)."""
    notice = Notice.objects.get(pk=notice_id)
    silent = selectors.limits_of(notice, at).closing_silent
    accounts: dict[int, list[int]] = {}
    for message_id, account_id in Covered.objects.filter(message__in=ids).values_list("message_id", "account_id"):
        accounts.setdefault(message_id, []).append(account_id)
    states = customers.account_states({one for some in accounts.values() for one in some}) if accounts else {}
    gone: dict[Skip, list[int]] = {}
    for message_id, some in accounts.items():
        faults = [state_fault(states.get(one), notice.purpose, silent) for one in some]
        if faults[0] is not None and None not in faults:
            gone.setdefault(faults[0], []).append(message_id)
    for why, dead in gone.items():
        Message.objects.filter(pk__in=dead).update(state=MessageState.SKIPPED, reason=why, settled_at=now)
    skipped = {one for dead in gone.values() for one in dead}
    return [one for one in ids if one not in skipped]
