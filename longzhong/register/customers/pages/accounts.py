"""All accounts that one may see, masked; one box finds them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.web import Badge, Column, Filter, Listing
from longzhong.register.customers import selectors
from longzhong.register.customers.rules.accounts import READERS, STATE_WORDS, AccountState
from longzhong.register.customers.rules.priority import GROUP_WORDS
from longzhong.register.customers.selectors import Card

STATE_TONES = {
    AccountState.ACTIVE: "info", AccountState.CLOSING: "soon",
    AccountState.CLOSED: "closed", AccountState.DEMOLISHED: "closed",
}  # fmt: skip


def state_badge(card: Card) -> Badge:
    """The state as colour and word."""
    return Badge(STATE_TONES[card.state], card.state_word)  # type: ignore[arg-type]


def area_href(area_id: int | None) -> str:
    """The area's page belongs to a higher floor; an installation without it has none."""
    try:
        return reverse("curves:area", args=[area_id]) if area_id else ""
    except NoReverseMatch:
        return ""


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("户名"), note="code"),
        Column("place", _("地址"), sort=("town", "estate", "building"), note="kind"),
        Column("phone", _("联系电话")),
        Column("area", _("台区"), sort="area__name", href=lambda card: area_href(card.area_id)),
        Column("unit", _("供电所"), sort="unit__code", phone=False),
        Column("state", _("状态"), state_badge, kind="badge", sort="state"),
        Column("marks", _("重点与标签"), lambda card: "、".join((*card.priorities, *card.tags))),
    )


@dataclass(frozen=True)
class AccountsPage:
    table: Listing


def _filters(who: Actor) -> tuple[Filter, ...]:
    day = clock.today()

    def of_group(rows: Any, value: str) -> Any:
        return selectors.of_group(rows, value, day)

    def of_area(rows: Any, value: str) -> Any:
        return rows.filter(area__code=value)

    return (
        Filter("q", _("户号、电话、表号、地址、姓名"), lambda _rows, value: selectors.matching(who, value), kind="text"),
        Filter(
            "town", _("乡镇街道"), lambda rows, value: rows.filter(town=value),
            choices=[(town, town) for town in selectors.towns(who)],
        ),
        Filter("place", _("小区或村"), selectors.of_place, kind="text"),
        Filter("area", _("台区编号"), of_area, kind="text"),
        Filter("group", _("重点客户"), of_group, choices=[(key.value, word) for key, word in GROUP_WORDS.items()]),
        Filter(
            "state", _("状态"), lambda rows, value: rows.filter(state=value),
            choices=[(key.value, word) for key, word in STATE_WORDS.items()],
        ),
    )  # fmt: skip


@web.page(*READERS)
def accounts_page(request: HttpRequest) -> HttpResponseBase:
    """Who lives or works behind our meters; names and phones masked, in the list and in the workbook."""
    who = web.actor(request)
    table = web.listing(
        request,
        selectors.account_rows(who),
        _columns(),
        _filters(who),
        title=_("客户"),
        href=lambda card: reverse("customers:account", args=[card.id]),
        dress=lambda rows: selectors.cards_of(who, rows),
    )
    return web.show(request, AccountsPage(table), "customers/accounts.html")
