"""One address for every step of an outage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.pages.detail import detail_page
from longzhong.sensing.outages.pages.forms import form_for
from longzhong.sensing.outages.rules import READERS


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, outage_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    form = form_for(verb, selectors.outage_of(who, outage_id, now).outage, request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, detail_page(request, outage_id, now, form=(verb, form)), "outages/detail.html")
    key = request.POST.get("client_key", "")
    photos = [services.Upload("photo", file.name or "photo", file.read()) for file in form.pictures()]
    services.take_step(outage_id=outage_id, verb=verb, given=form.given(), key=key, photos=photos, by=who, at=now)
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, verb)})
    return redirect("outages:detail", outage_id)
