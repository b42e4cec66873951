"""`longzhong demo`: a demo county on one command, its pages served; `--check` asks them over HTTP, prints JSON and stops."""

import argparse
import http.cookiejar
import json
import re
import socket
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from longzhong.project import serving
from longzhong.surfaces.simulation.management import demo as county

WAIT_S = 60
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """One page as one person got it."""

    login: str
    path: str
    status: int
    seconds: float


def main(argv: list[str]) -> int:
    """Build the county unless it stands, then serve or check."""
    words = argparse.ArgumentParser(prog="longzhong demo", description=main.__doc__)
    words.add_argument("--check", action="store_true", help="ask the pages, print one JSON object, stop")
    words.add_argument("--size", choices=list(county.SIZES), default="small")
    words.add_argument("--port", type=int, default=serving.PORT)
    options = words.parse_args(argv)
    began = time.perf_counter()
    serving.migrate([])
    figures = county.build(size=options.size)
    logins = county.logins()
    if options.check:
        return _check(figures, logins, began)
    _print_logins(logins, options.port)
    serving.serve(port=options.port, prepared=True)
    return 0


def _print_logins(logins: Sequence[Mapping[str, str]], port: int) -> None:
    sys.stdout.write(f"\n  http://127.0.0.1:{port}/\n\n")
    for one in logins:
        sys.stdout.write(f"  {one['role']:<10} {one['login']:<12} {one['password']}\n")
    sys.stdout.write("\n")
    sys.stdout.flush()


def _check(figures: Mapping[str, float], logins: Sequence[Mapping[str, str]], began: float) -> int:
    port = _free_port()
    stopped = threading.Event()
    served = threading.Thread(target=serving.serve, kwargs={"port": port, "stopped": stopped, "prepared": True})
    served.start()
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base)
        asked = [row for one in logins for row in _ask_as(base, one)]
    finally:
        stopped.set()
        served.join()
    broken = [row for row in asked if row.status >= 400]
    answer = {
        **figures,
        "pages": len(asked),
        "broken": [f"{row.login} {row.path} {row.status}" for row in broken],
        "slowest_s": round(max(row.seconds for row in asked), 2),
        "seconds": round(time.perf_counter() - began, 1),
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if broken else 0


def _ask_as(base: str, login: Mapping[str, str]) -> list[Asked]:
    """Sign in as one person and open what their menu offers."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = _read(opener, f"{base}/login/")
    fields = {
        "csrfmiddlewaretoken": TOKEN.findall(page.body)[0],
        "login": login["login"],
        "password": login["password"],
    }
    home = _read(opener, f"{base}/login/", urllib.parse.urlencode(fields).encode())
    paths = sorted({path for path in re.findall(r'href="(/[^"?#]*)"', home.body) if not path.startswith("/static/")})
    asked = []
    for path in paths:
        if path not in {"/logout/", "/login/"}:
            page = _read(opener, base + path)
            asked.append(Asked(login["login"], path, page.status, page.seconds))
    return [Asked(login["login"], "/login/", home.status, home.seconds), *asked]


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    seconds: float


def _read(opener: urllib.request.OpenerDirector, url: str, data: bytes | None = None) -> Answer:
    began = time.perf_counter()
    request = urllib.request.Request(url, data, {"Referer": url})  # noqa: S310  our own address
    try:
        with opener.open(request, timeout=30) as answer:
            return Answer(answer.status, answer.read().decode(errors="replace"), time.perf_counter() - began)
    except urllib.error.HTTPError as error:
        return Answer(error.code, "", time.perf_counter() - began)


def _wait_for(base: str) -> None:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(f"{base}/login/", timeout=20):  # noqa: S310
            return
        time.sleep(0.3)
    raise TimeoutError(f"the pages at {base} didn't answer within {WAIT_S} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
