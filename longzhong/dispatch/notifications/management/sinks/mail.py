"""An SMTP server on loopback (aiosmtpd, of the development group): counts letters by their Message-ID."""

import socket
from collections import Counter
from email import message_from_bytes, policy
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailSink:
    """`got`: how often each Message-ID came; `letters`: the last ones, parsed; addresses in `refused` get a status."""

    def __init__(self, refused: dict[str, str] | None = None, keep: int = 100) -> None:
        self.got: Counter[str] = Counter()
        self.letters: list[Any] = []
        self.refused, self.keep = refused or {}, keep
        with socket.socket() as free:  # the controller wants to know its port beforehand
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "MailSink":
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802  the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.got[str(letter["Message-ID"])] += 1
        self.letters.append(letter)
        del self.letters[: -self.keep]
        return "250 OK"
