"""The list of usage explanation sheets."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.explanations import selectors
from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.pages.words import STATE_TONES
from longzhong.cases.explanations.rules import READERS, STATE_LABELS, State
from longzhong.kit import web
from longzhong.kit.clock import day_start
from longzhong.register.customers import selectors as customers
from longzhong.register.org.selectors import UNIT_LABEL, of_unit


@dataclass(frozen=True)
class BoardPage:
    table: web.Listing


@dataclass(frozen=True)
class Row:
    """One sheet with its account masked."""

    sheet: Sheet
    name: str
    place: str


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """Whose usage was explained, by whom, and what they said."""
    who = web.actor(request)
    rows = selectors.visible_to(who).select_related("account__unit", "account__area", "unit", "explained_by")

    def dress(sheets: list[Sheet]) -> list[Any]:
        cards = {card.id: card for card in customers.cards_of(who, [sheet.account for sheet in sheets])}
        return [Row(one, cards[one.account_id].name, cards[one.account_id].place) for one in sheets]

    table = web.listing(
        request, rows, COLUMNS, FILTERS, title=_("用电量解释单"), sort="-at", dress=dress,
        href=lambda row: reverse("explanations:detail", args=[row.sheet.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(table), "explanations/board.html")


def _since(rows: QuerySet[Sheet], day: str) -> QuerySet[Sheet]:
    try:
        return rows.filter(explained_at__gte=day_start(date.fromisoformat(day)))
    except ValueError:
        return rows


def _state(row: Row) -> web.Badge:
    return web.Badge(STATE_TONES[row.sheet.state], STATE_LABELS[State(row.sheet.state)])


COLUMNS = (
    web.Column("number", "编号", "sheet.number", "code"),
    web.Column("name", "客户", "name", note="place"),
    web.Column("unit", "供电所", "sheet.unit.short_name", sort="unit__name", phone=False),
    web.Column("state", "客户意见", _state, "badge", "state"),
    web.Column("kwh", "平均每天 kWh", "sheet.figures.comparison.metered", "number", decimals=1),
    web.Column("by", "解释人", "sheet.explained_by.name"),
    web.Column("at", "解释时间", "sheet.explained_at", "moment", "explained_at"),
)
FILTERS = (
    web.Filter(
        "state",
        "客户意见",
        lambda rows, state: rows.filter(state=state),
        choices=tuple((state.value, label) for state, label in STATE_LABELS.items()),
    ),
    web.Filter("number", "编号", lambda rows, text: rows.filter(number__contains=text), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("since", "解释日起", _since, "day"),
)
