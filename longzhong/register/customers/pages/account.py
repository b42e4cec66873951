"""One account: who may be reached, what they agreed to, what needs care, and how the power gets there."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.web import Badge, Fact, MoveForm
from longzhong.register.customers import selectors
from longzhong.register.customers.pages.accounts import area_href, state_badge
from longzhong.register.customers.pages.forms import ConsentForm, ContactEditForm, PriorityMarkForm, TagForm
from longzhong.register.customers.rules.accounts import ACCOUNT_LIFE, KEEPERS, READERS, REVEALERS
from longzhong.register.customers.rules.reveals import FIELD_WORDS, RevealField
from longzhong.register.customers.selectors import AccountDetail

OF_CONTACT = (RevealField.PHONE, RevealField.CONTACT_NAME, RevealField.ID_NUMBER)


@dataclass(frozen=True)
class AccountPage:
    detail: AccountDetail
    state: Badge
    facts: list[Fact]
    path: list[Fact]
    moves: list[MoveForm]
    reveals: list[tuple[str, str]]
    may_keep: bool
    may_reveal: bool


@web.page(*READERS)
def account_page(request: HttpRequest, account_id: int) -> HttpResponseBase:
    return show_account(request, account_id)


def show_account(request: HttpRequest, account_id: int, **bound: forms.Form) -> HttpResponseBase:
    """The page; `bound` puts a form with its errors back into the dialog of its verb."""
    who = web.actor(request)
    detail = selectors.account_detail(who, account_id, clock.today())
    keeps = who.has(*KEEPERS)
    page = AccountPage(
        detail=detail,
        state=state_badge(detail.card),
        facts=_facts(detail),
        path=_path(detail),
        moves=_moves(who, detail, bound) if keeps else [],
        reveals=_reveals(detail),
        may_keep=keeps,
        may_reveal=who.has(*REVEALERS),
    )
    return web.show(request, page, "customers/account.html", status=422 if bound else 200)


def _facts(detail: AccountDetail) -> list[Fact]:
    card = detail.card
    return [
        Fact(_("户号"), card.code, note="" if card.own else _("网格外只显示后四位")),
        Fact(_("地址"), card.place),
        Fact(_("用电类别"), card.kind),
        Fact(_("立户日期"), detail.opened_on),
        Fact(_("重点客户"), "、".join(card.priorities) or _("无")),
        Fact(_("标签"), "、".join(card.tags) or _("无")),
        Fact(_("风险等级"), card.tier),
    ]


def _path(detail: AccountDetail) -> list[Fact]:
    """Meter → area → feeder → substation."""
    meters = "、".join(meter.code for meter in detail.meters if meter.to_on is None)
    supply = detail.supply
    lines = [Fact(_("电能表"), meters or _("没有挂表"))]
    lines.append(Fact(_("台区"), detail.card.area or _("没有挂到台区"), href=area_href(detail.card.area_id)))
    if supply is not None:
        pieces = " ← ".join(piece.name for piece in supply.sections)
        lines += [Fact(_("线段"), pieces), Fact(_("10 kV 线路"), supply.feeder), Fact(_("变电站"), supply.substation)]
    return [*lines, Fact(_("供电所"), detail.card.unit)]


def _moves(who: Actor, detail: AccountDetail, bound: dict[str, forms.Form]) -> list[MoveForm]:
    number = detail.card.id

    def offer(verb: str, label: str, form: Any, icon: str) -> MoveForm:
        return MoveForm(verb, label, reverse(f"customers:{verb}", args=[number]), form=bound.get(verb, form), icon=icon)

    offers = [
        offer("contact", _("添加或修改联系人"), ContactEditForm(), "user-plus"),
        offer("priority", _("标记重点客户"), PriorityMarkForm(), "star"),
        offer("tag", _("加标签"), TagForm(), "tag"),
    ]
    if detail.contacts:
        offers.insert(1, offer("consent", _("登记同意"), ConsentForm(detail.contacts), "checkbox"))
    steps = ACCOUNT_LIFE.moves_from(detail.card.state, None if who.system else who.roles)
    return offers + [
        MoveForm(
            step.verb, _(step.label), reverse("customers:move", args=[number, step.verb]), icon="arrow-right",
            ask=_("这一户的状态将变为下一步，并记入日志。"),
        )
        for step in steps
    ]  # fmt: skip


def _reveals(detail: AccountDetail) -> list[tuple[str, str]]:
    """What can be asked for in plain: (field, words)."""
    choices = [(field.value, FIELD_WORDS[field]) for field in RevealField if field not in OF_CONTACT]
    for contact in detail.contacts:
        who = f"{contact.relation} {contact.name}".strip()
        choices += [(f"{field.value}:{contact.id}", f"{FIELD_WORDS[field]}（{who}）") for field in OF_CONTACT]
    return choices
