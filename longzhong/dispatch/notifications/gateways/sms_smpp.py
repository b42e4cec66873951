"""Short messages by SMPP 3.4: a bound transceiver, submit_sm in UCS-2 with a window, long texts in parts (UDH), deliver_sm.

A provider can be asked only by its own number, which a cut-off call doesn't have: what was submitted without an answer is
unknown for good, until a receipt says otherwise.
"""

import re
import select
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from smpplib import consts, exceptions, smpp
from smpplib.client import Client

from longzhong.dispatch.notifications.gateways import Back, Config, GiveUp, Known, Outcome, Outgoing, Result, TryAgain
from longzhong.dispatch.notifications.rules.messages import Heard
from longzhong.dispatch.notifications.rules.sms import Coding, split
from longzhong.kit import clock

BUSY = {consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL, consts.SMPP_ESME_RSYSERR, 0x00000061}
RECEIPT = re.compile(r"id:(?P<ref>\S+).*?stat:(?P<stat>[A-Z]+)(?:.*?err:(?P<err>\w+))?", re.DOTALL)
FINAL = {"DELIVRD": Heard.DELIVERED, "EXPIRED": Heard.FAILED, "DELETED": Heard.FAILED, "UNDELIV": Heard.FAILED,
         "REJECTD": Heard.FAILED}  # fmt: skip
BROKEN = (exceptions.ConnectionError, exceptions.PDUError, exceptions.UnknownCommandError, OSError)


@dataclass
class Submitted:
    """A message whose parts are on their way."""

    id: int
    left: int
    ref: str = ""
    status: int = 0


class SmsSmpp:
    """Bound at the first use, until `close`."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.source = config.settings.get("source", "")
        self.window = int(config.number("window", 20))
        self._client: Client | None = None
        self._parts: dict[int, Submitted] = {}
        self._back: list[Back] = []

    def send(self, batch: Sequence[Outgoing], until: float) -> Iterator[Result]:
        client = self._bound()
        try:
            for one in batch:
                if time.monotonic() > until:
                    break
                self._submit(client, one)
                while len(self._parts) >= self.window:
                    yield from self._read(client)
            while self._parts:
                yield from self._read(client)
        except BROKEN as error:
            yield from self._lost()
            raise TryAgain("broken") from error

    def query(self, our_id: str, ref: str) -> Known:  # noqa: ARG002
        return Known.CANT_SAY

    def receipts(self) -> list[Back]:
        """What the line brought; reads what is waiting on it, binding first if need be."""
        client = self._bound()
        try:
            while select.select([client._socket], [], [], 0)[0]:
                list(self._read(client))
        except BROKEN:
            self.close()
        told, self._back = self._back, []
        return told

    def close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.unbind()
            client.state = consts.SMPP_CLIENT_STATE_OPEN
        except BROKEN:
            pass
        finally:
            client.disconnect()

    def _bound(self) -> Client:
        if self._client is not None:
            return self._client
        settings, port = self.config.settings, int(self.config.number("port", 2775))
        timeout = self.config.number("timeout_s", 10)
        client = Client(settings.get("host", ""), port, timeout=timeout, allow_unknown_opt_params=True)
        try:
            client.connect()
            client.bind_transceiver(
                system_id=settings.get("system_id", ""), password=self.config.secrets.get("password", "")
            )
        except exceptions.PDUError as error:
            client.disconnect()
            raise GiveUp("bind_refused") from error
        except BROKEN as error:
            client.disconnect()
            raise TryAgain("unreachable") from error
        self._client = client
        return client

    def _submit(self, client: Client, one: Outgoing) -> None:
        texts = split(one.text, Coding.UCS2)
        track = Submitted(one.id, len(texts))
        for place, text in enumerate(texts, start=1):
            header = bytes((5, 0, 3, one.id & 0xFF, len(texts), place)) if len(texts) > 1 else b""
            pdu = smpp.make_pdu(
                "submit_sm", client=client, source_addr=self.source, destination_addr=one.address,
                source_addr_ton=consts.SMPP_TON_UNK, dest_addr_ton=consts.SMPP_TON_UNK,
                data_coding=consts.SMPP_ENCODING_ISO10646,
                esm_class=consts.SMPP_GSMFEAT_UDHI if header else consts.SMPP_MSGMODE_DEFAULT,
                registered_delivery=place == len(texts), short_message=header + text.encode("utf-16-be"),
            )  # fmt: skip
            self._parts[pdu.sequence] = track
            client.send_pdu(pdu)

    def _read(self, client: Client) -> Iterator[Result]:
        """Take one PDU from the line; yields the result of a message whose last part was answered."""
        pdu = client.read_pdu()
        if pdu.command in {"submit_sm_resp", "generic_nack"}:
            yield from self._answered(pdu)
        elif pdu.command == "deliver_sm":
            self._reply(client, "deliver_sm_resp", pdu)
            self._hear(pdu)
        elif pdu.command == "enquire_link":
            self._reply(client, "enquire_link_resp", pdu)
        elif pdu.command == "unbind":
            raise exceptions.ConnectionError

    def _answered(self, pdu: Any) -> Iterator[Result]:
        track = self._parts.pop(pdu.sequence, None)
        if track is None:
            return
        track.left -= 1
        track.status = track.status or int(pdu.status)
        if not pdu.status:
            track.ref = _text(pdu.message_id)
        if not track.left:
            yield _result(track)

    def _reply(self, client: Client, command: str, to: Any) -> None:
        answer = smpp.make_pdu(command, client=client)
        answer.sequence = to.sequence
        client.send_pdu(answer)

    def _hear(self, pdu: Any) -> None:
        found = RECEIPT.search(_text(pdu.short_message))
        if found and (kind := FINAL.get(found["stat"])):
            self._back.append(Back(found["ref"][:80], kind, (found["err"] or "")[:20], clock.real_now()))

    def _lost(self) -> Iterator[Result]:
        """The line broke: whatever was submitted and not answered may have gone out."""
        lost, self._parts = {track.id: track for track in self._parts.values()}, {}
        self.close()
        yield from (Result(track.id, Outcome.UNKNOWN, code="cut_off") for track in lost.values())


def _result(track: Submitted) -> Result:
    if not track.status:
        return Result(track.id, Outcome.SENT, ref=track.ref[:80])
    if track.ref:
        return Result(
            track.id, Outcome.UNKNOWN, code="partly"
        )  # some parts were taken; sending all again would double them
    outcome = Outcome.AGAIN if track.status in BUSY else Outcome.REFUSED
    return Result(track.id, outcome, code=f"smpp_{track.status:#x}")


def _text(value: bytes | str | None) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else value or ""
