"""Forms that mend the register: an area to its cell, a meter to its area."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Fact
from longzhong.register.network import selectors, services
from longzhong.register.network.pages.words import MOVERS
from longzhong.register.org import selectors as org

DAY = forms.DateInput(attrs={"type": "date"})


class MoveForm(forms.Form):
    """Where to, and since when."""

    target = forms.CharField(max_length=40)
    from_on = forms.DateField(label=gettext_lazy("从哪天起"), widget=DAY)

    def __init__(self, label: str, help_text: str, data: Any = None) -> None:
        super().__init__(data, initial={"from_on": clock.today().isoformat()})
        self.fields["target"].label = label
        self.fields["target"].help_text = help_text

    def found(self, ids: dict[str, int], code: str) -> int:
        """The id of the code typed, or an error beside the field."""
        if code not in ids:
            raise Refused(
                "target_unknown", _("没有编码为 %(code)s 的%(what)s。") % {"code": code, "what": self["target"].label}
            )
        return ids[code]


@dataclass(frozen=True)
class MovePage:
    title: str
    lead: str
    facts: list[Fact]
    form: MoveForm
    back: str


@web.page(*MOVERS)
def area_grid_page(request: HttpRequest, area_id: int) -> HttpResponseBase:
    """Let an area belong to a grid cell."""
    who, back = web.actor(request), reverse("network:problem", args=["area_no_grid"])
    card = selectors.area_card(who, area_id)
    form = MoveForm(_("网格编码"), _("台区随网格归供电所和台区经理管"), request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["target"].strip()
        grid_id = form.found(org.grid_ids([code]), code)
        day = form.cleaned_data["from_on"]
        return web.act(
            request,
            lambda: services.assign_area_grid(area_id=area_id, grid_id=grid_id, from_on=day, by=who, at=clock.now()),
            done=_("已划入网格 %(code)s") % {"code": code},
            back=back,
        )
    line = card.line
    facts = [Fact(_("台区"), line.name, note=line.code), Fact(_("现在的网格"), line.grid, note=line.manager)]
    lead = _("从那一天起归新网格管；以前的归属不变。")
    return web.show(request, MovePage(_("划入网格"), lead, facts, form, back), "network/move.html")


@web.page(*MOVERS)
def meter_area_page(request: HttpRequest, meter_id: int) -> HttpResponseBase:
    """Let a meter hang on another area."""
    who, back = web.actor(request), reverse("network:topology")
    card = selectors.meter_card(who, meter_id)
    form = MoveForm(_("台区编码"), _("户变关系：这块表由哪个台区供电"), request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["target"].strip()
        area_id = form.found(selectors.area_ids([code]), code)
        day = form.cleaned_data["from_on"]
        return web.act(
            request,
            lambda: services.move_meter(meter_id=meter_id, area_id=area_id, from_on=day, by=who, at=clock.now()),
            done=_("已换到台区 %(code)s") % {"code": code},
            back=back,
        )
    facts = [Fact(_("电表"), card.code), Fact(_("现在的台区"), card.area), Fact(_("相别"), card.phase_name)]
    lead = _("从那一天起算在新台区；以前的曲线和统计不变。")
    return web.show(request, MovePage(_("调整户变关系"), lead, facts, form, back), "network/move.html")
