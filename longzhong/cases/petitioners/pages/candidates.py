"""Candidates: who called so often that a file may help; a person opens it or lets them rest."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.pages.forms import ReasonForm
from longzhong.cases.petitioners.rules import WRITERS
from longzhong.cases.petitioners.selectors import Candidate
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class CandidateLine:
    """A candidate with the two things that can be done."""

    who: Candidate
    moves: list[web.MoveForm]


def candidate_lines(who: web.Actor, at: datetime) -> list[CandidateLine]:
    return [CandidateLine(one, _moves(one.call_id)) for one in selectors.candidates(who, at)]


def _moves(call_id: int) -> list[web.MoveForm]:
    def form(verb: str) -> forms.Form:
        return ReasonForm(auto_id=f"{verb}{call_id}_%s")

    return [
        web.MoveForm(
            "open", _("建档"), reverse("petitioners:decide", args=[call_id, "open"]), form=form("open"), tone="primary",
            ask=_("建档后，窗口期内的来电会一并归入；该户会带上“老上访”标签，供坐席接待时参考。"),
        ),
        web.MoveForm("rest", _("不建档"), reverse("petitioners:decide", args=[call_id, "rest"]), form=form("rest")),
    ]  # fmt: skip


@require_POST
@web.page(*WRITERS)
def decide(request: HttpRequest, call_id: int, verb: str) -> HttpResponseBase:
    """open → the new file's page; rest → back to the candidates."""
    who, now, reason = web.actor(request), clock.now(), request.POST.get("reason", "")[:500]
    if verb not in ("open", "rest"):
        raise Refused("not_found", _("没有这一步。"))

    def act() -> str:
        if verb == "open":
            row = services.open_from_call(call_id=call_id, reason=reason, by=who, at=now)
            return reverse("petitioners:file", args=[row.pk])
        services.rest_candidate(call_id=call_id, reason=reason, by=who, at=now)
        return reverse("petitioners:list") + "?state=candidates"

    key = request.POST.get("client_key", "")
    back = matters.once(key=key, what=f"petitioners.{verb}:{call_id}", act=act, by=who, at=now)
    done = _("已建档。") if verb == "open" else _("已记下，一段时间内不再提示。")
    return web.act(request, lambda: None, done=done, back=back)
