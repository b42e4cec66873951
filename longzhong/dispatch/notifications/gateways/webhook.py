"""A platform of somebody else: JSON by POST, signed with HMAC-SHA256 over "<timestamp>.<body>"; our number makes it repeatable."""

import hmac
from typing import Any

from longzhong.dispatch.notifications.gateways import Config, Outcome, Outgoing, Result
from longzhong.dispatch.notifications.gateways.http import OneByOne, Post, dig, encoded
from longzhong.kit import clock


class Webhook(OneByOne):
    """Any 2xx is an acceptance; an `id` in the answer is kept as the provider's number."""

    def __init__(self, config: Config) -> None:
        super().__init__(config.settings.get("url", ""), config.number("timeout_s", 10))
        self.secret = config.secrets.get("secret", "").encode()

    def post_of(self, one: Outgoing) -> Post:
        told = {"id": one.our_id, "to": one.address, "subject": one.subject, "text": one.text}
        body, headers = encoded(told, form=False)
        stamp = str(int(clock.real_now().timestamp()))
        signed = {
            "X-Longzhong-Timestamp": stamp,
            "X-Longzhong-Signature": signature(self.secret, stamp, body),
            "Idempotency-Key": one.our_id,
        }
        return Post(body, headers | signed)

    def judged(self, one: Outgoing, answer: Any) -> Result:
        return Result(one.id, Outcome.SENT, ref=dig(answer, "id")[:80])


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """What a receiver computes to know that it was us."""
    return hmac.new(secret, stamp.encode() + b"." + body, "sha256").hexdigest()
