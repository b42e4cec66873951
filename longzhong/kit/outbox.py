"""The transactional outbox: a fact is kept with the change that made it true, and delivered at least once.

Each reaction gets a delivery of its own, run in a transaction of its own; a failure is retried with growing pauses and parked with
its reason after MAX_ATTEMPTS. Delivery is unordered: reactions read the state of now and are safe twice.
"""

import traceback
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Count, QuerySet

from longzhong.kit import clock
from longzhong.kit.errors import Refused
from longzhong.kit.events import REACTIONS, body_of, listeners, rebuild
from longzhong.kit.models import Delivery, Fact

MAX_ATTEMPTS = 8
FIRST_PAUSE_S = 2
PAGE = 200

log = structlog.get_logger(__name__)
_wakers: list[Any] = []


def tell(*facts: Any) -> None:
    """Keep facts in the caller's transaction, one delivery for each reaction that a fact concerns."""
    if not connection.in_atomic_block:
        raise RuntimeError("tell() belongs inside the transaction of the change that it tells of")
    kept_at = clock.real_now()
    rows = Fact.objects.bulk_create(
        [Fact(name=type(one).__name__, body=body_of(one), at=one.at, kept_at=kept_at) for one in facts]
    )
    Delivery.objects.bulk_create(
        [
            Delivery(fact=row, reaction=name, next_at=kept_at)
            for row, one in zip(rows, facts, strict=True)
            for name in listeners(one)
        ]
    )
    for wake in _wakers:
        transaction.on_commit(wake)


def on_wake(wake: Any) -> Any:
    """Register what is called after a commit that kept facts (the job that delivers)."""
    _wakers.append(wake)
    return wake


def deliver(limit: int = PAGE) -> int:
    """Run up to `limit` pending deliveries, oldest first; several workers share the work. Returns how many were tried."""
    return next((done for done in range(limit) if not _deliver_one()), limit)


def deliver_all(*, twice: bool = False) -> int:
    """Run deliveries until none is due, including those that the reactions themselves add (tests, commands).

    `twice`: each of them is heard once more afterwards, as a worker that died between hearing and noting would have it.
    """
    total, began = 0, clock.real_now()
    while tried := deliver():
        total += tried
    if twice:
        _hear_again(began)
    return total


def retry_parked(delivery_id: int) -> None:
    """Give a parked delivery a new set of attempts."""
    changed = Delivery.objects.filter(pk=delivery_id, state=Delivery.PARKED).update(
        state=Delivery.PENDING, attempts=0, next_at=clock.real_now(), error=""
    )
    if not changed:
        raise Refused("not_parked", "这条投递不在搁置状态；什么都没有改动。", delivery=delivery_id)


def retry_all_parked() -> int:
    """Give every parked delivery a new set of attempts; returns how many."""
    fresh = {"state": Delivery.PENDING, "attempts": 0, "next_at": clock.real_now(), "error": ""}
    return Delivery.objects.filter(state=Delivery.PARKED).update(**fresh)


def deliveries(state: str) -> QuerySet[Delivery]:
    """The deliveries in a state with their facts, the newest first."""
    return Delivery.objects.filter(state=state).select_related("fact").order_by("-id")


def counts() -> dict[str, int]:
    """How many deliveries stand in each state."""
    return dict(Delivery.objects.order_by().values_list("state").annotate(n=Count("id")))


def _deliver_one() -> bool:
    """Hear the oldest due delivery and note it, in one transaction; what failed left nothing and is noted afterwards."""
    due = Delivery.objects.filter(state=Delivery.PENDING, next_at__lte=clock.real_now())
    oldest = due.select_for_update(skip_locked=True, of=("self",)).select_related("fact").order_by("next_at", "id")
    row: Delivery | None = None
    try:
        with transaction.atomic():
            row = oldest.first()
            if row is None:
                return False
            _run(row)
            Delivery.objects.filter(pk=row.pk).update(state=Delivery.DONE, done_at=clock.real_now(), error="")
    except Exception as error:  # whatever a reaction raises is kept on the row and retried
        if row is None:
            raise
        _failed(row, error)
    return True


def _run(row: Delivery) -> None:
    happened = rebuild(row.fact.name, row.fact.body)
    REACTIONS[type(happened)][row.reaction](happened)


def _failed(row: Delivery, error: Exception) -> None:
    attempts = row.attempts + 1
    parked = attempts >= MAX_ATTEMPTS
    where = traceback.extract_tb(error.__traceback__)[-1]
    reason = error.code if isinstance(error, Refused) else type(error).__name__
    unheard = Delivery.objects.filter(pk=row.pk, state=Delivery.PENDING, attempts=row.attempts)  # by nobody meanwhile
    unheard.update(
        attempts=attempts,
        state=Delivery.PARKED if parked else Delivery.PENDING,
        next_at=clock.real_now() + timedelta(seconds=FIRST_PAUSE_S * 3**row.attempts),
        error=f"{reason} @ {where.name}:{where.lineno}",  # no message: it could hold personal data
    )
    log.warning(
        "delivery_failed", delivery=row.pk, reaction=row.reaction, attempts=attempts, parked=parked, reason=reason
    )


def _hear_again(began: datetime) -> None:
    for row in Delivery.objects.filter(state=Delivery.DONE, done_at__gte=began).select_related("fact").order_by("id"):
        with transaction.atomic():
            _run(row)
    while deliver():
        pass
