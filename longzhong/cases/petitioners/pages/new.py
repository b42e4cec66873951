"""A file by hand, for a visitor who comes to the hall and never called."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.pages.forms import NewForm
from longzhong.cases.petitioners.rules import WRITERS
from longzhong.cases.petitioners.selectors import Match, Whom
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True)
class NewPage:
    """`matches`: files that this person may have already."""

    form: NewForm
    matches: list[Match]


@web.page(*WRITERS)
def new(request: HttpRequest) -> HttpResponseBase:
    """do=match looks for a file first; do=save opens one."""
    who = web.actor(request)
    form = NewForm(selectors.units_for(who), request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return web.show(request, NewPage(form, []), "petitioners/new.html")
    if request.POST.get("do") != "save":
        return web.show(request, NewPage(form, _matches(who, form)), "petitioners/new.html")
    return _save(request, form)


def _matches(who: Actor, form: NewForm) -> list[Match]:
    said = form.cleaned_data
    whom = Whom(account_id=account_named(said["account"]), name=said["name"], phone=said["phone"])
    return selectors.match_person(who, whom)


def _save(request: HttpRequest, form: NewForm) -> HttpResponseBase:
    who, now, said = web.actor(request), clock.now(), form.cleaned_data

    def make() -> int:
        file = services.NewFile(
            unit_id=said["unit"], reason=said["reason"], name=said["name"], phone=said["phone"],
            account_id=account_named(said["account"]), place=said["place"], from_on=said["from_on"],
        )  # fmt: skip
        return services.open_file(new=file, by=who, at=now).pk

    key = request.POST.get("client_key", "")
    return redirect("petitioners:file", matters.once_int(key=key, what="petitioners.open", make=make, by=who, at=now))


def account_named(code: str) -> int | None:
    """The account of a 户号; None for an empty one."""
    if not code.strip():
        return None
    found = customers.account_ids([code.strip()]).get(code.strip())
    if found is None:
        raise Refused("account_unknown", _("没有这个户号；什么都没有改动，请核对。"))
    return found
