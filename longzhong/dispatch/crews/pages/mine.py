"""我的班组 (phone): today's stops in order, and what the group leader of a village without a road is asked to pass on."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.models import Relay
from longzhong.dispatch.crews.pages.forms import RelayForm
from longzhong.dispatch.crews.pages.parts import StopView, stop_view
from longzhong.dispatch.crews.rules import READERS
from longzhong.kit import clock, web


@dataclass(frozen=True)
class MineStop:
    stop: StopView
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class RelayView:
    place: str
    text: str
    told_at: Any
    state: web.Badge
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class MinePage:
    crew: str
    crew_href: str
    stops: list[MineStop]
    relays: list[RelayView]


@web.page(*READERS)
def mine_page(request: HttpRequest) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    line = selectors.my_crew(who, now)
    if line is None:
        return web.show(request, MinePage("", "", [], []), "crews/mine.html")
    stops = [stop_view(one, who) for one in line.stops]
    relays = selectors.relays_of([one.order_id for one in stops])
    page = MinePage(
        line.crew.name,
        reverse("crews:crew", args=[line.crew.pk]),
        [_mine(one) for one in stops],
        [_relay(one) for one in relays],
    )
    return web.show(request, page, "crews/mine.html")


def _mine(stop: StopView) -> MineStop:
    if not stop.relayed:
        return MineStop(stop, [])
    at = stop.arrive_at.astimezone(clock.CST).strftime("%H:%M")
    text = _("%(place)s停电，抢修人员预计 %(at)s 到现场，请转告乡亲，注意用电安全。") % {"place": stop.place, "at": at}
    form = RelayForm(initial={"text": text})
    action = reverse("crews:relay", args=[stop.order_id, "tell"])
    return MineStop(
        stop,
        [
            web.MoveForm(
                f"tell{stop.order_id}", _("请村小组长转告"), action, form=form, tone="secondary", icon="message"
            )
        ],
    )


def _relay(row: Relay) -> RelayView:
    done = row.passed_on_at is not None
    move = web.MoveForm(
        f"passed{row.pk}", _("组长已转告"), reverse("crews:relay", args=[row.pk, "passed"]), icon="check"
    )
    badge = web.Badge("good", _("已转告")) if done else web.Badge("soon", _("等待回话"))
    return RelayView(str(row.area), row.text, row.told_at, badge, [] if done else [move])
