"""Jobs ride on the same PostgreSQL (procrastinate): deferred in the caller's transaction, retried, and repeated by cron.

A job computes the moment and calls one service; it is idempotent, safe late and safe twice.
"""

from collections.abc import Callable
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from longzhong.kit import clock, outbox

STALLED_S = 120
RETRY = RetryStrategy(max_attempts=6, exponential_wait=3)

log = structlog.get_logger(__name__)


class Job:
    """A function that can be called now, or `later` by a worker."""

    def __init__(self, run: Callable[..., None], every: str | None, lock: str | None) -> None:
        self.run = run
        self.name = f"{run.__module__}.{run.__qualname__}"
        self.__doc__ = run.__doc__

        def work(timestamp: int | None = None, **kwargs: Any) -> None:  # noqa: ARG001  cron jobs are given their time
            run(**kwargs)

        self.task = app.task(name=self.name, retry=RETRY, lock=lock, queueing_lock=self.name if every else None)(work)
        if every:
            app.periodic(cron=every, periodic_id=self.name)(self.task)

    def __call__(self, **kwargs: Any) -> None:
        self.run(**kwargs)

    def later(self, **kwargs: Any) -> int:
        """Defer within the present transaction; returns the job's number."""
        return int(self.task.defer(**kwargs))


def job(*, every: str | None = None, lock: str | None = None) -> Callable[[Callable[..., None]], Job]:
    """Make a job of a function; `every` is a cron line (six fields: seconds last), `lock` serialises jobs of one name."""
    return lambda run: Job(run, every, lock)


@job(every="* * * * * */10")
def deliver_outbox() -> None:
    """Deliver what is due; the sweep behind the wake-up below, and what runs the retries."""
    while outbox.deliver() == outbox.PAGE:
        pass


@outbox.on_wake
def wake_delivery() -> None:
    """After a commit that kept facts: have them delivered soon. A lost wake-up costs ten seconds, never a fact."""
    try:
        deliver_outbox.later()
    except AlreadyEnqueued:
        return


@job(every="* * * * *")
def note_county_time() -> None:
    """A demo county's time survives a kill of the house to the minute."""
    clock.note_county_time()


@job(every="* * * * *")
def retry_stalled() -> None:
    """Jobs whose worker was killed are queued again."""
    async_to_sync(_retry_stalled)()


async def _retry_stalled() -> None:
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
        log.warning("stalled_job", job=stalled.id, task=stalled.task_name)
        await app.job_manager.retry_job(stalled)
