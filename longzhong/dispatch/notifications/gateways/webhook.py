"""A platform of somebody else: JSON by POST, signed with HMAC-SHA256 over "<timestamp>.<body>"; our number makes it repeatable."""

import hmac
import time
from collections.abc import Iterator, Sequence

from longzhong.dispatch.notifications.gateways import Back, Config, Known, Outcome, Outgoing, Result
from longzhong.dispatch.notifications.gateways.http import CutOff, Line, by_status, dig, encoded, read_json
from longzhong.kit import clock


class Webhook:
    """Any 2xx is an acceptance; an `id` in the answer is kept as the provider's number."""

    def __init__(self, config: Config) -> None:
        self.url = config.settings.get("url", "")
        self.secret = config.secrets.get("secret", "").encode()
        self.timeout_s = config.number("timeout_s", 10)

    def send(self, batch: Sequence[Outgoing], until: float) -> Iterator[Result]:
        line = Line(self.url, self.timeout_s)
        try:
            for one in batch:
                if time.monotonic() > until:
                    break
                yield self._post(line, one)
        finally:
            line.close()

    def query(self, our_id: str, ref: str) -> Known:  # noqa: ARG002
        return Known.CANT_SAY

    def receipts(self) -> list[Back]:
        return []  # they come to our own address: api.py

    def close(self) -> None:
        """Nothing stays open between batches."""

    def _post(self, line: Line, one: Outgoing) -> Result:
        told = {"id": one.our_id, "to": one.address, "subject": one.subject, "text": one.text}
        body, headers = encoded(told, form=False)
        stamp = str(int(clock.real_now().timestamp()))
        headers |= {
            "X-Longzhong-Timestamp": stamp,
            "X-Longzhong-Signature": signature(self.secret, stamp, body),
            "Idempotency-Key": one.our_id,
        }
        try:
            status, raw = line.post(body, headers)
        except CutOff:
            return Result(one.id, Outcome.UNKNOWN, code="cut_off")
        if (verdict := by_status(status)) is not None:
            return Result(one.id, verdict[0], code=verdict[1])
        return Result(one.id, Outcome.SENT, ref=dig(read_json(raw), "id")[:80])


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """What a receiver computes to know that it was us."""
    return hmac.new(secret, stamp.encode() + b"." + body, "sha256").hexdigest()
