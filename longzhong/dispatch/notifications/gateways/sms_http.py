"""Short messages by an HTTP interface whose fields are a setting: JSON or form, one message a request or a list of them."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from longzhong.dispatch.notifications.gateways import (
    Config,
    GiveUp,
    Known,
    Outcome,
    Outgoing,
    Result,
    Silent,
    TryAgain,
)
from longzhong.dispatch.notifications.gateways.http import CutOff, Line, by_status, dig, encoded, read_json

LIST_SIZE = 100


class SmsHttp(Silent):
    """`fields` maps the provider's names to {address} {text} {our_id} {key} {secret}; `list_key` sends up to 100 at once."""

    def __init__(self, config: Config) -> None:
        self.settings = config.settings
        self.secrets = {name: config.secrets.get(name, "") for name in ("key", "secret")}
        self.form = config.settings.get("format") == "form"
        self.fields = _mapping(config.settings.get("fields", ""), "fields")
        self.outer = _mapping(config.settings.get("outer") or "{}", "outer")
        self.timeout_s = config.number("timeout_s", 10)
        self.again = _words(config.settings.get("again_values", ""))

    def send(self, batch: Sequence[Outgoing], until: float) -> Iterator[Result]:
        line, rest = Line(self.settings.get("url", ""), self.timeout_s), iter(batch)
        size = LIST_SIZE if self.settings.get("list_key") else 1
        try:
            while time.monotonic() < until and (some := list(islice(rest, size))):
                yield from self._post(line, some)
        finally:
            line.close()

    def query(self, our_id: str, ref: str) -> Known:  # noqa: ARG002  one asks by our own number
        if not self.settings.get("query_url"):
            return Known.CANT_SAY
        line = Line(self.settings["query_url"], self.timeout_s)
        body = {self.settings.get("our_path") or "sid": our_id, **self.secrets}
        try:
            status, raw = line.post(*encoded(body, self.form))
        except CutOff as error:
            raise TryAgain("query") from error
        finally:
            line.close()
        if status >= 300:
            raise TryAgain(f"query_{status}")
        state = dig(read_json(raw), self.settings.get("state_path") or "state")
        if state in _words(self.settings.get("found_values", "")):
            return Known.HAS
        return Known.NEVER if state in _words(self.settings.get("missing_values", "")) else Known.CANT_SAY

    def _post(self, line: Line, some: list[Outgoing]) -> Iterator[Result]:
        items = [self._filled(one) for one in some]
        list_key = self.settings.get("list_key")
        body = {**self._secret(self.outer), list_key: items} if list_key else {**self._secret(self.outer), **items[0]}
        try:
            status, raw = line.post(*encoded(body, self.form))
        except CutOff:
            yield from (Result(one.id, Outcome.UNKNOWN, code="cut_off") for one in some)
            return
        verdict, answer = by_status(status), read_json(raw)
        if verdict is not None or answer is None:
            outcome, code = verdict or (Outcome.UNKNOWN, "no_json")
            yield from (Result(one.id, outcome, code=code) for one in some)
        elif list_key:
            yield from self._listed(some, answer)
        else:
            yield self._judged(some[0], answer)

    def _listed(self, some: list[Outgoing], answer: Any) -> Iterator[Result]:
        rows = answer.get(self.settings.get("results_key") or "results") if isinstance(answer, dict) else answer
        path = self.settings.get("our_path") or "sid"
        told = {dig(row, path): row for row in rows} if isinstance(rows, list) else {}
        for one in some:
            row = told.get(one.our_id)
            yield self._judged(one, row) if row is not None else Result(one.id, Outcome.UNKNOWN, code="no_result")

    def _judged(self, one: Outgoing, answer: Any) -> Result:
        value = dig(answer, self.settings.get("ok_path") or "code")
        if value == (self.settings.get("ok_value") or "0"):
            return Result(one.id, Outcome.SENT, ref=dig(answer, self.settings.get("ref_path") or "id")[:80])
        outcome = Outcome.AGAIN if value in self.again else Outcome.REFUSED
        return Result(one.id, outcome, code=value[:40] or "no_code")

    def _filled(self, one: Outgoing) -> dict[str, str]:
        values = {"address": one.address, "text": one.text, "our_id": one.our_id, **self.secrets}
        return {name: _fill(pattern, values) for name, pattern in self.fields.items()}

    def _secret(self, fields: Mapping[str, str]) -> dict[str, str]:
        return {name: _fill(pattern, self.secrets) for name, pattern in fields.items()}


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    """Whole places only, so that a text that holds {secret} stays a text."""
    name = pattern[1:-1]
    return values[name] if pattern == f"{{{name}}}" and name in values else pattern


def _mapping(text: str, name: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError as error:
        raise GiveUp(f"setting_{name}") from error
    if not isinstance(found, dict):
        raise GiveUp(f"setting_{name}")
    return {str(key): str(value) for key, value in found.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())
