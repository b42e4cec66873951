"""What is done from the page: note the weather, adopt an estimate."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.sensing.restorations import selectors, services
from longzhong.sensing.restorations.pages.forms import AdoptForm, WeatherForm, given
from longzhong.sensing.restorations.rules import ADOPTERS, TELLERS


@require_POST
@web.page(*ADOPTERS)
def weather_page(request: HttpRequest) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    held = given(WeatherForm(request.POST, units=selectors.weather_units(who)))
    return web.act(
        request, lambda: services.note_weather(**held, by=who, at=now), done=_("天气已登记，之后的估计会用到。"),
        back=reverse("restorations:board"),
    )  # fmt: skip


@require_POST
@web.page(*TELLERS)
def adopt_page(request: HttpRequest) -> HttpResponseBase:
    """The word of a person, taken from the model."""
    who, now = web.actor(request), clock.now()
    rows = [(row.pk, "") for row in selectors.adoptable(who)]
    held = given(AdoptForm(request.POST, rows=rows))
    return web.act(
        request, lambda: services.adopt(estimate_id=held["estimate"], late=bool(held["late"]), by=who, at=now),
        done=_("已采用为对外的预计恢复时间。"), back=reverse("restorations:board"),
    )  # fmt: skip
