"""Write a chunk of messages by COPY: one row an address and text, one row an account that it stands for."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from django.db import connection

from longzhong.dispatch.notifications.models import Message
from longzhong.dispatch.notifications.rules import MessageState, Skip
from longzhong.dispatch.notifications.services.resolving import Draft
from longzhong.kit import vault

MESSAGE = (
    "id, notice_id, channel, account_id, address_sealed, address_index, variant, params_sealed, state, reason, provider_ref,"
    " passed, attempts, asked, next_at, parts"
)
COVERED = "message_id, account_id, params_sealed"
Key = tuple[str, str, str]


def write(notice_id: int, drafts: Sequence[Draft], at: datetime) -> None:
    """Add a chunk's messages; those to an address that has the same message already only add their account to it."""
    ids = _known(notice_id, drafts)
    fresh: list[tuple[int, Draft]] = []
    covered: list[tuple[int, Draft]] = []
    numbers = _numbers(len(drafts))
    for draft in drafts:
        key = (draft.channel.value, draft.index, draft.variant)
        number = ids.get(key) if draft.skip is None else None
        if number is None:
            number = next(numbers)
            fresh.append((number, draft))
            if draft.skip is None:
                ids[key] = number
        if draft.known and draft.account_id is not None:
            covered.append((number, draft))
    _copy("notifications_message", MESSAGE, (_message(notice_id, number, draft, at) for number, draft in fresh))
    _copy("notifications_covered", COVERED, ((number, one.account_id, sealed(one.joined)) for number, one in covered))


def sealed(params: object) -> str:
    """Own values as one sealed text; "" for none."""
    return vault.seal(json.dumps(params, ensure_ascii=False, separators=(",", ":"))) if params else ""


def _known(notice_id: int, drafts: Sequence[Draft]) -> dict[Key, int]:
    """The messages that earlier chunks wrote to these addresses."""
    indexes = {draft.index for draft in drafts if draft.index}
    rows = Message.objects.filter(notice=notice_id, address_index__in=indexes).exclude(state=MessageState.SKIPPED)
    rows = rows.exclude(address_index="")  # as the index has it
    return {
        (channel, index, variant): number
        for channel, index, variant, number in rows.values_list("channel", "address_index", "variant", "id")
    }


def _message(notice_id: int, number: int, draft: Draft, at: datetime) -> tuple[Any, ...]:
    state = MessageState.QUEUED if draft.skip is None else MessageState.SKIPPED
    reason = "" if draft.skip is None else Skip(draft.skip).value
    return (
        number, notice_id, draft.channel.value, draft.account_id, draft.sealed, draft.index, draft.variant,
        sealed(dict(draft.params)), state.value, reason, "", "{}", 0, 0, at, 0,
    )  # fmt: skip


def _numbers(most: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('notifications_message', 'id')) from generate_series(1, %s)", [most]
        )
        return iter([number for (number,) in cursor.fetchall()])


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cast("Any", cursor).copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
