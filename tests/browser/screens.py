"""The main pages, who looks at them, and how they are looked at: at a desk and on a narrow phone.

LOOK_OUT=<folder> keeps a picture of each for eyes.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.urls import resolve, reverse
from playwright.sync_api import Browser, BrowserContext, Page

from longzhong.assessment.ledgers.rules import Dimension
from longzhong.project.menu import DEMO_ONLY, ROWS
from longzhong.register.org.rules import Role
from tests.browser.conftest import office, pocket, watched
from tests.browser.looks import fits, touchable, whole
from tests.browser.standing import ROLES, Standing, standing

LOOKERS = (Role.QUALITY, Role.GRID, Role.LEADER, Role.ADMIN, Role.SECURITY, Role.AUDITOR)
SAME_WHEN_EMPTY = {"cockpit:modules", "cockpit:components", "org:calendar", "policies:list"}


@dataclass(frozen=True)
class Shown:
    """A page: its view (or path, ids in braces), who looks, what it shows, and whether an empty county shows it otherwise."""

    view: str
    role: Role
    thing: str = ""
    empty: bool = True

    def path(self, ids: dict[str, int | str]) -> str:
        if self.view.startswith("/"):
            return self.view.format(**ids)
        return reverse(self.view, args=[ids[self.thing]] if self.thing else [])


def looker(name: str) -> Role:
    """The first of the usual roles for whom the page opens."""
    roles = getattr(resolve(reverse(name)).func, "page_roles", ())
    return next(role for role in (*LOOKERS, *ROLES) if not roles or role in roles)


MENU = [
    Shown(name, looker(name), empty=name not in SAME_WHEN_EMPTY)
    for _group, _label, name, _icon, _prefix in ROWS
    if name != DEMO_ONLY
]
BESIDE = [
    Shown("/due/", Role.GRID),
    Shown("/hands/", Role.LEADER),
    Shown("/loop/warned/", Role.LEADER),
    Shown("/search/?q=隆中", Role.DESK),
    Shown("/?phase=before", Role.LEADER),
    Shown("/?phase=during", Role.LEADER),
    Shown("/?phase=after", Role.LEADER),
    Shown("/?wall=1", Role.LEADER),
    Shown("/feeders/", Role.LEADER),
    Shown("/policies/alerts.persist_days/", Role.SECURITY, empty=False),
    Shown("/policies/alerts.persist_days/change/", Role.SECURITY, empty=False),
    Shown("/system/users/new/", Role.ADMIN, empty=False),
    Shown("/password/", Role.GRID, empty=False),
]
INSIDE = [
    Shown("alerts:detail", Role.QUALITY, "alert"),
    Shown("alerts:detail", Role.STATION, "open alert"),
    Shown("workorders:detail", Role.QUALITY, "order"),
    Shown("workorders:detail", Role.STATION, "open order"),
    Shown("field:order", Role.GRID, "open order"),
    Shown("curves:area", Role.GRID, "area"),
    Shown("network:feeder", Role.LEADER, "feeder"),
    Shown("customers:account", Role.DESK, "account"),
    Shown("org:unit", Role.ADMIN, "unit"),
    Shown("org:grid", Role.QUALITY, "grid"),
    Shown("org:staff", Role.STATION, "staff"),
    Shown("access:user", Role.SECURITY, "user"),
]
CALLS = [
    Shown("/calls/?tab=kept", Role.DESK),
    Shown("hotline:call", Role.DESK, "call"),
    Shown("/calls/desk/?account={dark account}", Role.DESK, empty=False),
    Shown("/calls/desk/?q=张", Role.DESK),
    Shown("hotline:quick", Role.CREW),
    Shown("hotline:board", Role.GRID),
    Shown("hotline:mine", Role.STATION),
    Shown("hotline:case", Role.DESK, "case"),
    Shown("hotline:case", Role.GRID, "case"),
    Shown("hotline:case", Role.DESK, "calling case"),
    Shown("hotline:case", Role.QUALITY, "closed case"),
    Shown("hotline:same", Role.QUALITY, "again"),
    Shown("/calls/repeats/first/", Role.QUALITY),
    Shown("/calls/repeats/thorough/", Role.QUALITY),
    Shown("finals:new", Role.DESK, "bill case"),
    Shown("finals:detail", Role.STATION, "final"),
    Shown("petitioners:file", Role.DESK, "petitioner"),
    Shown("petitioners:new", Role.DESK),
    Shown("petitioners:incident", Role.STATION, "incident"),
    Shown("/explanations/new/?account={account}", Role.DESK, empty=False),
    Shown("explanations:detail", Role.DESK, "sheet"),
    Shown("nearmisses:new", Role.GRID),
    Shown("nearmisses:detail", Role.STATION, "near miss"),
    Shown("nearmisses:record", Role.STATION, "staff"),
    Shown("bulletins:bulletin", Role.QUALITY, "bulletin"),
    Shown("bulletins:bulletin", Role.STATION, "bulletin"),
    Shown("bulletins:told", Role.QUALITY),
    Shown("categories:category", Role.QUALITY, "category"),
    Shown("texts:card", Role.QUALITY, "model"),
    Shown("outages:detail", Role.DESK, "outage"),
    Shown("outages:new", Role.STATION),
]

AROUND = [
    Shown("outages:plans", Role.DESK),
    Shown("outages:faults", Role.DESK),
    Shown("outages:stops", Role.DESK, empty=False),
    Shown("outages:sheet", Role.LEADER, empty=False),
    Shown("outages:detail", Role.DEPT, "live fault"),
    Shown("outages:detail", Role.DEPT, "late plan"),
    Shown("outages:change", Role.STATION, "plan"),
    Shown("/outages/?state=past", Role.DESK, empty=False),
    Shown("troubles:detail", Role.DESK, "trouble"),
    Shown("restorations:card", Role.STATION, "restoration model"),
    Shown("crews:board", Role.STATION, empty=False),
    Shown("crews:mine", Role.CREW, empty=False),
    Shown("crews:crew", Role.STATION, "crew"),
    Shown("crews:places", Role.STATION),
    Shown("crews:new", Role.STATION, empty=False),
    Shown("notifications:notice", Role.QUALITY, "notice"),
    Shown("notifications:messages", Role.QUALITY, "notice"),
    Shown("notifications:notice", Role.QUALITY, "waiting notice"),
    Shown("notifications:new", Role.QUALITY),
    Shown("notifications:template", Role.QUALITY, "template"),
    Shown("notifications:provider", Role.ADMIN, "provider"),
    Shown("disconnections:arrears", Role.STATION),
    Shown("disconnections:detail", Role.STATION, "disconnection"),
    Shown("disconnections:account", Role.DESK, "owing account"),
    Shown("reliability:behind", Role.LEADER, empty=False),
    Shown("reliability:watch", Role.STATION, "watch"),
    Shown("reliability:guarantee", Role.QUALITY, "guarantee"),
    Shown("reliability:new_guarantee", Role.QUALITY, "important account"),
    Shown("bulletins:feed", Role.DEPT, empty=False),
    Shown("portal:home", Role.PUBLIC),
    Shown("/p/places/?q=名", Role.PUBLIC),
    Shown("portal:place", Role.PUBLIC, "place"),
    Shown("portal:board", Role.PUBLIC, "place"),
    Shown("portal:plans", Role.PUBLIC),
    Shown("portal:report", Role.PUBLIC, empty=False),
    Shown("portal:follow", Role.PUBLIC, empty=False),
]

GOVERNED = [
    *(
        Shown("complaints:detail", role, f"{state} complaint")
        for state, role in (
            ("accepted", Role.QUALITY),
            ("investigating", Role.CREW),
            ("replied", Role.DEPT),
            ("reviewed", Role.QUALITY),
            ("answered", Role.QUALITY),
            ("answered", Role.STATION),
        )
    ),
    Shown("complaints:detail", Role.CREW, "secret complaint"),
    Shown("complaints:detail", Role.QUALITY, "secret complaint"),
    Shown("/complaints/?state=all", Role.QUALITY, empty=False),
    Shown("complaints:board", Role.STATION),
    Shown("complaints:mine", Role.CREW, empty=False),
    Shown("rectifications:detail", Role.QUALITY, "rectification"),
    Shown("rectifications:unsigned", Role.DEPT),
    Shown("appeals:new", Role.STATION, "answered complaint"),
    Shown("analyses:detail", Role.QUALITY, "analysis"),
    Shown("analyses:edit", Role.QUALITY, "analysis"),
    Shown("lessons:new", Role.QUALITY),
    Shown("campaigns:detail", Role.QUALITY, "campaign"),
    Shown("campaigns:behind", Role.LEADER, "campaign"),
    Shown("campaigns:plan", Role.QUALITY, "draft campaign"),
    Shown("campaigns:new", Role.QUALITY),
    Shown("filings:detail", Role.QUALITY, "filing"),
    Shown("filings:detail", Role.STATION, "running filing"),
    Shown("filings:new", Role.STATION),
    Shown("media:detail", Role.LEADER, "media"),
    Shown("media:detail", Role.QUALITY, "fresh media"),
    Shown("media:new", Role.QUALITY),
    Shown("media:paste", Role.QUALITY, empty=False),
    Shown("transfers:detail", Role.STATION, "transfer"),
    Shown("transfers:new", Role.STATION),
    *(
        Shown(f"/ledgers/analysis/?by={one}", Role.QUALITY, empty=False)
        for one in (Dimension.CLASS, Dimension.UNIT, Dimension.STAFF, Dimension.HOUR, Dimension.WEATHER)
    ),
    Shown("/ledgers/analysis/?by=unit", Role.STATION),
    Shown("ledgers:behind", Role.QUALITY),
    Shown("ledgers:home", Role.STATION),
]
LEFT = [
    Shown("closures:detail", Role.DESK, "wish"),
    Shown("closures:detail", Role.STATION, "closure"),
    Shown("closures:detail", Role.GRID, "reading closure"),
    Shown("closures:begin", Role.DESK, "staying account"),
    Shown("closures:tell", Role.DESK, "staying account"),
    Shown("/closures/desk/?q=爱新觉罗", Role.DESK),
    Shown("closures:project", Role.QUALITY, "project"),
    Shown("closures:project_edit", Role.STATION, "project"),
    Shown("closures:project_new", Role.STATION),
    Shown("exchange:households", Role.STATION, "project"),
    Shown("closures:household", Role.GRID, "household"),
    Shown("closures:mine", Role.STATION),
    Shown("closures:fault", Role.QUALITY, "second request"),
    Shown("announcements:groups", Role.STATION),
    Shown("announcements:outage", Role.STATION, "outage"),
    Shown("announcements:outage", Role.DESK, "told outage"),
    Shown("announcements:compose", Role.STATION, "told outage"),
    Shown("/announcements/outages/{outage}/compose/?tale=fault", Role.QUALITY, empty=False),
    Shown("announcements:errand", Role.GRID, "errand"),
    Shown("announcements:errand", Role.GRID, "posting"),
    Shown("outages:detail", Role.STATION, "told outage"),
]


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
            if role in self.where.sessions:  # a stranger has none
                context.add_cookies([{"name": "sessionid", "value": self.where.sessions[role], "url": self.where.base}])
            page = watched(context.new_page(), self.troubles)
            if size == "phone":
                page.set_viewport_size({"width": 360, "height": 800})
            page.on(
                "console",
                lambda m: self.troubles.append(f"console: {m.text} {m.location}") if m.type == "error" else None,
            )
            self.open[role, size] = page
        return self.open[role, size]

    def look(self, shown: Shown) -> None:
        """The page at both sizes: it answers, has a title, fits, and nothing goes wrong."""
        path, role = shown.path(self.where.ids), shown.role
        for size in ("desk", "phone"):
            self.troubles.clear()
            page = self.page(role, size)
            answer = page.goto(self.where.base + path)
            assert answer
            picture(page, shown, size)
            assert answer.status == 200, page.inner_text("main")[:300]
            assert page.title().strip()
            assert page.locator("h1").first.inner_text().strip()
            fits(page)
            whole(page)
            if size == "phone":
                touchable(page)
            assert not self.troubles, f"{path} as {role} at a {size}: {self.troubles}"


def picture(page: Page, shown: Shown, size: str) -> None:
    """The first screen as a PNG, where somebody asked for pictures."""
    if folder := os.environ.get("LOOK_OUT"):
        name = re.sub(r"[^\w]+", "-", f"{shown.view} {shown.thing} {shown.role} {size}").strip("-")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page="LOOK_FULL" in os.environ)


@contextmanager
def before(chromium: Browser, folder: Path, *, full: bool) -> Iterator[Screens]:
    """Screens before a county that stands as long as this is open."""
    with standing(folder, full=full) as where:
        made = Screens(chromium, where)
        try:
            yield made
        finally:
            for page in made.open.values():
                page.context.close()
