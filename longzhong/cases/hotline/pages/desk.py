"""来电受理台: one search box, the customer's panel, the words, one key. Works without a mouse, and without script."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.pages.desk_forms import LATEST, DeskForm
from longzhong.cases.hotline.rules.advice import advice_for
from longzhong.cases.hotline.rules.cues import Cues, cues_of
from longzhong.cases.hotline.selectors.desk import Found, Panel, desk_panel, find_caller
from longzhong.cases.hotline.selectors.guessing import Guesses, guesses
from longzhong.cases.hotline.selectors.same import Likeness
from longzhong.kit import clock, web
from longzhong.register.customers.rules.numbers import is_phone, normal_phone
from longzhong.register.customers.selectors import phone_index

DESK = ("desk", "station", "quality", "grid")
MOST_LIKE = 3


@dataclass(frozen=True)
class DeskPage:
    q: str
    found: Found
    panel: Panel | None
    form: DeskForm
    hints: "HintsPage"

    @property
    def searched(self) -> bool:
        return bool(self.q.strip()) and self.panel is None


@dataclass(frozen=True)
class HintsPage:
    """What the words suggest: categories, cues, the same matter, how to handle it."""

    guesses: Guesses
    cues: Cues
    like: tuple[Likeness, ...]
    advice: tuple[str, ...]
    own_pick: int | None
    picked: int | None
    same: str


@web.page(*DESK)
def desk(request: HttpRequest) -> HttpResponseBase:
    """GET: search and panel by the address. POST: one key, one service; what was typed stays if it is refused."""
    who, now = web.actor(request), clock.now()
    if request.method == "POST":
        form = DeskForm(request.POST)
        if form.is_valid():
            said = services.finish_call(done=form.done(now), key=request.POST.get("client_key", ""), by=who, at=now)
            messages.success(request, said)
            return redirect(reverse("hotline:desk"))
        return web.show(request, _page(request, form), "hotline/desk.html")
    return web.show(request, _page(request, DeskForm(initial=_initial(request))), "hotline/desk.html")


@web.page(*DESK)
def desk_found(request: HttpRequest) -> HttpResponseBase:
    """The list under the search box while one types."""
    q = request.GET.get("q", "")
    return web.fragment(request, DeskFound(q, find_caller(web.actor(request), q)), "hotline/_desk_found.html")


@dataclass(frozen=True)
class DeskFound:
    q: str
    found: Found

    @property
    def searched(self) -> bool:
        return bool(self.q.strip())


@require_POST
@web.page(*DESK)
def desk_hints(request: HttpRequest) -> HttpResponseBase:
    """What the words typed so far suggest; nothing is kept."""
    form = DeskForm(request.POST)
    form.is_valid()
    return web.fragment(request, _hints(request, form), "hotline/_desk_hints.html")


def _page(request: HttpRequest, form: DeskForm) -> DeskPage:
    who, q = web.actor(request), request.GET.get("q", "")
    data = form.data or request.GET
    account, area = _number(data.get("account", "")), _number(data.get("area", ""))
    panel = desk_panel(who, account_id=account, area_id=area, at=clock.now())
    found = find_caller(who, q) if q and panel is None else Found()
    return DeskPage(q, found, panel, form, _hints(request, form))


def _initial(request: HttpRequest) -> dict[str, object]:
    """What the address already says; a searched phone is the caller's."""
    q = normal_phone(request.GET.get("q", ""))
    phone = q if is_phone(q) and len(q) >= 7 else ""
    return {
        "account": _number(request.GET.get("account", "")),
        "area": _number(request.GET.get("area", "")),
        "phone": phone,
    }


def _hints(request: HttpRequest, form: DeskForm) -> HintsPage:
    data = getattr(form, "cleaned_data", {})
    text, now = str(data.get("text") or ""), clock.now()
    found = guesses(text, now)
    own = found.best.category_id if found.best and found.sure else None
    picked = data.get("category") or data.get("guess") or own
    code = next((one.code for one in found.top if one.category_id == picked), found.best.code if found.best else "")
    return HintsPage(
        found,
        cues_of(text),
        _like(request, data, text, picked),
        advice_for(code),
        own,
        picked,
        str(data.get("same") or ""),
    )


def _like(request: HttpRequest, data: dict[str, Any], text: str, picked: int | None) -> tuple[Likeness, ...]:
    """Open matters that may be the same one."""
    account, area = data.get("account"), data.get("area")
    phone = phone_index(normal_phone(str(data.get("phone") or "")))
    if not text.strip() or not (account or area or phone):
        return ()
    found = selectors.same_matter(
        web.actor(request),
        account_id=account,
        phone_index=phone,
        area_id=area,
        category_id=picked,
        text=text,
        at=clock.now(),
    )
    return tuple(found[:MOST_LIKE])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < LATEST else None
