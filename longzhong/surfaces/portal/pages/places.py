"""An estate or a village: power now, plans, who looks after it, its calendar, and the sheet for the property's board."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from longzhong.kit import clock, web
from longzhong.surfaces.portal import selectors
from longzhong.surfaces.portal.engines.qr import qr_svg
from longzhong.surfaces.portal.pages.door import count, public
from longzhong.surfaces.portal.rules import Answer, AskKind, asked_words
from longzhong.surfaces.portal.selectors import ManagerCard, PlaceCard, PlanLine

KEEP_S = 900


@dataclass(frozen=True)
class FindPage:
    words: str
    town: str
    towns: list[str]
    found: list[PlaceCard]
    asked: bool


@dataclass(frozen=True)
class PlacePage:
    place: PlaceCard
    answer: Answer
    plans: list[PlanLine]
    managers: list[ManagerCard]
    calendar: str
    webcal: str
    report: str
    at: datetime


@public()
@require_safe
def places(request: HttpRequest) -> HttpResponseBase:
    """Find an estate or a village by name or town."""
    count(request, AskKind.LOOK)
    words, town = asked_words(request.GET.get("q", "")), asked_words(request.GET.get("town", ""))
    found = selectors.find_places(words, town)
    page = FindPage(words, town, selectors.towns(), found, bool(words or town))
    return web.show(request, page, "portal/places.html")


@public()
@require_safe
def place(request: HttpRequest, token: str) -> HttpResponseBase:
    return web.show(request, _page(request, token), "portal/place.html")


@public()
@require_safe
def board(request: HttpRequest, token: str) -> HttpResponseBase:
    """The sheet that a property prints: QR codes, manager, phones (社区之窗, S1-07)."""
    return web.show(request, _page(request, token), "portal/board.html")


@public(keep_s=KEEP_S)
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The place's calendar feed."""
    count(request, AskKind.LOOK)
    body = selectors.calendar_of(selectors.place_of(token), clock.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{token}.ics"'
    return response


@public(keep_s=KEEP_S)
@require_safe
def qr(request: HttpRequest, token: str, what: str) -> HttpResponseBase:
    """The QR code of a place's page or of its calendar."""
    count(request, AskKind.LOOK)
    name = "portal:calendar" if what == "calendar" else "portal:place"
    target = request.build_absolute_uri(reverse(name, args=[selectors.place_of(token).token]))
    return HttpResponse(qr_svg(target), content_type="image/svg+xml")


def _page(request: HttpRequest, token: str) -> PlacePage:
    count(request, AskKind.LOOK)
    found, at = selectors.place_of(token), clock.now()
    feed = request.build_absolute_uri(reverse("portal:calendar", args=[found.token]))
    return PlacePage(
        place=found, answer=selectors.power_of_place(found, at), plans=selectors.plans_of(found, at),
        managers=selectors.manager_cards(found, at.date()), calendar=feed, webcal=f"webcal:{feed.partition(':')[2]}",
        report=f"{reverse('portal:report')}?place={found.token}", at=at,
    )  # fmt: skip
