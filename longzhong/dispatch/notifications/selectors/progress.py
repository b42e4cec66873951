"""How far a notice is: by state, by reason, by channel; and the notices of a cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from longzhong.dispatch.notifications.models import Covered, Message, Notice, Receipt
from longzhong.dispatch.notifications.rules import (
    CLOSED,
    FAIL_WORDS,
    GONE_SKIPS,
    SKIP_WORDS,
    Channel,
    Counts,
    Heard,
    MessageState,
    Skip,
    State,
)


@dataclass(frozen=True)
class ReasonLine:
    """Why so many got none, or failed."""

    reason: str
    words: str
    messages: int


@dataclass(frozen=True)
class ReachLine:
    """One channel: put in the queue, handed over, and what came back."""

    channel: str
    queued: int
    sent: int
    failed: int
    uncertain: int
    delivered: int
    acknowledged: int
    parts: int


@dataclass(frozen=True)
class NoticeCard:
    """A notice as others may show it."""

    id: int
    number: str
    title: str
    cause: str
    purpose: str
    state: str
    counts: Counts


def counts(notice_id: int) -> Counts:
    """The messages of a notice by state, counted now."""
    rows = Message.objects.filter(notice=notice_id).order_by().values_list("state").annotate(Count("id"))
    return Counts.of(dict(rows))


def kept_counts(notice: Notice) -> Counts:
    """The counts as last kept on the row: for lists."""
    return Counts(**notice.counts)


def reasons(notice_id: int, state: MessageState) -> list[ReasonLine]:
    """Why messages were skipped or failed, the most frequent first."""
    rows = (
        Message.objects.filter(notice=notice_id, state=state).order_by().values_list("reason").annotate(n=Count("id"))
    )
    told = [ReasonLine(reason, reason_words(reason), number) for reason, number in rows]
    return sorted(told, key=lambda line: (-line.messages, line.reason))


def reason_words(reason: str) -> str:
    """The Chinese word of a reason; a provider's own code as it is."""
    if reason in Skip._value2member_map_:
        return SKIP_WORDS[Skip(reason)]
    return FAIL_WORDS.get(reason, f"通道返回 {reason}" if reason else "")


def reach(notice_id: int) -> list[ReachLine]:
    """Reach and acknowledgement per channel; three queries."""
    rows = Message.objects.filter(notice=notice_id).order_by().values_list("channel", "state")
    states: dict[str, dict[str, int]] = {}
    for channel, state, number in rows.annotate(Count("id")):
        states.setdefault(channel, {})[state] = number
    parts, heard = dict(_parts(notice_id)), _heard(notice_id)
    return [_line(Channel(one), Counts.of(by), heard.get(one, {}), parts.get(one, 0)) for one, by in states.items()]


def progress(notice_id: int) -> NoticeCard:
    """One notice with its counts of now; for whoever caused it."""
    return _card(Notice.objects.get(pk=notice_id), counts(notice_id))


def of_cause(cause: str) -> list[NoticeCard]:
    """The notices of a label, newest first, with their kept counts (now for those that still move)."""
    rows = Notice.objects.filter(cause=cause).order_by("-id") if cause else Notice.objects.none()
    return [_card(row, kept_counts(row) if row.state in CLOSED else counts(row.pk)) for row in rows]


def told_accounts(cause: str, account_ids: Iterable[int]) -> frozenset[int]:
    """Which of these accounts were sent something for a cause: what a call desk answers 没有收到通知 with."""
    rows = Covered.objects.filter(
        account__in=list(account_ids), message__notice__cause=cause, message__state=MessageState.SENT
    )
    return frozenset(rows.values_list("account_id", flat=True))


def withheld(account_ids: Iterable[int] | QuerySet[Any, Any]) -> int:
    """How many messages weren't sent to these accounts because they are closed, being closed or demolished (S0-38)."""
    return withheld_rows().filter(account__in=account_ids).values("message").distinct().count()


def withheld_rows() -> QuerySet[Covered]:
    """One row an account and message that wasn't sent because of the account's state; a higher app asks whether one exists."""
    return Covered.objects.filter(message__state=MessageState.SKIPPED, message__reason__in=GONE_SKIPS)


def still_composing() -> list[int]:
    """Notices whose audience a job has yet to resolve."""
    rows = Notice.objects.filter(state=State.COMPOSING, audience__isnull=False).order_by("rank", "id")
    return list(rows.values_list("pk", flat=True))


def _parts(notice_id: int) -> Iterable[tuple[str, int]]:
    rows = Message.objects.filter(notice=notice_id, parts__gt=0).order_by().values_list("channel", "parts")
    billed: dict[str, int] = {}
    for channel, parts, number in rows.annotate(Count("id")):
        billed[channel] = billed.get(channel, 0) + parts * number
    return billed.items()


def _heard(notice_id: int) -> dict[str, dict[str, int]]:
    rows = Receipt.objects.filter(message__notice=notice_id).order_by().values_list("message__channel")
    told = rows.annotate(
        delivered=Count("message", distinct=True, filter=~Q(kind=Heard.FAILED)),
        acknowledged=Count("message", distinct=True, filter=Q(kind=Heard.ACKNOWLEDGED)),
    )
    return {channel: {"delivered": one, "acknowledged": two} for channel, one, two in told}


def _line(channel: Channel, by: Counts, heard: Mapping[str, int], parts: int) -> ReachLine:
    delivered, acknowledged = heard.get("delivered", 0), heard.get("acknowledged", 0)
    return ReachLine(channel, by.queued, by.sent, by.failed, by.uncertain, delivered, acknowledged, parts)


def _card(row: Notice, told: Counts) -> NoticeCard:
    return NoticeCard(row.pk, row.number, row.title, row.cause, row.purpose, row.state, told)
