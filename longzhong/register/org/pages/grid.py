"""One grid cell: all that was, is and will be said of it, and its two moves."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from longzhong.kit import clock, web
from longzhong.kit.web import MoveForm
from longzhong.register.org import selectors, services
from longzhong.register.org.pages.asked import asked_day, day_field, moved, staff_field, staff_of
from longzhong.register.org.rules import Role
from longzhong.register.org.rules.grids import COUNTERPART_NAMES, CounterpartKind

MAPPERS = (Role.ADMIN, Role.QUALITY, Role.STATION, Role.LEADER)


class ManagerForm(forms.Form):
    staff = staff_field(gettext_lazy("台区经理工号"))
    from_on = day_field(gettext_lazy("从哪天起"))


class PairForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("对应什么"), choices=[(kind.value, name) for kind, name in COUNTERPART_NAMES.items()]
    )
    code = forms.CharField(label=gettext_lazy("编码"), max_length=40)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80, required=False)
    from_on = day_field(gettext_lazy("从哪天起"))


@dataclass(frozen=True)
class GridPage:
    card: selectors.GridCard
    moves: list[MoveForm]


@web.page()
def grid_page(request: HttpRequest, grid_id: int) -> HttpResponseBase:
    """The cell with its history."""
    return _show(request, grid_id)


def _show(request: HttpRequest, grid_id: int, **bound: forms.Form) -> HttpResponseBase:
    who = web.actor(request)
    card = selectors.grid_card(who, grid_id, asked_day(request))
    moves = []
    if who.has(*MAPPERS):
        to = reverse("org:grid_manager", args=[grid_id]), reverse("org:grid_pair", args=[grid_id])
        ask = _("从这一天起由新的台区经理负责；之前的记录保留。")
        moves = [
            MoveForm("manager", _("更换台区经理"), to[0], bound.get("manager") or ManagerForm(), ask),
            MoveForm("pair", _("对应社会网格或党支部"), to[1], bound.get("pair") or PairForm()),
        ]
    return web.show(request, GridPage(card, moves), "org/grid.html")


@require_POST
@web.page(*MAPPERS)
def grid_manager(request: HttpRequest, grid_id: int) -> HttpResponseBase:
    return moved(
        ManagerForm(request.POST),
        lambda data: services.assign_grid_manager(
            grid_id=grid_id,
            staff_id=staff_of(data["staff"]),
            from_on=data["from_on"],
            by=web.actor(request),
            at=clock.now(),
        ),
        reverse("org:grid", args=[grid_id]),
        lambda form: _show(request, grid_id, manager=form),
    )


@require_POST
@web.page(*MAPPERS)
def grid_pair(request: HttpRequest, grid_id: int) -> HttpResponseBase:
    return moved(
        PairForm(request.POST),
        lambda data: services.pair_grid(
            grid_id=grid_id,
            kind=CounterpartKind(data["kind"]),
            code=data["code"],
            name=data["name"],
            from_on=data["from_on"],
            by=web.actor(request),
            at=clock.now(),
        ),
        reverse("org:grid", args=[grid_id]),
        lambda form: _show(request, grid_id, pair=form),
    )
