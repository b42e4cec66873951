"""The one way a gateway is called: timed, logged with ids, every message with exactly one result."""

import time
from collections.abc import Sequence

import structlog

from longzhong.dispatch.notifications.gateways import Gateway, GiveUp, Outcome, Outgoing, Result, TryAgain

log = structlog.get_logger(__name__)


class Called:
    """The results of one call; `trouble` is why the provider as a whole didn't take part ("" if it did)."""

    def __init__(self, results: list[Result], trouble: str, seconds: float) -> None:
        self.results = results
        self.trouble = trouble
        self.seconds = seconds


def call(gateway: Gateway, provider: str, batch: Sequence[Outgoing], deadline_s: float) -> Called:
    """Send a batch; nothing is begun after `deadline_s` seconds.

    Whatever else a gateway raises comes after bytes may have gone out: what has no result then is unknown.
    """
    began, results, trouble, rest = time.monotonic(), [], "", Outcome.NOT_BEGUN
    try:
        for result in gateway.send(batch, began + deadline_s):
            results.append(result)
    except (TryAgain, GiveUp) as failure:
        trouble = failure.code
    except Exception as error:
        trouble, rest = type(error).__name__, Outcome.UNKNOWN
        log.exception("gateway_fault", provider=provider, messages=len(batch))
    told = {result.id for result in results}
    results += [Result(one.id, rest, code=trouble) for one in batch if one.id not in told]
    seconds = time.monotonic() - began
    counted = {outcome.value: sum(row.outcome is outcome for row in results) for outcome in Outcome}
    log.info("gateway_called", provider=provider, seconds=round(seconds, 3), trouble=trouble, **counted)
    return Called(results, trouble, seconds)
