"""Lists of messages with masked addresses: who failed, who was skipped, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from longzhong.dispatch.notifications.models import Message
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, MESSAGE_WORDS, Channel, MessageState
from longzhong.dispatch.notifications.selectors.progress import reason_words
from longzhong.kit import vault
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.masking import mask_account_code, mask_email, mask_phone


@dataclass(frozen=True)
class MessageLine:
    """One message as a list shows it: nobody can be called by it."""

    id: int
    account_id: int | None
    account: str
    channel: str
    address: str
    state: str
    state_words: str
    reason: str
    provider: str
    attempts: int
    settled_at: datetime | None


def message_lines(rows: Sequence[Message]) -> list[MessageLine]:
    """Messages dressed for a list; one query for the accounts of all."""
    codes = customers.codes_of([row.account_id for row in rows if row.account_id])
    return [
        MessageLine(
            id=row.pk,
            account_id=row.account_id,
            account=mask_account_code(codes.get(row.account_id or 0, "")),
            channel=str(CHANNEL_WORDS[Channel(row.channel)]),
            address=masked(row),
            state=row.state,
            state_words=MESSAGE_WORDS[MessageState(row.state)],
            reason=reason_words(row.reason),
            provider=row.provider.name if row.provider else "",
            attempts=row.attempts,
            settled_at=row.settled_at,
        )
        for row in rows
    ]


def masked(row: Message) -> str:
    """An address as it may be shown: 138****8001, d***@example.com; keys of groups not at all."""
    if not row.address_sealed:
        return ""
    plain = vault.unseal(row.address_sealed)
    if row.channel == Channel.SMS:
        return mask_phone(plain)
    return mask_email(plain) if row.channel == Channel.EMAIL else "****"
