"""One HTTP connection to one provider; says whether a failure came before or after the bytes left."""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from longzhong.dispatch.notifications.gateways import GiveUp, Outcome, Outgoing, Result, Silent, TryAgain

JSON_TYPE = "application/json; charset=utf-8"
FORM_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
LARGEST = 2**20


class CutOff(Exception):
    """The request left, no whole answer came: what it asked for may have been done."""


class Line:
    """A kept-alive connection; opened at the first request, closed by `close`. Redirects aren't followed."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self.parts = urlsplit(url)
        if self.parts.scheme not in {"http", "https"} or not self.parts.hostname:
            raise GiveUp("url")
        self.timeout_s = timeout_s
        self._connection: HTTPConnection | None = None

    def post(self, body: bytes, headers: Mapping[str, str], query: str = "") -> tuple[int, bytes]:
        """Status and body; TryAgain if nothing was sent, CutOff if the answer is missing."""
        connection = self._open()
        target = (self.parts.path or "/") + (f"?{query or self.parts.query}" if query or self.parts.query else "")
        try:
            connection.request("POST", target, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read(LARGEST)
        except (OSError, HTTPException) as error:
            self.close()
            raise CutOff from error

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _open(self) -> HTTPConnection:
        if self._connection is None:
            kind = HTTPSConnection if self.parts.scheme == "https" else HTTPConnection
            connection = kind(str(self.parts.hostname), self.parts.port, timeout=self.timeout_s)
            try:
                connection.connect()
            except OSError as error:
                raise TryAgain("unreachable") from error
            self._connection = connection
        return self._connection


def encoded(body: Mapping[str, Any], form: bool) -> tuple[bytes, dict[str, str]]:
    """The body as JSON or as a form, with its header."""
    if form:
        return urlencode({key: str(value) for key, value in body.items()}).encode(), {"Content-Type": FORM_TYPE}
    return json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": JSON_TYPE}


def read_json(raw: bytes) -> Any:
    """The answer as JSON, or None if it is none."""
    try:
        return json.loads(raw)
    except ValueError:
        return None


def dig(data: Any, path: str) -> str:
    """The value at a dotted path as text; "" if there is none. {"a": {"b": 0}}, "a.b" → "0"."""
    for name in filter(None, path.split(".")):
        if isinstance(data, list) and name.isdigit() and int(name) < len(data):
            data = data[int(name)]
        elif isinstance(data, dict) and name in data:
            data = data[name]
        else:
            return ""
    return "" if data is None or isinstance(data, dict | list) else str(data)


def by_status(status: int) -> tuple[Outcome, str] | None:
    """What an HTTP status alone says; None: look into the body. A 5xx may have been done, so it is unknown."""
    if status in {401, 403}:
        raise GiveUp(f"http_{status}")
    if status in {429, 503}:
        return Outcome.AGAIN, f"http_{status}"
    if status >= 500:
        return Outcome.UNKNOWN, f"http_{status}"
    return (Outcome.REFUSED, f"http_{status}") if status >= 300 else None


@dataclass(frozen=True)
class Post:
    """What is posted for one message."""

    body: bytes
    headers: Mapping[str, str]
    query: str = ""


class OneByOne(Silent, ABC):
    """A gateway that posts every message by itself on one line a batch."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self.url = url
        self.timeout_s = timeout_s

    @abstractmethod
    def post_of(self, one: Outgoing) -> Post:
        """How this provider wants a message."""

    @abstractmethod
    def judged(self, one: Outgoing, answer: Any) -> Result:
        """What the provider's answer says; `answer` is None where it is no JSON."""

    def send(self, batch: Sequence[Outgoing], until: float) -> Iterator[Result]:
        line = Line(self.url, self.timeout_s)
        try:
            for one in batch:
                if time.monotonic() > until:
                    break
                yield self._sent(line, one)
        finally:
            line.close()

    def _sent(self, line: Line, one: Outgoing) -> Result:
        post = self.post_of(one)
        try:
            status, raw = line.post(post.body, post.headers, query=post.query)
        except CutOff:
            return Result(one.id, Outcome.UNKNOWN, code="cut_off")
        if (verdict := by_status(status)) is not None:
            return Result(one.id, verdict[0], code=verdict[1])
        return self.judged(one, read_json(raw))
