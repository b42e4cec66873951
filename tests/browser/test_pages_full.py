"""Every main page in a real browser, at a desk and on a phone, in a county with data."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.screens import AROUND, BESIDE, CALLS, GOVERNED, INSIDE, LEFT, MENU, Screens, Shown, before
from tests.sample import some

PAGES = (*MENU, *some((*BESIDE, *INSIDE, *CALLS, *AROUND, *GOVERNED, *LEFT), 3, 1))
pytestmark = pytest.mark.django_db  # sets the test database up; the county itself is committed, once for all pages


@pytest.fixture(scope="module")
def screens(
    django_db_setup: None, django_db_blocker: Any, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Screens]:
    with django_db_blocker.unblock(), before(chromium, tmp_path_factory.mktemp("county"), full=True) as made:
        yield made


@pytest.mark.parametrize("shown", PAGES, ids=lambda one: f"{one.view}-{one.thing}".rstrip("-"))
def test_a_page(screens: Screens, shown: Shown) -> None:
    screens.look(shown)
