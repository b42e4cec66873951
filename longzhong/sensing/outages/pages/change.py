"""变更计划: other times and devices of a plan that hasn't begun, with the same live check as for a new one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.pages.forms import ChangeForm, picked
from longzhong.sensing.outages.pages.picker import Asked, ImpactPart, part_of
from longzhong.sensing.outages.rules import PLANNERS, Given, Kind
from longzhong.sensing.outages.selectors import Outage


@dataclass(frozen=True)
class ChangePage:
    outage: Outage
    form: ChangeForm
    picker: ImpactPart
    live: str


@web.page(*PLANNERS)
def change(request: HttpRequest, outage_id: int) -> HttpResponseBase:
    """GET: the plan as it stands. POST: change it once for the client key."""
    who, now = web.actor(request), clock.now()
    outage = selectors.outage_of(who, outage_id, now).outage
    sent = request.method == "POST"
    form = ChangeForm(
        request.POST if sent else None, initial={"starts_at": outage.planned_start, "ends_at": outage.planned_end}
    )
    if sent and form.is_valid():
        wanted, key = form.change(picked(request.POST)), request.POST.get("client_key", "")
        given = Given(wanted.reason, wanted.starts_at, until=wanted.ends_at, devices=wanted.devices)
        services.take_step(outage_id=outage_id, verb="change_plan", given=given, key=key, by=who, at=now)
        messages.success(request, _("停电计划已变更，坐席照新的时间和范围答复。"))
        return redirect("outages:detail", outage_id)
    asked = Asked.read(request.POST if sent else _held(outage), outage.pk, Kind(outage.kind))
    live = reverse("outages:change_impact", args=[outage.pk])
    return web.show(request, ChangePage(outage, form, part_of(who, asked, now), live), "outages/change.html")


@web.page(*PLANNERS)
def change_impact(request: HttpRequest, outage_id: int) -> HttpResponseBase:
    """The picker again, the plan itself left out of what it meets."""
    who, now = web.actor(request), clock.now()
    outage = selectors.outage_of(who, outage_id, now).outage
    asked = Asked.read(request.GET, outage.pk, Kind(outage.kind))
    return web.fragment(request, part_of(who, asked, now), "outages/_impact.html")


def _held(outage: Outage) -> Any:
    """The plan as the form would send it."""
    data = QueryDict(mutable=True)
    devices = selectors.devices_of_outage(outage.pk)
    data.setlist("devices", [one.key for one in devices if not one.kept])
    data.setlist("kept", [one.key for one in devices if one.kept])
    for name, moment in (("starts_at", outage.planned_start), ("ends_at", outage.planned_end)):
        data[name] = f"{moment.astimezone(clock.CST):%Y-%m-%dT%H:%M}" if moment else ""
    return data
