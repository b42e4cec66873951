"""One address for every step of a trouble."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.sensing.troubles import selectors, services
from longzhong.sensing.troubles.pages.detail import detail_page, form_maker
from longzhong.sensing.troubles.rules import READERS


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, trouble_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    trouble = selectors.trouble_of(who, trouble_id).trouble
    form = form_maker(request, trouble)(verb, request.POST)
    if not form.is_valid():
        return web.show(request, detail_page(request, trouble_id, form=(verb, form)), "troubles/detail.html")
    key = request.POST.get("client_key", "")
    services.take_step(trouble_id=trouble_id, verb=verb, given=form.given(), key=key, by=who, at=now)
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, verb)})
    return redirect("troubles:detail", trouble_id)
