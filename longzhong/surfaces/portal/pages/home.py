"""The first page: is my power out and until when. By one's own account, by place, on the map; and the answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from longzhong.kit import clock, web
from longzhong.surfaces.portal import selectors
from longzhong.surfaces.portal.pages.door import BIG, count, public
from longzhong.surfaces.portal.pages.forms import PowerForm
from longzhong.surfaces.portal.rules import Answer, AskKind
from longzhong.surfaces.portal.selectors import OutPlace

LAYERS = {"out": ("停电", "$late", 11), "coming": ("将停电", "$soon", 9), "back": ("已恢复", "$good", 8)}
MOST_LISTED = 30


@dataclass(frozen=True)
class HomePage:
    form: PowerForm
    map: dict[str, Any] | None
    out: tuple[OutPlace, ...]
    more: int
    at: datetime
    asked: bool


@dataclass(frozen=True)
class PowerPage:
    answer: Answer
    at: datetime
    report: str


@public()
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The form, the search, and what is out now."""
    count(request, AskKind.LOOK)
    return _home(request, PowerForm())


@public()
@sensitive_post_parameters("phone", "tail")
@require_POST
def power(request: HttpRequest) -> HttpResponseBase:
    """The answer for one's own home; it repeats nothing that was typed."""
    form = PowerForm(request.POST)
    if not form.is_valid():
        count(request, AskKind.LOOK)
        return _home(request, form)
    given, at = form.cleaned_data, clock.now()
    count(request, AskKind.POWER, given["phone"])
    answer = selectors.power_of_account(given["phone"], given["tail"], at)
    return web.show(request, PowerPage(answer, at, reverse("portal:report")), "portal/answer.html")


@public()
@require_POST
def text_size(request: HttpRequest) -> HttpResponseBase:
    """Larger letters on every page of this visit, or the usual ones again."""
    request.session[BIG] = not request.session.get(BIG, False)
    return redirect("portal:home")


def _home(request: HttpRequest, form: PowerForm) -> HttpResponseBase:
    at = clock.now()
    out = selectors.out_places(at)
    page = HomePage(form, _map(out), tuple(out[:MOST_LISTED]), max(0, len(out) - MOST_LISTED), at, form.is_bound)
    return web.show(request, page, "portal/home.html")


def _map(out: list[OutPlace]) -> dict[str, Any] | None:
    points = [
        {
            "name": one.card.name, "lon": one.lon, "lat": one.lat, "layer": LAYERS[one.layer][0], "note": one.card.town,
            "href": reverse("portal:place", args=[one.card.token]),
        }
        for one in out
        if one.lat is not None and one.lon is not None
    ]  # fmt: skip
    layers = [web.Layer(_(name), color, size) for name, color, size in reversed(LAYERS.values())]
    return web.map_chart(points, layers=layers) if points else None
