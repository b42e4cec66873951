"""Send what is due: claim (committed), call the provider, settle; provider after provider, as fast as their buckets allow.

The gateway is called outside of any transaction. A worker killed between claim and settle leaves claimed messages, which the
sweep makes *uncertain* when their lease is over (`services.uncertain`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog
from django.db import connection

from longzhong.dispatch.notifications.gateways import Back, Config, Gateway, GiveUp, Outcome, Outgoing, Result, TryAgain
from longzhong.dispatch.notifications.gateways.calling import Called, call
from longzhong.dispatch.notifications.gateways.opening import Opener, open_gateway
from longzhong.dispatch.notifications.models import Provider
from longzhong.dispatch.notifications.rules import Heard, Kind
from longzhong.dispatch.notifications.services.claiming import Claimed, claim_batch
from longzhong.dispatch.notifications.services.providers import config_of
from longzhong.dispatch.notifications.services.receipts import NewReceipt, record_receipts
from longzhong.dispatch.notifications.services.settling import finish_notice, settle_batch, start_notice
from longzhong.dispatch.notifications.services.wording import outgoing, parts_of
from longzhong.kit.actor import Actor

SLOT_KEY = 0x4C5A_4E53
SLOTS = 2  # sending workers at one time: the others keep their hands free for clocks and facts

log = structlog.get_logger(__name__)


class Sender:
    """One worker's open lines. `round` makes one pass over all providers; the caller repeats it as long as it likes."""

    def __init__(self, opener: Opener = open_gateway) -> None:
        self.opener = opener
        self.lines: dict[int, tuple[Config, Gateway]] = {}

    def round(self, *, by: Actor, at: datetime) -> int:
        """One batch a provider; returns how many messages were settled, whatever became of them."""
        return sum(self._turn(one, by, at) for one in _enabled())

    def listen(self, *, by: Actor, at: datetime) -> int:
        """Take what providers send back over their own lines, opening those that aren't; returns receipts that were new."""
        new = 0
        for provider_id, config in _receiving():
            try:
                told = self._line(provider_id, config).receipts()
            except (TryAgain, GiveUp) as failure:
                log.info("gateway_silent", provider=config.code, trouble=failure.code)
                continue
            new += self._keep(provider_id, told, by, at)
        return new

    def close(self) -> None:
        for _config, line in self.lines.values():
            line.close()
        self.lines.clear()

    def _turn(self, provider_id: int, by: Actor, at: datetime) -> int:
        claimed = claim_batch(provider_id=provider_id, by=by, at=at)
        if claimed is None:
            return 0
        start_notice(notice_id=claimed.notice_id, by=by, at=at)
        if claimed.ids:
            self._send(claimed, by, at)
        finish_notice(notice_id=claimed.notice_id, by=by, at=at)
        return len(claimed.ids)

    def _send(self, claimed: Claimed, by: Actor, at: datetime) -> None:
        batch = outgoing(claimed.notice_id, claimed.ids)
        called, told = self._call(claimed, batch)
        parts = parts_of(claimed.notice_id, batch)
        settle_batch(claimed=claimed, results=called.results, parts=parts, trouble=called.trouble, by=by, at=at)
        self._keep(claimed.provider_id, told, by, at)

    def _call(self, claimed: Claimed, batch: list[Outgoing]) -> tuple[Called, list[Back]]:
        """The results, and the receipts that came meanwhile."""
        try:
            line = self._line(claimed.provider_id, claimed.config)
        except GiveUp as failure:
            idle = [Result(one.id, Outcome.NOT_BEGUN, code=failure.code) for one in batch]
            return Called(idle, failure.code, 0.0), []
        called = call(line, claimed.config.code, batch, claimed.lease_s / 2)
        if called.trouble:
            self._drop(claimed.provider_id)
            return called, []
        try:
            return called, line.receipts()
        except (TryAgain, GiveUp):
            return called, []

    def _line(self, provider_id: int, config: Config) -> Gateway:
        held = self.lines.get(provider_id)
        if held is not None and held[0] == config:
            return held[1]
        self._drop(provider_id)
        self.lines[provider_id] = (config, self.opener(config))
        return self.lines[provider_id][1]

    def _drop(self, provider_id: int) -> None:
        held = self.lines.pop(provider_id, None)
        if held is not None:
            held[1].close()

    def _keep(self, provider_id: int, told: list[Back], by: Actor, at: datetime) -> int:
        heard = [NewReceipt(Heard(one.kind), one.at, ref=one.ref, code=one.code) for one in told]
        return record_receipts(provider_id=provider_id, receipts=heard, by=by, at=at) if heard else 0


@contextmanager
def sending_slot() -> Iterator[bool]:
    """Whether this worker may send now: at most SLOTS do at one time. Given back at the end, or with its connection."""
    mine = next((slot for slot in range(SLOTS) if _advisory("pg_try_advisory_lock", slot)), None)
    try:
        yield mine is not None
    finally:
        if mine is not None:
            _advisory("pg_advisory_unlock", mine)


def _advisory(function: str, slot: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s, %s)", [SLOT_KEY, slot])
        return bool(cursor.fetchone()[0])


def _enabled() -> list[int]:
    return list(Provider.objects.filter(enabled=True).order_by("channel", "place", "id").values_list("pk", flat=True))


def _receiving() -> list[tuple[int, Config]]:
    """Providers that send receipts over the line that we open."""
    rows = Provider.objects.filter(enabled=True, kind=Kind.SMS_SMPP).order_by("id")
    return [(row.pk, config_of(row)) for row in rows]
