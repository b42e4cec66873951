"""Every night: re-visits and reviews whose day has come, parts whose signer has left or is away, words whose retention is over."""

from longzhong.cases.rectifications import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job

HOUSE = Actor.machine("rectifications")


@job(every="20 0 * * *")
def call_due() -> None:
    services.call_due(by=HOUSE, at=clock.now())


@job(every="25 0 * * *")
def refresh_signers() -> None:
    services.refresh_signers(by=HOUSE, at=clock.now())


@job(every="15 4 * * *")
def erase_forms() -> None:
    """After the complaints' own retention."""
    services.erase_due(by=Actor.machine("rectifications.retention"), at=clock.now())
