"""能力地图 (3C, S4-01): which mechanism lives on which page, and what comes later."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, resolve, reverse

from longzhong.kit import web
from longzhong.surfaces.cockpit.rules import PILLARS, Mechanism, all_mechanisms


@dataclass(frozen=True)
class Line:
    """A mechanism; `href` is empty where the page doesn't exist or doesn't open for this person."""

    name: str
    answers: str
    href: str
    exists: bool


@dataclass(frozen=True)
class PillarLines:
    title: str
    note: str
    mechanisms: list[Line]


@dataclass(frozen=True)
class ModulesPage:
    pillars: list[PillarLines]
    standing: int
    total: int


@web.page()
def modules(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    pillars = [PillarLines(p.title, p.note, [_line(one, who) for one in p.mechanisms]) for p in PILLARS]
    standing = sum(line.exists for pillar in pillars for line in pillar.mechanisms)
    page = ModulesPage(pillars, standing, len(all_mechanisms()))
    return web.show(request, page, "cockpit/modules.html")


def _line(one: Mechanism, who: web.Actor) -> Line:
    try:
        href = reverse(one.page) if one.page else ""
    except NoReverseMatch:
        href = ""
    roles: tuple[str, ...] = getattr(resolve(href).func, "page_roles", ()) if href else ()
    opens = not roles or who.has(*roles)
    return Line(one.name, one.answers, href if opens else "", bool(href))
