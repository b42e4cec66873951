"""`longzhong bench notices [--json]`: a notice to 100,000 accounts, composed, queued and sent; its workers are killed meanwhile.

In a scratch database. `queue_s`: resolve, write and release all of them, the progress read from outside meanwhile
(`progress_seen`: how many different values). Then two workers send through loopback providers at the configured rates: all of it
over a bulk HTTP interface that knows our number; smaller batches over SMPP and SMTP, which can't be asked. When a third is
out, both workers are killed (SIGKILL) and two others go on. `lost`: sent by our books and not in the sink, or never settled;
`doubled`: more than once in the sink; `uncertain`: held for a person. Fails where anything is lost or doubled.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.core.management import call_command
from django.db import connection

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.management import bench_city as city
from longzhong.dispatch.notifications.management.sinks.mail import MailSink
from longzhong.dispatch.notifications.management.sinks.smpp import SmppSink
from longzhong.dispatch.notifications.management.sinks.web import WebSink
from longzhong.dispatch.notifications.rules import CLOSED, Channel, Counts, NewNotice, Recipient, our_id
from longzhong.kit import vault
from longzhong.kit.actor import Actor

BY = Actor.machine("notifications.bench")
AT = datetime.fromisoformat("2026-03-02T12:00:00+08:00")
SCRATCH = "longzhong_bench"
WORKERS, LEASE_S, PATIENCE_S = 2, 6, 600
WORKER = "longzhong.dispatch.notifications.management.worker"
START = f"import sys, django; django.setup(); from {WORKER} import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Sent:
    """What one provider did with one notice."""

    counts: Counts
    seconds: float
    lost: int
    doubled: int

    @property
    def per_s(self) -> float:
        return round(self.counts.sent / self.seconds, 1) if self.seconds else 0.0


def main(argv: list[str]) -> int:
    """Inside the scratch database; prints one JSON object on the last line."""
    words = argparse.ArgumentParser(prog="longzhong bench notices", description=__doc__)
    words.add_argument("--json", action="store_true")
    words.add_argument("--accounts", type=int, default=100_000)
    words.add_argument("--rate", type=float, default=1500.0, help="messages a second of the HTTP interface")
    words.add_argument("--others", type=int, default=3000, help="messages over SMPP and SMTP, each")
    words.add_argument("--others-rate", type=float, default=150.0)
    options = words.parse_args(argv)
    if not str(connection.settings_dict["NAME"]).startswith(SCRATCH):
        sys.stderr.write("longzhong bench notices: not in a scratch database\n")
        return 2
    call_command("migrate", verbosity=0, interactive=False)
    unit_id = city.build(options.accounts, AT)
    notice_id, composed = _compose_all(unit_id, options.accounts)
    by_http = _by_http(notice_id, options.rate)
    by_smpp = _by_smpp(unit_id, options.others, options.others_rate)
    by_smtp = _by_smtp(unit_id, options.others, options.others_rate)
    return _tell(options, composed, {"http": by_http, "smpp": by_smpp, "smtp": by_smtp})


def _tell(options: argparse.Namespace, composed: dict[str, float], sent: dict[str, Sent]) -> int:
    told: dict[str, object] = {"accounts": options.accounts, **composed}
    for name in ("lost", "doubled"):
        told[name] = sum(getattr(one, name) for one in sent.values())
    told["uncertain"] = {name: one.counts.uncertain for name, one in sent.items()}
    told["failed"] = sum(one.counts.failed for one in sent.values())
    told["per_s"] = {name: one.per_s for name, one in sent.items()}
    told["rate"] = {"http": options.rate, "smpp": options.others_rate, "smtp": options.others_rate}
    told["seconds"] = {name: round(one.seconds, 1) for name, one in sent.items()}
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if told["lost"] or told["doubled"] or composed["wrong"] else 0


def _compose_all(unit_id: int, accounts: int) -> tuple[int, dict[str, float]]:
    """The notice to everybody; seconds, progress, and whether exactly those who should get one do."""
    messages, skipped = city.expected(accounts)
    rows = (Recipient(account_id=n, params={"account": f"****{n % 10_000:04d}"}) for n in range(1, accounts + 1))
    seen: set[int] = set()
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(seen, over))
    watcher.start()
    began = time.perf_counter()
    row = services.compose(notice=_new(unit_id, accounts), recipients=rows, by=BY, at=AT)
    composed = time.perf_counter()
    services.queue_notice(notice_id=row.pk, by=BY, at=AT)
    queued = time.perf_counter()
    over.set()
    watcher.join()
    told = selectors.counts(row.pk)
    wrong = int((told.queued, told.skipped) != (messages, skipped))
    return row.pk, {
        "queue_s": round(queued - began, 2), "compose_s": round(composed - began, 2), "messages": told.queued,
        "skipped": told.skipped, "progress_seen": len(seen), "wrong": wrong,
    }  # fmt: skip


def _watch(seen: set[int], over: threading.Event) -> None:
    """The progress as somebody else's connection reads it."""
    try:
        while not over.wait(0.1):
            with connection.cursor() as cursor:
                cursor.execute("select composed from notifications_notice order by id desc limit 1")
                seen.update(number for (number,) in cursor.fetchall())
    finally:
        connection.close()


def _by_http(notice_id: int, rate: float) -> Sent:
    with WebSink() as sink:
        city.http_provider(sink.url, rate, LEASE_S)
        counts, seconds = _send(notice_id, lambda: sum(sink.got.values()))
        city.switch("bench-http", False, AT)
        return _judged(notice_id, counts, seconds, sink.got, lambda our, _address: our)


def _by_smpp(unit_id: int, number: int, rate: float) -> Sent:
    rows = [Recipient(phone=f"137{n:08d}", params={"account": f"{n}"}) for n in range(number)]
    row = services.compose(notice=_new(unit_id, number), recipients=rows, by=BY, at=AT)
    services.queue_notice(notice_id=row.pk, by=BY, at=AT)
    with SmppSink() as sink:
        city.smpp_provider(sink.port, rate, LEASE_S)
        counts, seconds = _send(row.pk, lambda: len(sink.got))
        city.switch("bench-smpp", False, AT)
        got = Counter(to for to, _text in sink.got)
        return _judged(row.pk, counts, seconds, got, lambda _our, address: address)


def _by_smtp(unit_id: int, number: int, rate: float) -> Sent:
    rows = [Recipient(email=f"kehu{n}@example.cn", params={"account": f"{n}"}) for n in range(number)]
    row = services.compose(notice=_new(unit_id, number, Channel.EMAIL), recipients=rows, by=BY, at=AT)
    services.queue_notice(notice_id=row.pk, by=BY, at=AT)
    with MailSink() as sink:
        city.mail_provider(sink.port, rate, LEASE_S)
        counts, seconds = _send(row.pk, lambda: sum(sink.got.values()))
        city.switch("bench-smtp", False, AT)
        return _judged(row.pk, counts, seconds, sink.got, lambda our, _address: f"<{our}@{city.DOMAIN}>")


def _new(unit_id: int, number: int, channel: Channel = Channel.SMS) -> NewNotice:
    return NewNotice(template="bench", unit_id=unit_id, channels=(channel,), params=city.COMMON, expected=number)


def _judged(
    notice_id: int, counts: Counts, seconds: float, got: Counter[str], key: Callable[[str, str], str]
) -> Sent:  # fmt: skip
    """Lost: sent by our books and not in the sink (each looked up by `key` of our number and its address), or never settled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select m.id, n.token, m.address_sealed from notifications_message m join notifications_notice n"
            " on n.id = m.notice_id where n.id = %s and m.state = 'sent'",
            [notice_id],
        )
        sent = {key(our_id(token, number), vault.unseal(sealed)) for number, token, sealed in cursor.fetchall()}
    lost = len(sent - set(got)) + counts.waiting + counts.claimed
    return Sent(counts, seconds, lost, sum(times - 1 for times in got.values()))


def _send(notice_id: int, arrived: Callable[[], int]) -> tuple[Counts, float]:
    """Two workers, killed when a third has arrived, and two more until the notice is over."""
    total, began, killed = selectors.counts(notice_id).queued, time.perf_counter(), False
    workers = _workers()
    try:
        for _ in count():
            time.sleep(0.05)
            if not killed and arrived() >= total // 3:
                _kill(workers)
                workers, killed = _workers(), True
            if selectors.progress(notice_id).state in CLOSED or time.perf_counter() - began > PATIENCE_S:
                break
    finally:
        _kill(workers)
    return selectors.counts(notice_id), time.perf_counter() - began


def _workers() -> list["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-c", START, AT.isoformat()]
    place = os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "longzhong.project.settings")
    }
    return [subprocess.Popen(words, env=place, stderr=subprocess.DEVNULL) for _ in range(WORKERS)]


def _kill(workers: Iterable["subprocess.Popen[bytes]"]) -> None:
    for one in workers:
        one.send_signal(signal.SIGKILL)
        one.wait()
