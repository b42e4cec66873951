"""The journal: who read or changed what, in one hash chain that only grows."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from longzhong.kit.actor import Actor
from longzhong.kit.models import JournalEntry

CHAIN_LOCK = 0x4C5A_4A4E  # advisory lock: one writer at a time, so that every digest has one predecessor


@transaction.atomic
def record(actor: Actor, act: str, label: str = "", *, at: datetime, reason: str = "", **ids: object) -> None:
    """Add one entry. `ids` hold numbers and codes, never names, phones or other personal data."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = JournalEntry.objects.order_by("-id").first()
    entry = JournalEntry(
        at=at, user_id=actor.user_id, actor=actor.name, act=act, label=label, reason=reason[:300], ids=ids
    )
    entry.digest = _digest(last.digest if last else "", entry)
    entry.save()


def broken_entries() -> Iterator[int]:
    """The ids of entries whose digest doesn't follow from their content and their predecessor."""
    previous = ""
    for entry in JournalEntry.objects.order_by("id").iterator():
        if entry.digest != _digest(previous, entry):
            yield entry.pk
        previous = entry.digest


def _digest(previous: str, entry: JournalEntry) -> str:
    content = [
        previous, entry.at.timestamp(), entry.user_id, entry.actor, entry.act, entry.label, entry.reason, entry.ids,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
