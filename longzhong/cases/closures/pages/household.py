"""一个拆迁户: contact, refusal, transfer, or the beginning of its closure; made for a phone in the street."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.pages.forms import HOUSE_FORMS, StepForm, form_for
from longzhong.cases.closures.pages.words import house_badge, marks, state_badge
from longzhong.cases.closures.rules import HALL, READERS, UNBEGUN
from longzhong.cases.closures.selectors import HouseCard, Household
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock, web

ASKS = {
    "refuse": "这一户仍留在名单里，到约定那天再联系。",
    "transfer": "客户不销户，户头转给新用途或新户主；本名单按已办结计。",
    "drop": "移出后不再计入项目进度；列错的可以由所长恢复。",
}


@dataclass(frozen=True)
class HouseholdPage:
    row: Household
    title: str
    state: web.Badge
    facts: list[web.Fact]
    closures: list[tuple[str, str, web.Badge]]
    begin: str
    moves: list[web.MoveForm]
    timeline: list[web.Entry]


@web.page(*READERS)
def household(request: HttpRequest, household_id: int) -> HttpResponseBase:
    return web.show(request, household_page(web.actor(request), household_id), "closures/household.html")


def household_page(who: web.Actor, household_id: int, form: tuple[str, StepForm] | None = None) -> HouseholdPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.household_card(who, household_id, clock.now())
    row = card.row
    begins = row.state in UNBEGUN and who.has(*HALL)
    return HouseholdPage(
        row=row, title=card.customer.name, state=house_badge(row), facts=_facts(card),
        closures=[(str(one), reverse("closures:detail", args=[one.pk]), state_badge(one)) for one in card.closures],
        begin=reverse("closures:begin", args=[row.account_id]) if begins else "", moves=_moves(card, form),
        timeline=matters.timeline(selectors.household_label(row.pk), cards=card.steps),
    )  # fmt: skip


@require_POST
@web.page(*READERS)
def household_move(request: HttpRequest, household_id: int, verb: str) -> HttpResponseBase:
    who, key = web.actor(request), request.POST.get("client_key", "")
    form = form_for(HOUSE_FORMS, verb, request.POST)
    if not form.is_valid():
        return web.show(request, household_page(who, household_id, (verb, form)), "closures/household.html")
    services.step_household(household_id=household_id, verb=verb, given=form.given(), key=key, by=who, at=clock.now())
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.HOUSE_WORDS.get(verb, verb)})
    return redirect("closures:household", household_id)


def _facts(card: HouseCard) -> list[web.Fact]:
    row, customer = card.row, card.customer
    return [
        web.Fact(_("客户"), customer.name, reverse("customers:account", args=[row.account_id]), customer.code),
        web.Fact(_("地址"), customer.place, note=customer.area),
        web.Fact(_("联系电话"), customer.phone, note=_("明文在客户页查看，要写事由")),
        web.Fact(_("客户状态"), customer.state_word),
        web.Fact(_("拆迁项目"), row.project.name, reverse("closures:project", args=[row.project_id])),
        web.Fact(_("下次联系"), row.next_on or _("没有约定"), note=_("已联系 %(n)s 次") % {"n": row.tries}),
        *([web.Fact(_("说明"), marks(row))] if marks(row) else []),
    ]


def _moves(card: HouseCard, form: tuple[str, StepForm] | None) -> list[web.MoveForm]:
    moves = []
    for one in card.moves:
        own = form[1] if form and form[0] == one.verb else form_for(HOUSE_FORMS, one.verb)
        tone = "danger" if one.verb == "drop" else "primary" if one.verb == "contact" else "secondary"
        action = reverse("closures:household_move", args=[card.row.pk, one.verb])
        moves.append(web.MoveForm(one.verb, one.label, action, form=own, ask=ASKS.get(one.verb, ""), tone=tone))  # type: ignore[arg-type]
    return moves
