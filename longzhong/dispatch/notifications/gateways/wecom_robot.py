"""A WeCom group by its robot (企业微信群机器人): the key of the group is the address."""

from typing import Any
from urllib.parse import urlencode

from longzhong.dispatch.notifications.gateways import Config, Outcome, Outgoing, Result
from longzhong.dispatch.notifications.gateways.http import OneByOne, Post, dig, encoded

TOO_FAST = "45009"  # 20 messages a minute and robot


class WecomRobot(OneByOne):
    """Text messages of at most 2,048 bytes."""

    def __init__(self, config: Config) -> None:
        super().__init__(config.settings.get("notify_url", ""), config.number("timeout_s", 10))

    def post_of(self, one: Outgoing) -> Post:
        body, headers = encoded({"msgtype": "text", "text": {"content": one.text}}, form=False)
        return Post(body, headers, query=urlencode({"key": one.address}))

    def judged(self, one: Outgoing, answer: Any) -> Result:
        code = dig(answer, "errcode")
        if code == "0":
            return Result(one.id, Outcome.SENT)
        if not code:
            return Result(one.id, Outcome.UNKNOWN, code="no_json")
        return Result(one.id, Outcome.AGAIN if code == TOO_FAST else Outcome.REFUSED, code=f"wecom_{code}"[:40])
