"""An HTTP provider on loopback: one message or a list a request, known again by our number, and asked by it."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from longzhong.dispatch.notifications.management.sinks import Loopback

Answer = tuple[int, Any]


class WebSink(Loopback):
    """`got`: how often each of our numbers came; `kept`: the last body of each; honours our number like a good provider.

    `script(body)` may answer in its place (status, JSON); None: the usual way. (0, None) hangs up without an answer.
    """

    def __init__(self, script: Callable[[dict[str, Any]], Answer | None] | None = None) -> None:
        self.got: Counter[str] = Counter()
        self.kept: dict[str, dict[str, Any]] = {}
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.script = script
        self.lock = threading.Lock()
        super().__init__(_Server(("127.0.0.1", 0), _handler(self)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, body: dict[str, Any]) -> Answer:
        """What the provider says to a body."""
        if path.startswith("/query"):
            return 200, {"state": "accepted" if body.get("sid") in self.got else "unknown"}
        if self.script is not None and (said := self.script(body)) is not None:
            return said
        if isinstance(body.get("list"), list):
            return 200, {"results": [self._take(one) for one in body["list"]]}
        return 200, self._take(body)

    def _take(self, one: dict[str, Any]) -> dict[str, Any]:
        sid = str(one.get("sid") or one.get("id") or "")
        with self.lock:
            self.got[sid] += 1
            self.kept[sid] = one
        return {"code": 0, "errcode": 0, "id": f"P{sid}", "sid": sid}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed is what the bench is about."""


def _handler(sink: WebSink) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            with sink.lock:
                sink.headers.append(dict(self.headers))
                sink.bodies.append(raw)
                del sink.headers[:-50], sink.bodies[:-50]
            status, told = sink.answer(self.path, json.loads(raw))
            if not status:
                self.close_connection = True
                return
            body = json.dumps(told).encode()
            head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    return Handler
