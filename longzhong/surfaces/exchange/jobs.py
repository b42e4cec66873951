"""Background work: carrying out queued runs, looking into the inbox, forgetting what is no longer needed."""

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job
from longzhong.register.access.selectors import actor_of
from longzhong.surfaces.exchange import selectors, services

MACHINE = Actor.machine("exchange")


@job(lock="exchange.run")
def import_run(run_id: int) -> None:
    """Carry out one queued run as the person who started it; taken up again after a crash."""
    at = clock.now()
    user_id = selectors.starter_of(run_id)
    services.carry_out(run_id=run_id, by=actor_of(user_id, at) if user_id else MACHINE, at=at)


@services.on_queued
def defer(run_id: int) -> None:
    import_run.later(run_id=run_id)


@job(every="* * * * *", lock="exchange.inbox")
def look_into_inbox() -> None:
    """The collection system's nightly export, once per content."""
    services.take_inbox(by=MACHINE, at=clock.now())


@job(every="30 3 * * *")
def forget_old_runs() -> None:
    """Files and refused rows hold personal data; they go when mending is over."""
    services.forget_old(by=MACHINE, at=clock.now())
