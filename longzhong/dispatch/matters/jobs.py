"""Jobs of matters: sweep the clocks, anchor the chains, count provisional deadlines again."""

from longzhong.dispatch.matters import services
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.jobs import job

MOST_BATCHES = 50  # a minute's work; what remains waits for the next minute


@job(every="* * * * *")
def sweep_clocks() -> None:
    """Warn and escalate what is due."""
    by = Actor.machine("matters.sweep")
    for _batch in range(MOST_BATCHES):
        if services.sweep(by=by, at=clock.now(), limit=services.BATCH).taken < services.BATCH:
            return


@job(every="10 0 * * *")
def anchor_chains() -> None:
    """Anchor all chain heads of the day that ended."""
    services.anchor_heads(by=Actor.machine("matters.anchor"), at=clock.now())


@job(every="20 3 * * *")
def settle_provisional_clocks() -> None:
    """Holiday notices published since yesterday move provisional deadlines."""
    services.settle_provisional(by=Actor.machine("matters.calendar"), at=clock.now())
