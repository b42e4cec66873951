"""One address for every step of a filing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.filings import selectors, services
from longzhong.cases.filings.pages.detail import detail_page
from longzhong.cases.filings.pages.forms import form_for
from longzhong.cases.filings.rules import READERS
from longzhong.kit import clock, web


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, filing_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who = web.actor(request)
    form = form_for(verb, request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, detail_page(who, filing_id, (verb, form)), "filings/detail.html")
    services.take_step(
        filing_id=filing_id, verb=verb, given=form.given(), uploads=form.uploads(), key=request.POST.get("client_key", ""),
        by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("filings:detail", args=[filing_id]))
