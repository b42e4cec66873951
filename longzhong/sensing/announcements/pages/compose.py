"""组织告知: what is told, to whom, through what; people, papers, places and texts are counted and shown before anything is made."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.dispatch.notifications.rules import CHANNEL_WORDS
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.sensing.announcements import selectors, services
from longzhong.sensing.announcements.pages.forms import ComposeForm, DropForm
from longzhong.sensing.announcements.rules import (
    AUDIENCE_LABELS,
    BY_MESSAGE,
    ON_PAPER,
    TALE_LABELS,
    TELLERS,
    Audience,
    Tale,
)
from longzhong.sensing.announcements.selectors import Outage, Preview

SHOWN = 100


@dataclass(frozen=True)
class ComposePage:
    """`papers` and `spots` show the first hundred; the counts are whole."""

    outage: Outage
    tale: str
    tales: list[web.Tab]
    form: ComposeForm
    look: Preview
    texts: list[tuple[str, object]]
    papers: list[object]
    spots: list[object]
    by_hand: bool


@web.page(*TELLERS)
def compose(request: HttpRequest, outage_id: int) -> HttpResponseBase:
    """GET: the preview. POST: told once for the client key; the messages still wait for a press on their own page."""
    who, now = web.actor(request), clock.now()
    outage = selectors.outage_of(who, outage_id)
    tale = _tale(request, outage)
    selectors.check_tale(outage, tale, now)
    look = selectors.preview(who, outage, tale, now)
    form = _form(request, tale, look)
    if request.method == "POST" and form.is_valid():
        return _tell(request, form, outage_id, tale, now)
    return web.show(request, _page(outage, tale, form, look), "announcements/compose.html")


@require_POST
@web.page(*TELLERS)
def drop(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    form = DropForm(request.POST)
    reason, key = form.cleaned_data["reason"] if form.is_valid() else "", request.POST.get("client_key", "")
    outage_id = services.drop_proposal(
        proposal_id=proposal_id, reason=reason, key=key, by=web.actor(request), at=clock.now()
    )
    messages.success(request, _("已记下不告知的原因。"))
    return redirect("announcements:outage", outage_id)


def _tell(request: HttpRequest, form: ComposeForm, outage_id: int, tale: Tale, now: datetime) -> HttpResponseBase:
    key = request.POST.get("client_key", "")
    services.tell_outage(telling=form.telling(outage_id, tale), key=key, by=web.actor(request), at=now)
    messages.success(request, _("已组织告知：书面通知和张贴已派出，短信正在组织收件人，完成后请点发送。"))
    return redirect("announcements:outage", outage_id)


def _tale(request: HttpRequest, outage: Outage) -> Tale:
    """What the address asks for, else the first that fits now."""
    asked = request.GET.get("tale", "")
    if asked in set(Tale):
        return Tale(asked)
    fitting = selectors.tales_of(outage)
    if not fitting:
        raise Refused("tale_unfit", _("停电现在的状态没有要告知的内容；没有组织告知。"), state=outage.state)
    return fitting[0][0]


def _form(request: HttpRequest, tale: Tale, look: Preview) -> ComposeForm:
    offered = [one for one in Audience if one in BY_MESSAGE or tale in ON_PAPER]
    named = [
        (one.value, _("%(who)s（%(n)s）") % {"who": AUDIENCE_LABELS[one], "n": look.count(one)}) for one in offered
    ]
    channels = selectors.open_channels(tale, look.facts.kind)
    words = [
        (one.value, CHANNEL_WORDS[one] if on else _("%s（还没有通道）") % CHANNEL_WORDS[one]) for one, on in channels
    ]
    return ComposeForm(
        request.POST or None, audiences=named, channels=words, first=[one.value for one in offered if look.count(one)],
        through=[one.value for one, on in channels if on],
    )  # fmt: skip


def _page(outage: Outage, tale: Tale, form: ComposeForm, look: Preview) -> ComposePage:
    address = reverse("announcements:compose", args=[outage.pk])
    return ComposePage(
        outage=outage, tale=TALE_LABELS[tale], form=form, look=look, by_hand=tale in ON_PAPER,
        tales=[web.Tab(word, f"{address}?tale={one}", active=one == tale) for one, word in selectors.tales_of(outage)],
        texts=[(CHANNEL_WORDS[one.channel], one) for one in look.texts], papers=list(look.papers[:SHOWN]),
        spots=list(look.spots[:SHOWN]),
    )  # fmt: skip
