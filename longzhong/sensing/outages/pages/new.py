"""登记停电: a plan or a fault; impact, notice, other plans and repetition are counted before anything is saved."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.sensing.outages import services
from longzhong.sensing.outages.pages.forms import NewForm, picked
from longzhong.sensing.outages.pages.picker import Asked, ImpactPart, part_of
from longzhong.sensing.outages.rules import REPORTERS


@dataclass(frozen=True)
class NewPage:
    form: NewForm
    picker: ImpactPart


@web.page(*REPORTERS)
def new(request: HttpRequest) -> HttpResponseBase:
    """GET: the form. POST: register once for the client key, then the outage's page."""
    who, now = web.actor(request), clock.now()
    form = NewForm(request.POST or None, initial={"kind": request.GET.get("kind", "fault")})
    if request.method == "POST" and form.is_valid():
        what, key = form.what(picked(request.POST)), request.POST.get("client_key", "")
        outage_id = services.open_once(what=what, key=key, by=who, at=now)
        messages.success(request, _("停电已登记，坐席现在就能查到。"))
        return redirect("outages:detail", outage_id)
    source = request.POST if request.method == "POST" else request.GET
    return web.show(request, NewPage(form, part_of(who, Asked.read(source), now)), "outages/new.html")


@web.page(*REPORTERS)
def impact(request: HttpRequest) -> HttpResponseBase:
    """The picker again, as somebody types and ticks."""
    part = part_of(web.actor(request), Asked.read(request.GET), clock.now())
    return web.fragment(request, part, "outages/_impact.html")
