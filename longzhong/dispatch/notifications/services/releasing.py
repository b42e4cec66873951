"""Approve, queue and cancel: what a person decides about a whole batch."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Message, Notice
from longzhong.dispatch.notifications.rules import (
    APPROVERS,
    CLOSED,
    COMPOSERS,
    PURPOSES,
    MessageState,
    Purpose,
    Skip,
    State,
    next_open,
)
from longzhong.dispatch.notifications.services.moving import locked, move
from longzhong.kit import clock
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused

RELEASE_LOCK = 0x4C5A_4E51  # advisory: two batches counted against one phone's daily limit come one after the other


@transaction.atomic
def approve_notice(*, notice_id: int, by: Actor, at: datetime) -> None:
    """Let a batch that needs approval go; never by who composed it."""
    need(by, *APPROVERS)
    notice = locked(notice_id=notice_id, by=by)
    if by.user_id is not None and by.user_id == notice.made_by_user:
        raise Refused("approve_own", _("自己组织的通知要由别人批准；什么都没有改动。"))
    notice.approved_by_user = by.user_id
    move(notice=notice, verb="approve", by=by, at=at)


@transaction.atomic
def queue_notice(*, notice_id: int, by: Actor, at: datetime) -> Notice:
    """Release a ready batch: at once, or in the morning where it is quiet time; phones over their daily limit are skipped."""
    need(by, *COMPOSERS)
    notice = locked(notice_id=notice_id, by=by)
    limits, urgent = selectors.limits_of(notice, at), PURPOSES[Purpose(notice.purpose)].urgent
    notice.send_from = at if urgent else next_open(at, limits)
    if notice.send_until is not None and notice.send_until <= notice.send_from:
        raise Refused("too_late", _("到可以发送时已过有效时间；通知没有发出，请改时间或用紧急模板。"))
    if notice.state == State.READY and not Message.objects.filter(notice=notice, state=MessageState.QUEUED).exists():
        raise Refused("nobody_to_reach", _("没有可以送达的收件人；通知没有发出，请看不发原因。"))
    if not urgent:
        _skip_frequent(notice, limits.daily_per_phone)
    move(notice=notice, verb="queue", by=by, at=at, data={"from": notice.send_from})
    return notice


@transaction.atomic
def cancel_notice(*, notice_id: int, reason: str, by: Actor, at: datetime) -> int:
    """Take back what hasn't gone out; returns how many messages. What is being handed over is settled as it falls."""
    need(by, *COMPOSERS)
    if not reason.strip():
        raise Refused("cancel_needs_reason", _("取消通知要写明理由；什么都没有改动。"))
    notice = locked(notice_id=notice_id, by=by)
    waiting = Message.objects.filter(notice=notice, state=MessageState.QUEUED)
    taken = waiting.update(state=MessageState.CANCELLED, settled_at=clock.real_now())
    move(notice=notice, verb="cancel", by=by, at=at, reason=reason)
    return taken


def cancel_cause(*, cause: str, reason: str, by: Actor, at: datetime) -> int:
    """Take back whatever of a cause hasn't gone out: a plan was changed. Returns how many batches; none is nothing done."""
    rows = (
        Notice.objects.filter(cause=cause).exclude(state__in=CLOSED).order_by("id") if cause else Notice.objects.none()
    )
    ids = list(rows.values_list("pk", flat=True))
    for notice_id in ids:
        cancel_notice(notice_id=notice_id, reason=reason, by=by, at=at)
    return len(ids)


@transaction.atomic
def resend_uncertain(*, notice_id: int, by: Actor, at: datetime) -> int:
    """A person decides that what became of it unclear goes out again, under the same numbers; returns how many."""
    need(by, *COMPOSERS)
    notice = locked(notice_id=notice_id, by=by)
    rows = Message.objects.filter(notice=notice, state=MessageState.UNCERTAIN)
    if notice.state == State.CANCELLED or not rows.exists():
        raise Refused("nothing_uncertain", _("没有可以重发的结果不明的通知；什么都没有改动。"))
    taken = rows.update(
        state=MessageState.QUEUED, claim=None, lease_until=None, asked=0, attempts=0, next_at=clock.real_now()
    )
    if notice.state == State.DONE:
        move(notice=notice, verb="resend", by=by, at=at, data={"messages": taken})
    return taken


def _skip_frequent(notice: Notice, most: int) -> None:
    """Skip addresses that were or will be written to so often on the day of sending; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [RELEASE_LOCK])
        first = day_start(civil_day(notice.send_from or notice.made_at))
        cursor.execute(FREQUENT, {
            "notice": notice.pk, "most": most, "first": first, "skip": Skip.FREQUENCY.value, "urgent": Purpose.EMERGENCY.value,
            "states": [State.QUEUED.value, State.SENDING.value, State.DONE.value, State.CANCELLED.value],
        })  # fmt: skip


FREQUENT = """
update notifications_message m set state = 'skipped', reason = %(skip)s, settled_at = now()
from (select o.address_index from notifications_message o join notifications_notice n on n.id = o.notice_id
      where n.send_from >= %(first)s and n.send_from < %(first)s + interval '1 day' and n.state = any(%(states)s)
      and n.purpose <> %(urgent)s and n.id <> %(notice)s and o.channel = 'sms' and o.address_index <> ''
      and o.state in ('queued', 'claimed', 'sent', 'uncertain')
      group by o.address_index having count(*) >= %(most)s) full_today
where m.notice_id = %(notice)s and m.state = 'queued' and m.channel = 'sms' and m.address_index = full_today.address_index
"""
