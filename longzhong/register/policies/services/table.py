"""The three strokes with which the rule table is written, all under one lock."""

import uuid
from collections.abc import Sequence

from longzhong.register.policies.models import Policy, Stamp
from longzhong.register.policies.rules import Held, cut_at


def lock() -> Stamp:
    """The door of every write: one at a time, so that two changes of a series can't overlap."""
    Stamp.objects.get_or_create(pk=1)
    return Stamp.objects.select_for_update().get(pk=1)


def mark(*, stamp: Stamp) -> None:
    """Random, not counted: a mark that was rolled back can never come again with other rows behind it."""
    stamp.mark = str(uuid.uuid4())
    stamp.save(update_fields=["mark"])


def held(*, row: Policy) -> Held:
    return Held(
        id=row.pk,
        value=row.value,
        measure=row.measure,
        source=row.source,
        confidence=row.confidence,
        from_on=row.from_on,
        to_on=row.to_on,
        human=row.by_user_id is not None,
    )


def insert(*, policy: Policy, series: Sequence[Policy]) -> None:
    """Add a row to its series: what runs on its first day ends there, and it runs until the next planned one."""
    cut = cut_at([held(row=row) for row in series], policy.from_on)
    Policy.objects.filter(pk__in=cut.closes).update(to_on=policy.from_on)
    policy.to_on = cut.to_on
    Policy.objects.bulk_create([policy])
