"""Real headless Chromium (Debian's), against the live server of the test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Geolocation, Page, ViewportSize, sync_playwright

from longzhong.project.checks import browser_missing

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
HERE: Geolocation = {"latitude": 32.01, "longitude": 112.12, "accuracy": 12}
CHINA = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = browser_missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if missing and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"not run: missing system packages: {missing}"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Playwright's loop runs in this thread: inside it Django holds other connections than outside, so each side closes its own."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the ORM is called between the loop's turns
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def office(chromium: Browser) -> BrowserContext:
    """An office screen, 1440×900."""
    return chromium.new_context(viewport=DESK, **CHINA)


def pocket(chromium: Browser) -> BrowserContext:
    """A phone, 390×844, with a position."""
    return chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, permissions=["geolocation"], geolocation=HERE, **CHINA
    )


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A page on an office screen."""
    yield from _page(office(chromium))


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page on a grid manager's phone."""
    yield from _page(pocket(chromium))


def watched(page: Page, troubles: list[str]) -> Page:
    """The page writes down what went wrong: requests that leave the server, scripts that fail, errors on the console."""
    page.on("request", lambda request: None if _ours(request.url) else troubles.append(f"leaves: {request.url}"))
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.set_default_timeout(10_000)
    return page


def _page(context: BrowserContext) -> Iterator[Page]:
    troubles: list[str] = []
    yield watched(context.new_page(), troubles)
    context.close()
    assert not troubles


def _ours(url: str) -> bool:
    return url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:"))
