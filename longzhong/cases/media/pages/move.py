"""One address for every step of an item."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.media import selectors, services
from longzhong.cases.media.pages.detail import detail_page
from longzhong.cases.media.pages.forms import form_for
from longzhong.cases.media.rules import READERS
from longzhong.kit import clock, web


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, item_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who = web.actor(request)
    row = selectors.item_of(who, item_id)
    form = form_for(verb, request.POST, selectors.handlers(who, row.unit_id))
    if not form.is_valid():
        return web.show(request, detail_page(who, item_id, (verb, form)), "media/detail.html")
    services.take_step(
        item_id=item_id, verb=verb, given=form.given(), key=request.POST.get("client_key", ""), by=who, at=clock.now()
    )
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("media:detail", args=[item_id]))
