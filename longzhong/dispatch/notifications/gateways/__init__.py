"""Providers behind one face. What a gateway is given and gives back are plain values; it knows no table.

Two kinds of failure: `TryAgain` (the provider can't be reached or asks to wait) and `GiveUp` (it refuses us: wrong password,
wrong setting). Raised, either means that *what has no result yet was not begun*. What happened to one message is a `Result`;
a call that was cut off after its bytes were sent is `UNKNOWN`, never `AGAIN`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class TryAgain(Exception):
    """Later, or by another provider; `code` is short and holds nothing personal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class GiveUp(Exception):
    """Not with these settings."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Outcome(StrEnum):
    SENT = "sent"
    AGAIN = "again"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_BEGUN = "not_begun"


class Known(StrEnum):
    """What a provider tells of a message by our number: it has it, it never got it, or it can't say."""

    HAS = "has"
    NEVER = "never"
    CANT_SAY = "cant_say"


@dataclass(frozen=True)
class Config:
    """A provider as a gateway needs it; `secrets` are in plain only here."""

    code: str
    kind: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def number(self, name: str, first: float) -> float:
        """A setting as a number."""
        try:
            return float(self.settings.get(name) or first)
        except ValueError:
            raise GiveUp(f"setting_{name}") from None


@dataclass(frozen=True)
class Outgoing:
    """A message in plain, only as long as it is being sent."""

    id: int
    our_id: str
    address: str = field(repr=False)
    text: str = field(repr=False)
    subject: str = field(default="", repr=False)


@dataclass(frozen=True)
class Result:
    """What became of one message; `ref` is the provider's number."""

    id: int
    outcome: Outcome
    ref: str = ""
    code: str = ""


@dataclass(frozen=True)
class Back:
    """A receipt that came over the provider's own line: by its number, `kind` of rules.Heard."""

    ref: str
    kind: str
    code: str
    at: datetime


class Gateway(Protocol):
    """One provider's line, open from the first `send` to `close`."""

    def send(self, batch: Sequence[Outgoing], until: float) -> Iterator[Result]:
        """Send in order and yield results as they are known; begin nothing after `until` (time.monotonic).

        May raise TryAgain or GiveUp. What was begun always gets its result.
        """

    def query(self, our_id: str, ref: str) -> Known:
        """What the provider tells of a message."""

    def receipts(self) -> list[Back]:
        """What came back since the last asking."""

    def close(self) -> None:
        """Hang up; never raises."""


class Silent:
    """A provider that can't be asked and keeps no line open between batches; its receipts, if any, come to our api."""

    def query(self, our_id: str, ref: str) -> Known:  # noqa: ARG002
        return Known.CANT_SAY

    def receipts(self) -> list[Back]:
        return []

    def close(self) -> None:
        """Nothing is open."""
