"""The 1+1+1 map (S4-02): for each category, who leads, which department coordinates, which unit answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.web import MoveForm
from longzhong.register.org import selectors, services
from longzhong.register.org.pages.asked import asked_day, day_field, moved
from longzhong.register.org.rules import Role, UnitKind
from longzhong.register.org.services import Share

MAPPERS = (Role.QUALITY, Role.SECURITY)


class ShareForm(forms.Form):
    category = forms.CharField(label=gettext_lazy("专业类别编码"), max_length=40)
    name = forms.CharField(label=gettext_lazy("专业类别名称"), max_length=60, required=False)
    unit_id = forms.TypedChoiceField(label=gettext_lazy("适用单位（含全部下级）"), coerce=int)
    lead_id = forms.TypedChoiceField(label=gettext_lazy("牵头：优服办"), coerce=int)
    department_id = forms.TypedChoiceField(label=gettext_lazy("协同：专业部门"), coerce=int)
    from_on = day_field(gettext_lazy("从哪天起"))

    def __init__(self, who: Actor, data: Any = None) -> None:
        super().__init__(data)
        nodes = selectors.units(who)
        kinds = {"unit_id": None, "lead_id": UnitKind.OFFICE, "department_id": UnitKind.DEPARTMENT}
        for name, kind in kinds.items():
            fit = [node for node in nodes if kind is None or node.kind == kind]
            choices = [(node.id, "　" * node.depth + node.label) for node in fit]
            self.fields[name].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ResponsibilitiesPage:
    rows: list[selectors.ShareLine]
    day: date
    moves: list[MoveForm]


@web.page()
def responsibilities_page(request: HttpRequest) -> HttpResponseBase:
    """The map of a day; the quality office draws a row from a day on."""
    if request.method != "POST":
        return _show(request)
    who = web.actor(request)
    return moved(
        ShareForm(who, request.POST),
        lambda data: services.set_responsibility(
            share=Share(**{key: value for key, value in data.items() if key != "from_on"}),
            from_on=data["from_on"],
            by=who,
            at=clock.now(),
        ),
        reverse("org:responsibilities"),
        lambda form: _show(request, form),
    )


def _show(request: HttpRequest, bound: forms.Form | None = None) -> HttpResponseBase:
    who, day = web.actor(request), asked_day(request)
    action = reverse("org:responsibilities")
    moves = [MoveForm("set", _("设定"), action, bound or ShareForm(who), tone="primary")] if who.has(*MAPPERS) else []
    return web.show(
        request, ResponsibilitiesPage(selectors.shares_of(who, day), day, moves), "org/responsibilities.html"
    )
