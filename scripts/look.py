"""Look at pages in a real browser, as 1440×900 and as a 390×844 phone, and tell what is wrong with them.

    .venv/bin/python scripts/look.py --as LOGIN / /alerts/ "/orders/?state=late"     serves this checkout's data itself
    .venv/bin/python scripts/look.py --base http://127.0.0.1:8000 --as LOGIN --password … /

Pictures go to /tmp/look/<page>-desk.png and -phone.png (--full: the whole page, not only the first screen). Printed for
each: status, sideways scroll on the phone, console errors, CSP violations, requests that leave the server, and touch
targets under 44 px.
"""

import argparse
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SMALL_TARGETS = """() => {
  const seen = el => el.getBoundingClientRect().width && getComputedStyle(el).visibility !== 'hidden';
  const control = el => el.matches('.btn, button, input, select');
  const inText = el => el.closest('.lz-skip, .visually-hidden') || (!control(el) && el.closest('p, dd, td, small, .lz-note'));
  const height = el => Math.max(el.getBoundingClientRect().height, el.closest('label')?.getBoundingClientRect().height ?? 0);
  return [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
    .filter(el => seen(el) && !inText(el) && height(el) < 43.5)
    .map(el => (el.innerText || el.name || el.getAttribute('class') || el.tagName).slice(0, 24).trim());
}"""
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(el => el.getBoundingClientRect().right > innerWidth + 1)
  .filter(el => !el.closest('.lz-tabs, .lz-filters, .lz-stepper, .lz-skip, svg, thead'))
  .slice(0, 5).map(el => el.tagName + '.' + el.className)"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--as", dest="login", help="sign in as this login")
    parser.add_argument("--password", default=os.environ.get("LOOK_PASSWORD", ""))
    parser.add_argument("--base", help="a running server; without it this script serves the pages itself")
    parser.add_argument("--out", type=Path, default=Path("/tmp/look"))
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", choices=SIZES)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with served(asked.login) if not asked.base else here(asked.base) as (base, cookie):
        sys.exit(look(asked, base, cookie))


@contextmanager
def here(base: str) -> Iterator[tuple[str, str]]:
    yield base.rstrip("/"), ""


@contextmanager
def served(login: str | None) -> Iterator[tuple[str, str]]:
    """This checkout's pages on a free port, static files from their sources, the person signed in without a password."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longzhong.project.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from longzhong.project.place import ready  # noqa: PLC0415 - Django loads only when it is served here

    ready()
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    logging.getLogger("django.server").setLevel(logging.ERROR)
    cookie = ""
    if login:
        client = Client()
        model = get_user_model()
        client.force_login(model.objects.get(**{model.USERNAME_FIELD: login}))
        session = client.session
        session.update({"seen_at": time.time(), "idle_s": 86400})  # as a fresh sign-in leaves it
        session.save()
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler, ipv6=False)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", cookie
    finally:
        server.shutdown()


def look(asked: argparse.Namespace, base: str, cookie: str) -> int:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    bad = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for size, (width, height) in SIZES.items():
            if asked.only and asked.only != size:
                continue
            phone = size == "phone"
            context = browser.new_context(
                viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone, locale="zh-CN"
            )
            if cookie:
                context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
            page = context.new_page()
            complaints: list[str] = []
            page.on("console", lambda m, c=complaints: c.append(f"console: {m.text}") if m.type == "error" else None)
            page.on("pageerror", lambda e, c=complaints: c.append(f"script: {e}"))
            page.on(
                "request",
                lambda r, c=complaints: (
                    c.append(f"leaves: {r.url}") if not r.url.startswith((base, "data:", "blob:")) else None
                ),
            )
            if asked.base and asked.login:
                page.goto(f"{base}/login/")
                page.locator("input[type=text], input:not([type])").first.fill(asked.login)
                page.fill("input[type=password]", asked.password)
                page.click("button[type=submit]")
            for path in asked.paths:
                complaints.clear()
                answer = page.goto(base + path, wait_until="networkidle")
                page.wait_for_timeout(250)
                name = re.sub(r"[^\w]+", "-", path).strip("-") or "home"
                target = asked.out / f"{name}-{size}.png"
                page.screenshot(path=target, full_page=asked.full)
                if phone:
                    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        complaints.append(f"sideways scroll: {page.evaluate(WIDE)}")
                    if small := page.evaluate(SMALL_TARGETS):
                        complaints.append(f"under 44 px: {small[:8]}")
                status = answer.status if answer else 0
                bad += bool(complaints) or status >= 400
                print(status, path, target, *complaints, sep="\n    " if complaints else "  ")
        browser.close()
    return 1 if bad else 0


if __name__ == "__main__":
    main()
