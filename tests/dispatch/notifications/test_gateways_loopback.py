"""Every gateway against a real server on loopback: what is taken, what fails how, what stays unknown."""

import hmac
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from longzhong.dispatch.notifications.gateways import Config, GiveUp, Known, Outgoing, TryAgain
from longzhong.dispatch.notifications.gateways.calling import Called, call
from longzhong.dispatch.notifications.gateways.opening import open_gateway
from longzhong.dispatch.notifications.gateways.webhook import signature
from longzhong.dispatch.notifications.management.sinks.mail import MailSink
from longzhong.dispatch.notifications.management.sinks.smpp import SmppSink
from longzhong.dispatch.notifications.management.sinks.web import WebSink

HTTP = {
    "fields": '{"mobile": "{address}", "content": "{text}", "sid": "{our_id}", "pass": "{secret}"}',
    "again_values": "7, 8", "found_values": "accepted", "missing_values": "unknown", "timeout_s": "2",
}  # fmt: skip
LONG = "【襄阳供电】" + "檀溪1号台区停电检修，" * 12 + "😀完"


def config(kind: str, settings: dict[str, Any], **secrets: str) -> Config:
    return Config("test", kind, {key: str(value) for key, value in settings.items()}, secrets)


def messages(number: int = 3, text: str = "【襄阳供电】停电") -> list[Outgoing]:
    return [Outgoing(n, f"0a1b2c3d{n:x}", f"1380013800{n}", text, "停电") for n in range(1, number + 1)]


def sent(line: Any, batch: Sequence[Outgoing], deadline_s: float = 30) -> Called:
    try:
        return call(line, "test", batch, deadline_s)
    finally:
        line.close()


def outcomes(called: Called) -> list[str]:
    return [one.outcome.value for one in sorted(called.results, key=lambda one: one.id)]


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.mark.parametrize("listed", [False, True])
def test_sms_by_http(listed: bool) -> None:
    with WebSink() as sink:
        more = {"list_key": "list", "results_key": "results", "outer": '{"who": "{key}"}'} if listed else {}
        line = open_gateway(config("sms_http", {**HTTP, "url": sink.url, **more}, key="me", secret="mima"))
        called = sent(line, messages())
        assert outcomes(called) == ["sent"] * 3
        assert [one.ref for one in called.results] == [f"P0a1b2c3d{n}" for n in (1, 2, 3)]
        assert sink.kept["0a1b2c3d2"] == {
            "mobile": "13800138002", "content": "【襄阳供电】停电", "sid": "0a1b2c3d2", "pass": "mima"
        }  # fmt: skip
        assert len(sink.bodies) == (1 if listed else 3)
        if listed:
            assert b'"who": "me"' in sink.bodies[0]


def test_a_text_that_looks_like_a_place_stays_a_text() -> None:
    with WebSink() as sink:
        sent(open_gateway(config("sms_http", {**HTTP, "url": sink.url}, secret="mima")), messages(1, "{secret}"))
        assert sink.kept["0a1b2c3d1"]["content"] == "{secret}"


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        ((200, {"code": 0, "id": 1}), "sent"), ((200, {"code": 7}), "again"), ((200, {"code": 5}), "refused"),
        ((200, {}), "refused"), ((429, {}), "again"), ((503, {}), "again"), ((500, {}), "unknown"), ((400, {}), "refused"),
        ((302, {}), "refused"), ((200, None), "unknown"), ((0, None), "unknown"),
    ],
)  # fmt: skip
def test_what_an_answer_means(answer: tuple[int, Any], then: str) -> None:
    with WebSink(lambda _body: answer) as sink:
        assert outcomes(sent(open_gateway(config("sms_http", {**HTTP, "url": sink.url})), messages(1))) == [then]


def test_wrong_credentials_stop_the_provider_not_the_message() -> None:
    with WebSink(lambda _body: (401, {})) as sink:
        called = sent(open_gateway(config("sms_http", {**HTTP, "url": sink.url})), messages())
    assert (outcomes(called), called.trouble) == (["not_begun"] * 3, "http_401")


def test_a_provider_that_does_not_answer_in_time() -> None:
    def slow(body: dict[str, Any]) -> None:
        time.sleep(0.6)

    with WebSink(slow) as sink:
        line = open_gateway(config("sms_http", {**HTTP, "url": sink.url, "timeout_s": 0.2}))
        assert outcomes(sent(line, messages(1))) == ["unknown"]


def test_nothing_is_begun_after_the_deadline() -> None:
    with WebSink() as sink:
        called = sent(open_gateway(config("sms_http", {**HTTP, "url": sink.url})), messages(), deadline_s=-1)
        assert (outcomes(called), dict(sink.got)) == (["not_begun"] * 3, {})


def test_asking_by_our_number() -> None:
    with WebSink() as sink:
        told = {**HTTP, "url": sink.url, "query_url": f"{sink.url}/query"}
        line = open_gateway(config("sms_http", told))
        sent(line, messages(1))
        assert [line.query(one, "") for one in ("0a1b2c3d1", "0a1b2c3d9")] == [Known.HAS, Known.NEVER]
        vague = open_gateway(config("sms_http", {**told, "found_values": "x", "missing_values": "y"}))
        assert vague.query("0a1b2c3d1", "") is Known.CANT_SAY
    with pytest.raises(TryAgain):
        line.query("0a1b2c3d1", "")


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("sms_http", HTTP), ("wecom_robot", {}), ("webhook", {}), ("email_smtp", {"security": "none", "sender": "a@b.cn"}),
        ("sms_smpp", {"system_id": "s", "source": "1069"}),
    ],
)  # fmt: skip
def test_a_provider_that_is_not_there(kind: str, settings: dict[str, str], nobody: int) -> None:
    url = f"http://127.0.0.1:{nobody}"
    told = {**settings, "url": url, "notify_url": url, "host": "127.0.0.1", "port": nobody}
    called = sent(open_gateway(config(kind, told)), messages())
    assert (outcomes(called), called.trouble) == (["not_begun"] * 3, "unreachable")


@pytest.mark.parametrize("url", ["", "ftp://x", "http://", "nonsense"])
def test_an_address_that_is_none(url: str) -> None:
    called = sent(open_gateway(config("sms_http", {**HTTP, "url": url})), messages(1))
    assert (outcomes(called), called.trouble) == (["not_begun"], "url")
    with pytest.raises(GiveUp):
        open_gateway(config("sms_http", {"fields": "[1]"}))


def test_wecom_robot() -> None:
    codes = {"k1": 0, "k2": 45009, "k3": 93000}
    seen = []

    def said(body: dict[str, Any]) -> tuple[int, Any]:
        seen.append(body)
        return 200, {"errcode": codes[f"k{len(seen)}"]}

    with WebSink(said) as sink:
        batch = [replace(one, address=f"k{one.id}") for one in messages()]
        assert outcomes(sent(open_gateway(config("wecom_robot", {"notify_url": f"{sink.url}/send"})), batch)) == [
            "sent", "again", "refused",
        ]  # fmt: skip
    assert seen[0] == {"msgtype": "text", "text": {"content": "【襄阳供电】停电"}}


def test_webhook_is_signed_and_repeatable() -> None:
    with WebSink() as sink:
        assert outcomes(sent(open_gateway(config("webhook", {"url": sink.url}, secret="geheim")), messages(1))) == [
            "sent"
        ]
        head, body = sink.headers[0], sink.bodies[0]
    stamp = head["X-Longzhong-Timestamp"]
    assert hmac.compare_digest(head["X-Longzhong-Signature"], signature(b"geheim", stamp, body))
    assert head["X-Longzhong-Signature"] != signature(b"other", stamp, body)
    assert head["Idempotency-Key"] == "0a1b2c3d1"


def test_portal_is_there_at_once() -> None:
    line = open_gateway(config("portal", {}))
    assert outcomes(sent(line, messages())) == ["sent"] * 3
    assert (line.query("x", ""), line.receipts()) == (Known.NEVER, [])


def mail(port: int, **changes: Any) -> Any:
    told = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "tz@xy.example.cn",
        "sender_name": "襄阳供电",
    }
    return open_gateway(config("email_smtp", {**told, **changes}))


def test_e_mail() -> None:
    refused = {"b@x.cn": "550 no such user", "c@x.cn": "451 later"}
    with MailSink(refused) as sink:
        batch = [replace(one, address=f"{'abc'[one.id - 1]}@x.cn") for one in messages()]
        called = sent(mail(sink.port), batch)
        assert outcomes(called) == ["sent", "refused", "again"]
        (letter,) = sink.letters
    assert letter["Message-ID"] == "<0a1b2c3d1@xy.example.cn>"
    assert (letter["Subject"], letter["To"], letter.get_content().strip()) == ("停电", "a@x.cn", "【襄阳供电】停电")
    assert "襄阳供电" in letter["From"]


def test_e_mail_that_is_cut_off_is_unknown_and_the_rest_not_begun(monkeypatch: Any) -> None:
    with MailSink() as sink:
        line = mail(sink.port)
        connect = line._connected

        def one_letter() -> Any:
            server = connect()
            first = server.sendmail

            def then_cut(*words: Any) -> Any:
                server.sock.shutdown(socket.SHUT_RDWR) if sink.got else None
                return first(*words)

            server.sendmail = then_cut
            return server

        monkeypatch.setattr(line, "_connected", one_letter)
        called = sent(line, [replace(one, address="a@x.cn") for one in messages()])
    assert (outcomes(called), called.trouble) == (["sent", "unknown", "not_begun"], "broken")


def smpp(port: int, **changes: Any) -> Any:
    password = changes.pop("password", "smpp-pw1")
    told = {"host": "127.0.0.1", "port": port, "system_id": "lz", "source": "10690000", "timeout_s": 2, **changes}
    return open_gateway(config("sms_smpp", told, password=password))


@pytest.mark.parametrize("window", [1, 20])
def test_sms_by_smpp_in_parts_with_receipts(window: int) -> None:
    with SmppSink() as sink:
        line = smpp(sink.port, window=window)
        batch = [*messages(30), Outgoing(99, "0a1b2c3d63", "13900139000", LONG)]
        called = call(line, "test", batch, 30)
        assert outcomes(called) == ["sent"] * 31
        assert sink.parts == 30 + 3
        assert ("13900139000", LONG) in sink.got
        assert all(len(text) for _to, text in sink.got)
        back, until = [], time.monotonic() + 3
        while len(back) < 31 and time.monotonic() < until:
            back += line.receipts()
        line.close()
    refs = {one.id: one.ref for one in called.results}
    assert {one.ref for one in back} == set(refs.values())
    assert {one.kind for one in back} == {"delivered"}


@pytest.mark.parametrize(("status", "then"), [(0x58, "again"), (0x14, "again"), (0x0B, "refused")])
def test_smpp_statuses(status: int, then: str) -> None:
    with SmppSink(script=lambda to: status if to.endswith("2") else 0) as sink:
        assert outcomes(sent(smpp(sink.port), messages())) == ["sent", then, "sent"]


def test_smpp_that_hangs_up_leaves_unknown_what_it_had() -> None:
    with SmppSink(script=lambda to: -1 if to.endswith("2") else 0, receipts=False) as sink:
        called = sent(smpp(sink.port, window=1), messages())
        assert (outcomes(called), called.trouble) == (["sent", "unknown", "not_begun"], "broken")
        assert len(sink.got) == 2


def test_smpp_with_parts_of_which_only_some_were_taken_is_not_sent_again() -> None:
    taken = iter([0, 0x58, 0, 0])
    with SmppSink(script=lambda _to: next(taken)) as sink:
        batch = [Outgoing(1, "0a1b2c3d1", "13900139000", LONG)]
        assert outcomes(sent(smpp(sink.port), batch)) == ["unknown"]


def test_smpp_with_a_wrong_password_gives_up() -> None:
    with SmppSink() as sink:
        called = sent(smpp(sink.port, password="falsch"), messages())
    assert (outcomes(called), called.trouble) == (["not_begun"] * 3, "bind_refused")
