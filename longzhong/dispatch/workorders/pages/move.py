"""One address for every step of an order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.pages.detail import detail_page
from longzhong.dispatch.workorders.pages.forms import StepForm, form_for
from longzhong.dispatch.workorders.pages.words import READERS
from longzhong.kit import clock, web


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, order_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    order = selectors.order_card(who, order_id, now).order
    form = form_for(verb, order, request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, detail_page(who, order_id, now, form=(verb, form)), "workorders/detail.html")
    services.take_step(
        order_id=order_id, verb=verb, given=form.given(now), photos=_photos(form), key=request.POST.get("client_key", ""),
        by=who, at=now,
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, verb)})
    return redirect(_back(request, order_id))


def _photos(form: StepForm) -> list[services.Upload]:
    return [services.Upload("photo", file.name or "photo", file.read()) for file in form.photos]


def _back(request: HttpRequest, order_id: int) -> str:
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse("workorders:detail", args=[order_id])
