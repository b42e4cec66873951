"""登记化解: at the counter, on the phone or at the door, in three presses."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.nearmisses import selectors, services
from longzhong.cases.nearmisses.pages.forms import FIRST_PLACE, NewForm
from longzhong.cases.nearmisses.rules import DECIDERS, HANDS, Place
from longzhong.kit import clock, web
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.rules import TYPE_NAMES

QUICK = ("reason", "means")


@dataclass(frozen=True)
class NewPage:
    """`more` are the fields that may stay as they are."""

    form: NewForm
    case: str
    more: list[BoundField]


@web.page(*HANDS)
def new(request: HttpRequest) -> HttpResponseBase:
    """The form, and its POST: one service, then the record's page."""
    who = web.actor(request)
    form = _form(who, request)
    if request.method == "POST" and form.is_valid():
        made = services.record_near_miss(
            new=form.new(), key=request.POST.get("client_key", ""), by=who, at=clock.now()
        )  # fmt: skip
        messages.success(request, _("已登记，等供电所长或优服办确认。"))
        return redirect(reverse("nearmisses:detail", args=[made]))
    case = form.data.get("case") or form.initial.get("case")
    return web.show(request, _page(form, hotline.title(int(case)) if case else ""), "nearmisses/new.html")


def _page(form: NewForm, case: str) -> NewPage:
    return NewPage(form, case, [field for field in form.visible_fields() if field.name not in QUICK])


def _form(who: web.Actor, request: HttpRequest) -> NewForm:
    form = NewForm(request.POST) if request.method == "POST" else NewForm(initial=_initial(who, request))
    fields: dict[str, Any] = form.fields
    own = [(str(who.staff_id or 0), _("我（%(name)s）") % {"name": who.name})]
    fields["staff"].choices = [*own, *selectors.people(who)] if who.has(*DECIDERS) else own
    leaves = sorted(categories.leaves(), key=lambda node: list(TYPE_NAMES).index(node.type))
    groups = groupby(leaves, key=lambda node: node.type)
    fields["category"].choices = [
        ("", _("不选")),
        *((TYPE_NAMES[kind], [(str(node.id), node.label) for node in nodes]) for kind, nodes in groups),
    ]
    return form


def _initial(who: web.Actor, request: HttpRequest) -> dict[str, Any]:
    """What is known already: of the case it is opened from, else of the person's usual place."""
    place = next((place for role, place in FIRST_PLACE.items() if role in who.roles), Place.HALL)
    known: dict[str, Any] = {"place": place, "incident": request.GET.get("incident", "")[:80]}
    asked = request.GET.get("case", "")
    if not asked.isdecimal() or len(asked) > 15:
        return known
    case = hotline.case_of(who, int(asked))
    return known | {
        "case": case.pk, "reason": case.root_cause, "category": str(case.category_id), "mood_before": case.mood
    }  # fmt: skip
