"""One address for every step of a transfer; steps with a defect carry its id."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.transfers import selectors, services
from longzhong.cases.transfers.pages.detail import detail_page
from longzhong.cases.transfers.pages.forms import form_for
from longzhong.cases.transfers.rules import READERS
from longzhong.kit import clock, web


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, transfer_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, said = web.actor(request), request.POST.get("defect_id", "")
    defect_id = int(said) if said.isdecimal() and len(said) < 18 else 0
    form = form_for(verb, request.POST, request.FILES, defect_id)
    if not form.is_valid():
        return web.show(request, detail_page(who, transfer_id, (verb, defect_id, form)), "transfers/detail.html")
    services.take_step(
        transfer_id=transfer_id, verb=verb, given=form.given(defect_id), uploads=form.uploads(),
        key=request.POST.get("client_key", ""), by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("transfers:detail", args=[transfer_id]))
