"""登记移交: an estate whose installation is to be taken over."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.transfers import services
from longzhong.cases.transfers.pages.forms import NewForm
from longzhong.cases.transfers.rules import SURVEYORS
from longzhong.kit import clock, web
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class NewPage:
    form: NewForm
    back: str


@web.page(*SURVEYORS)
def new(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    units = sorted(org.unit_names(who.units(*SURVEYORS)).items(), key=lambda row: row[1])
    form = NewForm(units, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, NewPage(form, reverse("transfers:board")), "transfers/new.html")
    made = services.open_once(
        new=form.new(),
        unit_id=form.cleaned_data["unit"],
        key=request.POST.get("client_key", ""),
        by=who,
        at=clock.now(),
    )
    messages.success(request, _("移交项目已登记，请按时勘查。"))
    return redirect(reverse("transfers:detail", args=[made]))
