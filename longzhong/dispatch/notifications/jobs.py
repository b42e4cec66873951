"""Jobs of notices: resolve audiences, send, listen, settle what was cut off, forget."""

import time

from longzhong.dispatch.notifications import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job

SPEND_S = 25.0
IDLE_S = 2.0
PAUSE_S = 0.1


@job(every="* * * * * */10", lock="notifications.compose")
def compose_notices() -> None:
    """Resolve the audiences chosen on the composer's page."""
    services.compose_waiting(by=Actor.machine("notifications.compose"), at=clock.now())


@job(every="* * * * * */10")
def send_notices() -> None:
    """Send what is due, for half a minute or until there is nothing."""
    by, sender = Actor.machine("notifications.send"), services.Sender()
    until, quiet_since = time.monotonic() + SPEND_S, time.monotonic()
    with services.sending_slot() as mine:
        try:
            while mine and time.monotonic() < until and time.monotonic() - quiet_since < IDLE_S:
                if sender.round(by=by, at=clock.now()):
                    quiet_since = time.monotonic()
                else:
                    time.sleep(PAUSE_S)
            if mine:
                sender.listen(by=by, at=clock.now())
        finally:
            sender.close()


@job(every="* * * * *", lock="notifications.settle")
def settle_notices() -> None:
    """Find calls that were cut off, ask for them, place late receipts, end what is over."""
    services.settle_uncertain(by=Actor.machine("notifications.settle"), at=clock.now())


@job(every="40 3 * * *")
def erase_notices() -> None:
    """Forget addresses and texts whose days are over."""
    services.erase_old(by=Actor.machine("notifications.erase"), at=clock.now())
