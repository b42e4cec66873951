"""Write down what became of claimed messages; and end a notice whose last message is settled."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.gateways import Outcome, Result
from longzhong.dispatch.notifications.models import Message, Notice, Provider
from longzhong.dispatch.notifications.rules import MOVING, MessageState, State
from longzhong.dispatch.notifications.rules.bucket import backoff_s, pause_s
from longzhong.dispatch.notifications.services.claiming import Claimed
from longzhong.dispatch.notifications.services.moving import locked, move
from longzhong.kit import clock
from longzhong.kit.actor import Actor

ASK_AFTER_S = 10  # a provider needs a moment to know what a broken call left behind
HELD = (MessageState.CLAIMED, MessageState.UNCERTAIN)  # a slow worker still knows better than the sweep


@transaction.atomic
def settle_batch(
    *,
    claimed: Claimed,
    results: Sequence[Result],
    parts: Mapping[int, int],
    trouble: str,
    by: Actor,  # noqa: ARG001  every service says who
    at: datetime,  # noqa: ARG001  and when
) -> None:
    """Settle a claim's messages; only those that this claim still holds."""
    now = clock.real_now()
    back = [one for one in results if one.outcome in (Outcome.AGAIN, Outcome.NOT_BEGUN)]
    if back:
        _put_back(claimed, back, now)
    _sent(claimed, [one for one in results if one.outcome is Outcome.SENT], parts, now)
    for outcome, state in ((Outcome.REFUSED, MessageState.FAILED), (Outcome.UNKNOWN, MessageState.UNCERTAIN)):
        codes: dict[str, list[int]] = {}
        for one in results:
            if one.outcome is outcome:
                codes.setdefault(one.code, []).append(one.id)
        for code, ids in codes.items():
            lease = now + timedelta(seconds=ASK_AFTER_S) if state == MessageState.UNCERTAIN else None
            _held(claimed, ids).update(state=state, reason=code[:40] or "refused", settled_at=now, lease_until=lease)
    _note_health(claimed.provider_id, trouble, any(one.outcome is Outcome.SENT for one in results), now)


@transaction.atomic
def start_notice(*, notice_id: int, by: Actor, at: datetime) -> None:
    """The first messages of a queued batch were claimed."""
    notice = locked(notice_id=notice_id, by=by)
    if notice.state == State.QUEUED:
        move(notice=notice, verb="start", by=by, at=at)


@transaction.atomic
def finish_notice(*, notice_id: int, by: Actor, at: datetime) -> bool:
    """End a batch none of whose messages waits or is on its way; says whether it did."""
    live = Message.objects.filter(notice=notice_id, state__in=(MessageState.QUEUED, MessageState.CLAIMED))
    if live.exists():
        return False
    notice = locked(notice_id=notice_id, by=by)
    if notice.state not in MOVING or live.exists():
        return False
    move(notice=notice, verb="finish", by=by, at=at)
    return True


def waiting_state(notice_id: int) -> MessageState:
    """Where an unsent message goes back to: the queue, or with its batch that was cancelled meanwhile. Locks the batch."""
    state = Notice.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=notice_id)
    return MessageState.CANCELLED if state == State.CANCELLED else MessageState.QUEUED


def _held(claimed: Claimed, ids: Sequence[int]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=ids, claim=claimed.claim, state__in=HELD)


def _sent(claimed: Claimed, results: Sequence[Result], parts: Mapping[int, int], now: datetime) -> None:
    if not results:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "update notifications_message m set state = 'sent', reason = '', provider_ref = x.ref, parts = x.parts,"
            " settled_at = %s, lease_until = null"
            " from unnest(%s::bigint[], %s::text[], %s::int[]) as x(id, ref, parts)"
            " where m.id = x.id and m.claim = %s and m.state in ('claimed', 'uncertain')",
            [
                now, [one.id for one in results], [one.ref for one in results],
                [parts.get(one.id, 0) for one in results], claimed.claim,
            ],
        )  # fmt: skip


def _put_back(claimed: Claimed, results: Sequence[Result], now: datetime) -> None:
    """What wasn't taken: later again, by the next provider, or failed where there is no other."""
    state = waiting_state(claimed.notice_id)
    free = {"state": state, "claim": None, "lease_until": None}
    idle = [one.id for one in results if one.outcome is Outcome.NOT_BEGUN]
    _held(claimed, idle).update(**free, attempts=F("attempts") - 1, next_at=now + timedelta(seconds=1))
    again = {one.id: one.code for one in results if one.outcome is Outcome.AGAIN}
    tries = dict(_held(claimed, list(again)).values_list("pk", "attempts"))
    for attempts in set(tries.values()):
        ids = [one for one, number in tries.items() if number == attempts]
        if attempts < claimed.attempts_most:
            _held(claimed, ids).update(**free, next_at=now + timedelta(seconds=backoff_s(attempts)))
        else:
            _pass_on(claimed, ids, free, now)


def _pass_on(claimed: Claimed, ids: list[int], free: Mapping[str, object], now: datetime) -> None:
    """The provider gave up on these: the next enabled one that hasn't yet takes them, else they failed."""
    channel = Provider.objects.values_list("channel", flat=True).get(pk=claimed.provider_id)
    others = {one.pk for one in selectors.enabled_providers(channel)} - {claimed.provider_id}
    for number, passed in list(_held(claimed, ids).values_list("pk", "passed")):
        row = Message.objects.filter(pk=number, claim=claimed.claim)
        if others - set(passed):
            row.update(**free, attempts=0, passed=[*passed, claimed.provider_id], next_at=now)
        else:
            row.update(state=MessageState.FAILED, reason="exhausted", settled_at=now, lease_until=None)


def _note_health(provider_id: int, trouble: str, any_sent: bool, now: datetime) -> None:
    """A provider that can't be reached three times in a row rests, and the next one takes its place meanwhile."""
    row = Provider.objects.select_for_update(no_key=True).get(pk=provider_id)
    if not trouble:
        if any_sent:
            row.failures, row.down_until, row.last_ok_at = 0, None, now
            row.save(update_fields=["failures", "down_until", "last_ok_at"])
        return
    row.failures, row.last_error = min(row.failures + 1, 30), f"{trouble}"[:60]
    rest = pause_s(row.failures)
    row.down_until = now + timedelta(seconds=rest) if rest else None
    row.save(update_fields=["failures", "last_error", "down_until"])
