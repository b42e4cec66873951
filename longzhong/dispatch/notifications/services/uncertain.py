"""What becomes of calls that were cut off: asked for by our number, else held or sent again as the template says (job)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.gateways import Gateway, GiveUp, Known, TryAgain
from longzhong.dispatch.notifications.gateways.opening import Opener, open_gateway
from longzhong.dispatch.notifications.models import Message, Notice
from longzhong.dispatch.notifications.rules import MOVING, Interrupted, MessageState, State, our_id
from longzhong.dispatch.notifications.rules.bucket import backoff_s
from longzhong.dispatch.notifications.services.moving import locked, move, step
from longzhong.dispatch.notifications.services.providers import config_of
from longzhong.dispatch.notifications.services.receipts import match_receipts
from longzhong.dispatch.notifications.services.settling import finish_notice, waiting_state
from longzhong.kit import clock
from longzhong.kit.actor import Actor

PAGE = 500
ASKING_S = 120  # no other sweep asks for the same messages meanwhile


def settle_uncertain(*, by: Actor, at: datetime, opener: Opener = open_gateway) -> int:
    """Find what was cut off, ask for it, and end what is over; returns how many messages were asked for."""
    _expire_leases()
    _expire_notices(at)
    match_receipts(by=by, at=at)
    asked, lines, moved = 0, {}, set()
    for row in _to_ask():
        if row.provider_id not in lines:
            lines[row.provider_id] = _opened(row, opener)
        if _settle(row, lines[row.provider_id], at):
            moved.add(row.notice_id)
        asked += 1
    for line in lines.values():
        if line is not None:
            line.close()
    for notice_id in {*moved, *_moving()}:
        _follow(notice_id, notice_id in moved, by, at)
    return asked


@transaction.atomic
def _expire_leases() -> int:
    now = clock.real_now()
    rows = Message.objects.filter(state=MessageState.CLAIMED, lease_until__lt=now)
    return rows.update(state=MessageState.UNCERTAIN, reason="cut_off", settled_at=now, lease_until=now)


@transaction.atomic
def _expire_notices(at: datetime) -> int:
    rows = Message.objects.filter(state=MessageState.QUEUED, notice__state__in=MOVING, notice__send_until__lte=at)
    ids = list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[: PAGE * 20])
    return Message.objects.filter(pk__in=ids).update(
        state=MessageState.FAILED, reason="expired", settled_at=clock.real_now()
    )


@transaction.atomic
def _to_ask() -> list[Message]:
    """Uncertain messages whose turn it is; they are ours for ASKING_S."""
    now = clock.real_now()
    rows = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=MessageState.UNCERTAIN, lease_until__lte=now
    )
    picked = list(rows.select_related("notice__template", "provider").order_by("lease_until", "id")[:PAGE])
    Message.objects.filter(pk__in=[row.pk for row in picked]).update(
        lease_until=now + timedelta(seconds=ASKING_S), asked=F("asked") + 1
    )
    return picked


def _opened(row: Message, opener: Opener) -> Gateway | None:
    try:
        return opener(config_of(row.provider)) if row.provider else None
    except GiveUp:
        return None


def _settle(row: Message, line: Gateway | None, at: datetime) -> bool:
    """Ask for one message and do what follows; says whether its state changed."""
    try:
        known = line.query(our_id(row.notice.token, row.pk), row.provider_ref) if line else Known.CANT_SAY
    except (TryAgain, GiveUp):
        if row.asked + 1 < selectors.limits_of(row.notice, at).uncertain_asks:
            later = clock.real_now() + timedelta(seconds=backoff_s(row.asked + 1))
            Message.objects.filter(pk=row.pk, state=MessageState.UNCERTAIN).update(lease_until=later)
            return False
        known = Known.CANT_SAY
    if known is Known.HAS:
        return _decide(row, MessageState.SENT)
    resend = row.notice.template.interrupted == Interrupted.RESEND and row.attempts < 5
    if known is Known.NEVER or resend:
        return _decide(row, MessageState.QUEUED)
    Message.objects.filter(pk=row.pk, state=MessageState.UNCERTAIN).update(lease_until=None)  # held for a person
    return False


@transaction.atomic
def _decide(row: Message, state: MessageState) -> bool:
    if state == MessageState.QUEUED:
        state = waiting_state(row.notice_id)
    rows = Message.objects.filter(pk=row.pk, state=MessageState.UNCERTAIN, claim=row.claim)
    claim = row.claim if state == MessageState.SENT else None
    return bool(rows.update(state=state, reason="", claim=claim, lease_until=None, next_at=clock.real_now()))


@transaction.atomic
def _follow(notice_id: int, changed: bool, by: Actor, at: datetime) -> None:
    """The batch after a sweep: sent on where messages came back to the queue, else counted anew and ended where it is over."""
    if finish_notice(notice_id=notice_id, by=by, at=at):
        return
    notice = locked(notice_id=notice_id, by=by)
    waiting = Message.objects.filter(notice=notice, state=MessageState.QUEUED).exists()
    if notice.state == State.DONE and waiting:
        move(notice=notice, verb="resend", by=by, at=at)
    elif changed and notice.state in (State.DONE, State.CANCELLED):
        step(notice=notice, verb="settle", by=by, at=at)
        notice.save(update_fields=["counts", "counted_at"])
    elif notice.state in MOVING:
        told = selectors.counts(notice_id)
        notice.counts, notice.counted_at = told.as_dict(), at
        notice.save(update_fields=["counts", "counted_at"])


def _moving() -> list[int]:
    return list(Notice.objects.filter(Q(state__in=MOVING)).order_by("rank", "id").values_list("pk", flat=True))
