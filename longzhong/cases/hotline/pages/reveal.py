"""Who the caller of a case is, in plain: one value, with a reason, on this answer only, kept in the journal."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import services
from longzhong.cases.hotline.pages.call_forms import RevealForm
from longzhong.cases.hotline.pages.detail import case_page
from longzhong.cases.hotline.pages.words import WHO
from longzhong.kit import clock, web


@require_POST
@web.page(*WHO)
def case_reveal(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """The owner needs no other reason than handling it."""
    who, now = web.actor(request), clock.now()
    form = RevealForm(request.POST)
    page = replace(case_page(who, case_id, now), reveal=form)
    if form.is_valid():
        field, reason = form.cleaned_data["field"], form.cleaned_data["reason"]
        shown = services.reveal_caller(case_id=case_id, field=field, reason=reason, by=who, at=now)
        page = replace(page, shown=shown or _("没有登记"))
    return web.show(request, page, "hotline/case.html")
