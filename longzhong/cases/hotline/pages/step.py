"""One address for every step of a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.pages.detail import case_page
from longzhong.cases.hotline.pages.forms import form_for
from longzhong.cases.hotline.pages.words import WHO
from longzhong.kit import clock, web


@require_POST
@web.page(*WHO)
def case_step(request: HttpRequest, case_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    form = form_for(verb, selectors.case_card(who, case_id, now), now, request.POST)
    if not form.is_valid():
        return web.show(request, case_page(who, case_id, now, form=(verb, form)), "hotline/case.html")
    key = request.POST.get("client_key", "")
    services.take_step(case_id=case_id, verb=verb, given=form.given(), key=key, by=who, at=now)
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, _("步骤"))})
    return redirect(_back(request, case_id))


def _back(request: HttpRequest, case_id: int) -> str:
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse("hotline:case", args=[case_id])
