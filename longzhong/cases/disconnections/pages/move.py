"""One address for every step of a disconnection."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.disconnections import selectors, services
from longzhong.cases.disconnections.pages.detail import detail_page
from longzhong.cases.disconnections.pages.forms import form_for
from longzhong.cases.disconnections.rules import READERS
from longzhong.kit import clock, web


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, disconnection_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    form = form_for(verb, request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, detail_page(who, disconnection_id, now, (verb, form)), "disconnections/detail.html")
    services.take_step(
        disconnection_id=disconnection_id, verb=verb, given=form.given(), photos=form.uploads(),
        key=request.POST.get("client_key", ""), by=who, at=now,
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, verb)})
    return redirect("disconnections:detail", disconnection_id)
