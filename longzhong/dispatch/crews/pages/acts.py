"""What is done from the pages: one service call each, then back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.dispatch.crews import selectors, services
from longzhong.dispatch.crews.pages.forms import CrewForm, MembersForm, MoveStopForm, RelayForm, ShiftForm, given
from longzhong.dispatch.crews.rules import READERS
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@require_POST
@web.page(*READERS)
def plan_anew(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    back = f"{reverse('crews:board')}?unit={unit_id}"
    who, now = web.actor(request), clock.now()
    return web.act(
        request,
        lambda: services.ask_plan(unit_id=unit_id, by=who, at=now),
        done=_("已请求重排，几秒后刷新可见。"),
        back=back,
    )


@require_POST
@web.page(*READERS)
def stop_act(request: HttpRequest, stop_id: int, verb: str) -> HttpResponseBase:
    """Confirm, lock, unlock or move a stop."""
    who, now = web.actor(request), clock.now()
    stop = selectors.stop_of(who, stop_id)
    key = request.POST.get("client_key", "")

    def move() -> object:
        crews = [(row.pk, row.name) for row in selectors.crews_on_shift(stop.plan.unit_id, now)]
        held = given(MoveStopForm(request.POST, crews=crews))
        return services.move_stop(stop_id=stop_id, crew_id=held["crew"], by=who, at=now)

    acts = {
        "confirm": lambda: services.confirm_stop(stop_id=stop_id, key=key, by=who, at=now),
        "lock": lambda: services.lock_stop(stop_id=stop_id, locked=True, by=who, at=now),
        "unlock": lambda: services.lock_stop(stop_id=stop_id, locked=False, by=who, at=now),
        "move": move,
    }
    back = f"{reverse('crews:board')}?unit={stop.plan.unit_id}"
    return web.act(request, _known(acts, verb), done=_("已登记。"), back=back)


@require_POST
@web.page(*READERS)
def change_crew(request: HttpRequest, crew_id: int, verb: str) -> HttpResponseBase:
    """Keep a crew, its people, its shifts; call it off or on; end it."""
    who, now, sent = web.actor(request), clock.now(), request.POST
    crew = selectors.crew_of(who, crew_id)
    people = selectors.staff_choices(who, clock.civil_day(now))
    held: dict[str, Any] = {"crew_id": crew.pk, "by": who, "at": now}
    acts = {
        "keep": lambda: services.keep_crew(crew=CrewForm(sent, units=selectors.unit_choices(who)).crew(), **held),
        "members": lambda: services.set_members(staff_ids=MembersForm(sent, people=people).staff(), **held),
        "shift": lambda: services.add_shift(**given(ShiftForm(sent)), **held),
        "on": lambda: services.set_standby(standby=True, **held),
        "off": lambda: services.set_standby(standby=False, **held),
        "unshift": lambda: services.remove_shift(shift_id=int(sent.get("shift") or 0), by=who, at=now),
        "end": lambda: services.end_crew(**held),
    }
    back = reverse("crews:board") if verb == "end" else reverse("crews:crew", args=[crew.pk])
    return web.act(request, _known(acts, verb), done=_("已保存。"), back=back)


@require_POST
@web.page(*READERS)
def relay_act(request: HttpRequest, number: int, verb: str) -> HttpResponseBase:
    """Ask a group leader to pass something on (`tell`, number: the order), or note that they did (`passed`, number: the
    relay).
    """
    who, now = web.actor(request), clock.now()
    acts = {
        "tell": lambda: services.relay(order_id=number, text=given(RelayForm(request.POST))["text"], by=who, at=now),
        "passed": lambda: services.pass_on(relay_id=number, by=who, at=now),
    }
    return web.act(request, _known(acts, verb), done=_("已登记。"), back=reverse("crews:mine"))


def _known(acts: Mapping[str, Callable[[], object]], verb: str) -> Callable[[], object]:
    if verb not in acts:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)
    return acts[verb]
