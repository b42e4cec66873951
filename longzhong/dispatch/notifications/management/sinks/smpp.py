"""An SMPP 3.4 server on loopback, from smpplib's own PDU classes: binds, submit_sm, receipts by deliver_sm."""

import socketserver
import struct
import threading
from collections.abc import Callable
from typing import Any

from smpplib import consts, smpp

from longzhong.dispatch.notifications.management.sinks import Loopback


class SmppSink(Loopback):
    """`got`: (destination, text) of each whole message; parts are put together by their UDH. `script(dest)` may answer a status.

    A status of -1 hangs up without an answer, after the message was taken.
    """

    def __init__(self, *, receipts: bool = True, script: Callable[[str], int] | None = None) -> None:
        self.got: list[tuple[str, str]] = []
        self.parts = 0
        self.receipts, self.script, self.password = receipts, script, "smpp-pw1"
        self.lock = threading.Lock()
        self._held: dict[tuple[str, int], dict[int, str]] = {}
        server = _Server(("127.0.0.1", 0), _Talk)
        server.sink = self
        super().__init__(server)

    def take(self, pdu: Any) -> tuple[int, str]:
        """Status and our number of a submitted part."""
        to = _ascii(pdu.destination_addr)
        status = self.script(to) if self.script else 0
        if status > 0:
            return status, ""
        raw = bytes(pdu.short_message or b"")
        with self.lock:
            self.parts += 1
            if int(pdu.esm_class or 0) & consts.SMPP_GSMFEAT_UDHI:
                self._join(to, raw)
            else:
                self.got.append((to, raw.decode("utf-16-be")))
            return status, f"S{self.parts:08d}"

    def _join(self, to: str, raw: bytes) -> None:
        _size, _kind, _length, ref, total, place = struct.unpack("6B", raw[:6])
        held = self._held.setdefault((to, ref), {})
        held[place] = raw[6:].decode("utf-16-be")
        if len(held) == total:
            self.got.append((to, "".join(held[one] for one in sorted(held))))
            del self._held[(to, ref)]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: SmppSink

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed is what the bench is about."""


class _Talk(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.sequence, self.client, sink = 0, _Numbers(), self.server.sink  # type: ignore[attr-defined]
        while (raw := self._pdu()) is not None:
            pdu = smpp.parse_pdu(raw, client=self.client, allow_unknown_opt_params=True)
            if pdu.command.startswith("bind_"):
                good = _ascii(pdu.password) == sink.password
                self._answer(f"{pdu.command}_resp", pdu, 0 if good else consts.SMPP_ESME_RINVPASWD, system_id="sink")
            elif pdu.command == "submit_sm":
                status, number = sink.take(pdu)
                if status < 0:
                    return
                self._answer("submit_sm_resp", pdu, status, message_id=number)
                if not status and sink.receipts and int(pdu.registered_delivery or 0):
                    self._tell(number, _ascii(pdu.destination_addr))
            elif pdu.command == "unbind":
                self._answer("unbind_resp", pdu, 0)
                return

    def _pdu(self) -> bytes | None:
        head = self._exactly(4)
        rest = self._exactly(struct.unpack(">L", head)[0] - 4) if head else None
        return head + rest if head and rest is not None else None

    def _exactly(self, size: int) -> bytes | None:
        found = b""
        while len(found) < size:
            try:
                piece = self.request.recv(size - len(found))
            except OSError:
                return None
            if not piece:
                return None
            found += piece
        return found

    def _answer(self, command: str, to: Any, status: int, **values: Any) -> None:
        pdu = smpp.make_pdu(command, client=self.client, **values)
        pdu.sequence, pdu.status = to.sequence, status
        self.request.sendall(pdu.generate())

    def _tell(self, number: str, source: str) -> None:
        text = f"id:{number} sub:001 dlvrd:001 submit date:2603010900 done date:2603010901 stat:DELIVRD err:000 text:"
        pdu = smpp.make_pdu(
            "deliver_sm", client=self.client, source_addr=source, destination_addr="10690000",
            esm_class=consts.SMPP_MSGTYPE_DELIVERYACK, short_message=text.encode(),
        )  # fmt: skip
        self.request.sendall(pdu.generate())


class _Numbers:
    """Sequence numbers of the server's own PDUs."""

    sequence = 0

    def next_sequence(self) -> int:
        self.sequence += 1
        return self.sequence


def _ascii(value: bytes | str | None) -> str:
    return value.decode("ascii") if isinstance(value, bytes) else value or ""
