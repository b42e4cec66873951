"""One address for every step of a complaint."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.pages.detail import detail_page
from longzhong.cases.complaints.pages.forms import form_for
from longzhong.cases.complaints.rules import READERS
from longzhong.kit import clock, web


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, complaint_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    form = form_for(selectors.complaint_of(who, complaint_id), verb, now, request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, detail_page(who, complaint_id, now, (verb, form)), "complaints/detail.html")
    services.take_step(
        complaint_id=complaint_id, verb=verb, given=form.given(), uploads=form.uploads(),
        key=request.POST.get("client_key", ""), by=who, at=now,
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, verb)})
    return redirect(_back(who, complaint_id))


def _back(who: web.Actor, complaint_id: int) -> str:
    """The complaint, or what waits next where it has left one's scope (sent back, given to another unit)."""
    seen = selectors.is_visible(who, complaint_id)
    return reverse("complaints:detail", args=[complaint_id]) if seen else reverse("complaints:mine")
