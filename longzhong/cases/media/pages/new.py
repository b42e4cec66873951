"""登记舆情: one item typed in, or a list pasted from a sheet."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.media import services
from longzhong.cases.media.pages.forms import NewForm, PasteForm
from longzhong.cases.media.rules import FINDERS
from longzhong.kit import clock, web
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class NewPage:
    form: NewForm | PasteForm
    back: str
    made: int | None = None
    known: int = 0
    refused: tuple[str, ...] = ()


def units_of(who: web.Actor) -> list[tuple[int, str]]:
    return sorted(org.unit_names(who.units(*FINDERS)).items(), key=lambda row: row[1])


@web.page(*FINDERS)
def new(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    form = NewForm(units_of(who), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, NewPage(form, reverse("media:board")), "media/new.html")
    made = services.find_once(
        new=form.new(),
        unit_id=form.cleaned_data["unit"],
        key=request.POST.get("client_key", ""),
        by=who,
        at=clock.now(),
    )
    messages.success(request, _("舆情已登记，请尽快定级。"))
    return redirect(reverse("media:detail", args=[made]))


@web.page(*FINDERS)
def paste(request: HttpRequest) -> HttpResponseBase:
    """The list stays as it was pasted when something in it was refused, so that it can be mended and pasted again."""
    who, back = web.actor(request), reverse("media:board")
    form = PasteForm(units_of(who), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, NewPage(form, back), "media/paste.html")
    made, known, refused = services.paste_once(
        text=form.cleaned_data["text"], unit_id=form.cleaned_data["unit"], key=request.POST.get("client_key", ""), by=who,
        at=clock.now(),
    )  # fmt: skip
    if not refused:
        messages.success(request, _("登记 %(made)s 条，已登记过 %(known)s 条。") % {"made": made, "known": known})
        return redirect(back)
    return web.show(request, NewPage(form, back, made, known, refused), "media/paste.html")
