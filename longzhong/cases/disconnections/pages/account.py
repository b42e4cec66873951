"""一户欠费: the bills, what was done about them, and the counter's "paid" and the station's "propose"."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.disconnections import selectors, services
from longzhong.cases.disconnections.pages.forms import PayForm
from longzhong.cases.disconnections.pages.words import state_badge
from longzhong.cases.disconnections.rules import CASHIERS, MONEY, yuan
from longzhong.cases.disconnections.selectors import Arrears, Owed
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card


@dataclass(frozen=True)
class Past:
    """One earlier or present disconnection."""

    number: str
    href: str
    proposed_at: datetime
    state: web.Badge


@dataclass(frozen=True)
class AccountPage:
    card: Card
    owed: Owed | None
    owed_words: str
    table: web.Listing
    history: list[Past]
    moves: list[web.MoveForm]


@web.page(*MONEY)
def account(request: HttpRequest, account_id: int) -> HttpResponseBase:
    who, today = web.actor(request), clock.today()
    card = _card(who, account_id)
    owed = selectors.owed(account_id)
    table = web.listing(request, selectors.bills_of(who, account_id), COLUMNS, title=_("电费账单"))
    past = [
        Past(str(row), selectors.url(row.pk), row.proposed_at, state_badge(row))
        for row in selectors.history_of(who, account_id)
    ]
    days = max(0, (today - owed.due_on).days) if owed else 0
    words = _("未缴 %(n)s 笔，共 %(sum)s，最早一笔已逾期 %(days)s 天") % _said(owed, days) if owed else _("没有欠费")
    page = AccountPage(card, owed, words, table, past, _moves(who, account_id, owed))
    return web.show(request, page, "disconnections/account.html")


@require_POST
@web.page("station")
def propose(request: HttpRequest, account_id: int) -> HttpResponseBase:
    key = request.POST.get("client_key", "")
    made = services.propose_once(account_id=account_id, key=key, by=web.actor(request), at=clock.now())
    messages.success(request, _("已提出，请先安排上门或电话联系。"))
    return redirect("disconnections:detail", made)


@require_POST
@web.page("desk", "station", "quality")
def pay(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The counter saw the receipt before the marketing system's next file comes."""
    form, now = PayForm(request.POST), clock.now()
    paid_at = (form.cleaned_data["paid_at"] if form.is_valid() else None) or now
    key, who = request.POST.get("client_key", ""), web.actor(request)
    services.pay_once(account_id=account_id, paid_at=paid_at, key=key, by=who, at=now)
    messages.success(request, _("缴费已登记；在办的停电已取消，已停的开始复电计时。"))
    return redirect("disconnections:account", account_id)


def _said(owed: Owed, days: int) -> dict[str, object]:
    return {"n": owed.bills, "sum": yuan(owed.fen), "days": days}


def _card(who: web.Actor, account_id: int) -> Card:
    found = customers.visible_to(who).select_related("unit", "area").filter(pk=account_id).first()
    if found is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    return customers.cards_of(who, [found])[0]


def _moves(who: web.Actor, account_id: int, owed: Owed | None) -> list[web.MoveForm]:
    moves = []
    if owed and who.has(*CASHIERS):
        ask = _("登记后立即取消在办的停电；已停电的开始复电计时。")
        action = reverse("disconnections:pay", args=[account_id])
        moves.append(web.MoveForm("pay", _("登记缴清"), action, form=PayForm(), ask=ask, tone="primary"))
    if owed and who.has("station") and selectors.live_of(account_id) is None:
        action = reverse("disconnections:propose", args=[account_id])
        ask = _("提出后先上门或电话联系，问明原因；满足全部条件并经批准才能停电。")
        moves.append(web.MoveForm("propose", _("提出催缴联系"), action, ask=ask))
    return moves


def _paid(row: Arrears) -> web.Badge:
    return web.Badge("good", _("已缴")) if row.paid_at else web.Badge("late", _("未缴"))


COLUMNS = (
    web.Column("bill", "账单", "bill"),
    web.Column("amount", "金额", lambda row: yuan(row.amount_fen), sort="amount_fen"),
    web.Column("due", "到期日", "due_on", "day", "due_on"),
    web.Column("paid", "缴费", _paid, "badge"),
    web.Column("paid_at", "缴费时间", "paid_at", "moment"),
)
