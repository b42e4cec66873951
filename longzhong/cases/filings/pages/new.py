"""起草报备: the risk, its grounds, its scope and span; from a storm proposal everything is filled in already."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.filings import selectors, services
from longzhong.cases.filings.pages.forms import NewForm
from longzhong.cases.filings.rules import FILERS, Kind
from longzhong.kit import clock, web
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class NewPage:
    form: NewForm
    back: str


@web.page(*FILERS)
def new(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    units = sorted(org.unit_names(who.units(*FILERS)).items(), key=lambda row: row[1])
    form = NewForm(units, request.POST or None, request.FILES or None, initial=_initial(request, who))
    if request.method != "POST" or not form.is_valid():
        return web.show(request, NewPage(form, reverse("filings:board")), "filings/new.html")
    made = services.draft_once(
        unit_id=form.cleaned_data["unit"], asked=form.asked(), uploads=form.uploads(),
        key=request.POST.get("client_key", ""), by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("报备已起草；核对范围和证据后提交，须在事项开始之前。"))
    return redirect(reverse("filings:detail", args=[made]))


def _initial(request: HttpRequest, who: web.Actor) -> dict[str, Any]:
    """What a storm proposal says; else the next full hour and a day."""
    now = clock.now()
    begins = now.replace(minute=0, second=0, microsecond=0) + HOUR
    blank = {"begins_at": begins, "ends_at": begins + DAY}
    storm = request.GET.get("storm", "")
    proposed = {one.unit_id: one for one in selectors.storm_proposals(who, now)} if storm.isdecimal() else {}
    if (one := proposed.get(int(storm) if storm.isdecimal() and len(storm) < 18 else 0)) is None:
        return blank
    areas = network.visible_to(who).filter(pk__in=one.area_ids).order_by("code").values_list("code", flat=True)
    grounds = _("近几小时内发生故障停电 %(n)s 起，其中雷击、大风、树障等 %(s)s 起，影响 %(a)s 户。")
    return {
        **blank, "unit": one.unit_id, "kind": Kind.STORM.value, "title": _("恶劣天气故障集中"), "areas": " ".join(areas),
        "grounds": grounds % {"n": one.faults, "s": one.stormy, "a": one.accounts},
    }  # fmt: skip
