"""销户台: find the account, see what stands, begin, tell what is needed; for the counter and the phone."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.pages.forms import BeginForm, TellForm
from longzhong.cases.closures.pages.words import state_badge
from longzhong.cases.closures.rules import GROUND_LABELS, HALL, KIND_LABELS, PAPERS, Kind, kind_of
from longzhong.cases.closures.selectors import Closure, Telling
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import KIND_WORDS, AccountKind, AccountState
from longzhong.register.customers.selectors import Card

MOST = 20


@dataclass(frozen=True)
class Found:
    """One account that the search means, and the closure that stands for it."""

    card: Card
    closure: Closure | None
    badge: web.Badge | None
    open: bool


@dataclass(frozen=True)
class DeskPage:
    query: str
    found: list[Found]
    more: bool
    due: int
    live: int


@dataclass(frozen=True)
class BeginPage:
    card: Card
    form: BeginForm
    demolition: str
    lists: list[tuple[str, list[str]]]
    past: list[tuple[Closure, web.Badge, str]]
    told: list[Telling]


@dataclass(frozen=True)
class TellPage:
    card: Card
    form: TellForm
    lists: list[tuple[str, list[str]]]


@web.page(*HALL)
def desk(request: HttpRequest) -> HttpResponseBase:
    who, query = web.actor(request), request.GET.get("q", "").strip()[:100]
    cards = customers.find(who, query, MOST) if query else []
    held = selectors.live_of_many([card.id for card in cards])
    found = [
        Found(card, one := held.get(card.id), state_badge(one) if one else None, card.state != AccountState.CLOSED)
        for card in cards
    ]
    counts = selectors.counts(who, clock.today())
    live = sum(number for key, number in counts.items() if key not in ("due", "closed", "withdrawn"))
    return web.show(request, DeskPage(query, found, len(found) == MOST, counts["due"], live), "closures/desk.html")


@web.page(*HALL)
def begin(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """Begin a closure; the one that stands is shown instead of a second."""
    who = web.actor(request)
    card = _card(who, account_id)
    standing = selectors.live_of(account_id)
    if standing is not None and request.method == "GET":
        return redirect("closures:detail", standing.pk)
    form = BeginForm(request.POST or None, initial={"case_number": request.GET.get("case", "")[:30]})
    if request.method != "POST" or not form.is_valid():
        return web.show(request, _begin_page(who, card, form), "closures/begin.html")
    key = request.POST.get("client_key", "")
    made = services.begin_once(account_id=account_id, new=form.new(), key=key, by=who, at=clock.now())
    messages.success(request, _("已登记；材料清单已一次性告知，请打印交给客户。"))
    return redirect("closures:detail", made)


@web.page(*HALL)
def tell(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """Hand over the list of any business (一次性告知)."""
    who = web.actor(request)
    card = _card(who, account_id)
    form = TellForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        page = TellPage(card, form, _lists(card.unit_id, tuple(Kind)))
        return web.show(request, page, "closures/tell.html")
    key = request.POST.get("client_key", "")
    made = services.tell_once(account_id=account_id, **form.cleaned_data, key=key, by=who, at=clock.now())
    return redirect(reverse("closures:list_print", args=[made, "pdf"]))


def _card(who: web.Actor, account_id: int) -> Card:
    found = customers.visible_to(who).select_related("unit", "area").filter(pk=account_id).first()
    if found is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    return customers.cards_of(who, [found])[0]


def _begin_page(who: web.Actor, card: Card, form: BeginForm) -> BeginPage:
    household = selectors.live_household(card.id)
    resident = card.kind == KIND_WORDS[AccountKind.RESIDENT]
    kinds = tuple(dict.fromkeys(kind_of(ground, resident) for ground in GROUND_LABELS))
    past = [
        (row, state_badge(row), reverse("closures:detail", args=[row.pk]))
        for row in selectors.closures_of(who, card.id)
    ]
    name = household.project.name if household else ""
    return BeginPage(card, form, name, _lists(card.unit_id, kinds), past, selectors.tellings_of(who, card.id))


def _lists(unit_id: int, kinds: tuple[Kind, ...]) -> list[tuple[str, list[str]]]:
    """Each business with the documents that it needs today."""
    now = clock.now()
    rows = [(kind, selectors.list_codes(selectors.list_row(kind, unit_id, now))) for kind in kinds]
    return [(KIND_LABELS[kind], [PAPERS.get(code, code) for code in codes]) for kind, codes in rows]
