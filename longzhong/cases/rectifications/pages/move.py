"""One address for every step of a form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.pages.detail import detail_page
from longzhong.cases.rectifications.pages.forms import form_for
from longzhong.cases.rectifications.rules import ALL
from longzhong.kit import clock, web


@require_POST
@web.page(*ALL)
def move(request: HttpRequest, form_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    card = selectors.form_card(who, form_id, now)
    form = form_for(verb, card, now, request.POST, request.FILES)
    offered = verb in {one.verb for one in card.moves}
    if not form.is_valid() and offered:
        return web.show(request, detail_page(who, card, now, (verb, form)), "rectifications/detail.html")
    services.take_step(
        form_id=form_id, verb=verb, given=form.given(), uploads=form.uploads(), key=request.POST.get("client_key", ""),
        by=who, at=now,
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    if not selectors.is_visible(who, form_id):  # a measure that was theirs no more
        return redirect("rectifications:board")
    return redirect("rectifications:detail", form_id)
