"""道路不通的台区: where one walks or needs four driven wheels, and who relays there."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors, services
from longzhong.dispatch.crews.models import Access
from longzhong.dispatch.crews.pages.forms import PlaceForm, RevealForm, given
from longzhong.dispatch.crews.rules import KEEPERS, READERS, ROAD_LABELS, Road
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network

TONES = {Road.ROAD: "closed", Road.ROUGH: "soon", Road.FOOT: "late"}


@dataclass(frozen=True)
class PlacesPage:
    table: web.Listing
    moves: list[web.MoveForm]
    shown: str


@web.page(*READERS)
def places_page(request: HttpRequest) -> HttpResponseBase:
    """The list; a POST keeps one place, or shows a group leader's phone for a reason."""
    who, now = web.actor(request), clock.now()
    shown = ""
    if request.method == "POST" and "reason" in request.POST:
        area = int(request.POST.get("area_id") or 0)
        shown = services.reveal_relay(area_id=area, reason=given(RevealForm(request.POST))["reason"], by=who, at=now)
    elif request.method == "POST":
        form = PlaceForm(request.POST)
        reach = form.reach()
        services.set_access(area_id=_area(form.cleaned_data["area"]), reach=reach, by=who, at=now)
        messages.success(request, _("已登记。"))
        return redirect("crews:places")
    table = web.listing(request, selectors.access_rows(who), COLUMNS, FILTERS, title=_("道路不通的台区"))
    return web.show(request, PlacesPage(table, _moves(who), shown), "crews/places.html")


def _area(code: str) -> int:
    found = network.area_ids([code.strip()])
    if not found:
        raise Refused("not_found", _("没有这个台区编码。"), area=code)
    return found[code.strip()]


def _moves(who: web.Actor) -> list[web.MoveForm]:
    form: Form = PlaceForm()
    return (
        [web.MoveForm("place", _("登记台区"), reverse("crews:places"), form=form, icon="plus")]
        if who.has(*KEEPERS)
        else []
    )


def _road(row: Access) -> web.Badge:
    return web.Badge(TONES[Road(row.road)], str(ROAD_LABELS[Road(row.road)]))  # type: ignore[arg-type]


COLUMNS = (
    web.Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    web.Column("unit", "单位", "area.unit.name", phone=False),
    web.Column("road", "道路条件", _road, "badge", "road"),
    web.Column("walk", "步行（分钟）", "walk_min", "number", "walk_min"),
    web.Column("relay", "村小组长", lambda row: _("已登记") if row.relay_phone else _("未登记")),
)
FILTERS = (
    web.Filter(
        "road",
        "道路条件",
        lambda rows, road: rows.filter(road=road),
        choices=[(k.value, v) for k, v in ROAD_LABELS.items()],
    ),
)
