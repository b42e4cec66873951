"""Every main page in a real browser, at a desk and on a phone, in a county with data and in an empty one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Browser, BrowserContext, Page

from longzhong.project.menu import DEMO_ONLY, ROWS
from longzhong.register.org.rules import Role
from tests.browser.conftest import office, pocket, watched
from tests.browser.looks import fits, fits_the_thumb, touchable
from tests.browser.standing import ROLES, Standing, standing

pytestmark = pytest.mark.django_db  # the database is set up only for tests that say so; the county itself is committed
LOOKERS = (Role.QUALITY, Role.GRID, Role.LEADER, Role.ADMIN, Role.SECURITY, Role.AUDITOR)
MENU = tuple(name for _group, _label, name, _icon, _prefix in ROWS if name != DEMO_ONLY)
INSIDE: dict[str, tuple[Role, str, str]] = {
    "alert": (Role.QUALITY, "alerts:detail", "alert"),
    "open alert": (Role.STATION, "alerts:detail", "open alert"),
    "order": (Role.QUALITY, "workorders:detail", "order"),
    "open order": (Role.STATION, "workorders:detail", "open order"),
    "field order": (Role.GRID, "field:order", "open order"),
    "area": (Role.GRID, "curves:area", "area"),
    "feeder": (Role.LEADER, "network:feeder", "feeder"),
    "account": (Role.DESK, "customers:account", "account"),
    "unit": (Role.ADMIN, "org:unit", "unit"),
    "grid": (Role.QUALITY, "org:grid", "grid"),
    "staff": (Role.STATION, "org:staff", "staff"),
    "user": (Role.SECURITY, "access:user", "user"),
}
BESIDE: dict[str, tuple[Role, str]] = {
    "due": (Role.GRID, "/due/"),
    "hands": (Role.LEADER, "/hands/"),
    "warned": (Role.LEADER, "/loop/warned/"),
    "search": (Role.DESK, "/search/?q=隆中"),
    "before": (Role.LEADER, "/?phase=before"),
    "during": (Role.LEADER, "/?phase=during"),
    "after": (Role.LEADER, "/?phase=after"),
    "wall": (Role.LEADER, "/?wall=1"),
    "feeders": (Role.LEADER, "/feeders/"),
    "policy": (Role.SECURITY, "/policies/alerts.persist_days/"),
    "new user": (Role.ADMIN, "/system/users/new/"),
    "password": (Role.GRID, "/password/"),
}


class Screens:
    """One browser context a role and size, signed in by its session; what goes wrong is written down."""

    def __init__(self, chromium: Browser, where: Standing) -> None:
        self.chromium, self.where = chromium, where
        self.troubles: list[str] = []
        self.open: dict[tuple[Role, str], Page] = {}

    def page(self, role: Role, size: str) -> Page:
        """The role's page, made at its first use."""
        if (role, size) not in self.open:
            make: Callable[[Browser], BrowserContext] = office if size == "desk" else pocket
            context = make(self.chromium)
            context.add_cookies([{"name": "sessionid", "value": self.where.sessions[role], "url": self.where.base}])
            page = watched(context.new_page(), self.troubles)
            if size == "phone":
                page.set_viewport_size({"width": 360, "height": 800})
            page.on("console", lambda m: self.troubles.append(f"console: {m.text}") if m.type == "error" else None)
            self.open[role, size] = page
        return self.open[role, size]

    def look(self, role: Role, path: str) -> None:
        """The page at both sizes: it answers, has a title, fits, and nothing goes wrong."""
        for size in ("desk", "phone"):
            self.troubles.clear()
            page = self.page(role, size)
            answer = page.goto(self.where.base + path)
            assert answer
            assert answer.status == 200, page.inner_text("main")[:300]
            assert page.title().strip()
            assert page.locator("h1").first.inner_text().strip()
            fits(page)
            if size == "phone":
                touchable(page)
            assert not self.troubles, f"{path} as {role} at a {size}: {self.troubles}"


@pytest.fixture(scope="module", params=["full", "empty"])
def screens(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Screens]:  # fmt: skip
    with (
        django_db_blocker.unblock(),
        standing(tmp_path_factory.mktemp("county"), full=request.param == "full") as where,
    ):
        made = Screens(chromium, where)
        yield made
        for page in made.open.values():
            page.context.close()


def looker(name: str) -> Role:
    """The first of the usual roles for whom the page opens."""
    roles = getattr(resolve(reverse(name)).func, "page_roles", ())
    return next(role for role in (*LOOKERS, *ROLES) if not roles or role in roles)


@pytest.mark.parametrize("name", MENU)
def test_a_page_of_the_menu(screens: Screens, name: str) -> None:
    screens.look(looker(name), reverse(name))


@pytest.mark.parametrize("name", BESIDE)
def test_a_page_beside_the_menu(screens: Screens, name: str) -> None:
    screens.look(*BESIDE[name])


@pytest.mark.parametrize("name", INSIDE)
def test_a_page_of_one_thing(screens: Screens, name: str) -> None:
    role, view, key = INSIDE[name]
    if not screens.where.full:
        assert key not in screens.where.ids
        return
    screens.look(role, reverse(view, args=[screens.where.ids[key]]))


def test_the_login_page(screens: Screens) -> None:
    context = pocket(screens.chromium)
    page = watched(context.new_page(), screens.troubles)
    page.goto(f"{screens.where.base}/login/")
    fits_the_thumb(page)
    context.close()
