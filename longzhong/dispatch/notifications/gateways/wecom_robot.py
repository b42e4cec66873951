"""A WeCom group by its robot (企业微信群机器人): the key of the group is the address."""

import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from longzhong.dispatch.notifications.gateways import Back, Config, Known, Outcome, Outgoing, Result
from longzhong.dispatch.notifications.gateways.http import CutOff, Line, by_status, dig, encoded, read_json

TOO_FAST = "45009"  # 20 messages a minute and robot


class WecomRobot:
    """Text messages of at most 2,048 bytes."""

    def __init__(self, config: Config) -> None:
        self.url = config.settings.get("notify_url", "")
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
        return []

    def close(self) -> None:
        """Nothing stays open between batches."""

    def _post(self, line: Line, one: Outgoing) -> Result:
        body, headers = encoded({"msgtype": "text", "text": {"content": one.text}}, form=False)
        try:
            status, raw = line.post(body, headers, query=urlencode({"key": one.address}))
        except CutOff:
            return Result(one.id, Outcome.UNKNOWN, code="cut_off")
        if (verdict := by_status(status)) is not None:
            return Result(one.id, verdict[0], code=verdict[1])
        code = dig(read_json(raw), "errcode")
        if code == "0":
            return Result(one.id, Outcome.SENT)
        if not code:
            return Result(one.id, Outcome.UNKNOWN, code="no_json")
        return Result(one.id, Outcome.AGAIN if code == TOO_FAST else Outcome.REFUSED, code=f"wecom_{code}"[:40])
