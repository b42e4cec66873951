"""搜索: one box over customers, areas and orders; each part is its owner's own search behind its own door."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules import STATE_LABELS as CASE_STATES
from longzhong.cases.hotline.rules import State as CaseState
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import STATE_LABELS, State
from longzhong.kit import web
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network

MOST = 20
SHORTEST = 3  # a shorter piece of an order number says nothing


@dataclass(frozen=True)
class Row:
    title: str
    href: str
    note: str = ""
    cells: tuple[str, ...] = ()
    badge: web.Badge | None = None


@dataclass(frozen=True)
class Found:
    """What one part of the house found."""

    title: str
    heads: str
    rows: list[Row] = field(default_factory=list)

    @property
    def more(self) -> str:
        return "+" if len(self.rows) >= MOST else ""


@dataclass(frozen=True)
class SearchPage:
    q: str
    found: list[Found]


@web.page()
def search(request: HttpRequest) -> HttpResponseBase:
    q, who = request.GET.get("q", "").replace("\0", "").strip()[:200], web.actor(request)
    parts = [_cases(who, q), _orders(who, q), _areas(who, q), _accounts(who, q)] if q else []
    return web.show(request, SearchPage(q, [part for part in parts if part.rows]), "cockpit/search.html")


def _cases(who: web.Actor, q: str) -> Found:
    cases = hotline.worded(hotline.board(who), q).order_by("-id")[:MOST] if len(q) >= SHORTEST else ()
    rows = [
        Row(
            case.number or str(case.pk),
            reverse("hotline:case", args=[case.pk]),
            case.category.name,
            (str(case.unit), case.owner.name),
            web.Badge("info", CASE_STATES[CaseState(case.state)]),
        )
        for case in cases
    ]
    return Found(_("诉求"), _("诉求,供电所,负责人,状态"), rows)


def _orders(who: web.Actor, q: str) -> Found:
    named = Q(number__icontains=q) | Q(area__code=q)
    orders = workorders.board(who).filter(named).order_by("-id")[:MOST] if len(q) >= SHORTEST else ()
    rows = [
        Row(
            order.number or str(order.pk),
            reverse("workorders:detail", args=[order.pk]),
            str(order.area or ""),
            (str(order.unit), order.owner.name if order.owner else ""),
            web.Badge("info", STATE_LABELS[State(order.state)]),
        )
        for order in orders
    ]
    return Found(_("工单"), _("工单,供电所,责任人,状态"), rows)


def _areas(who: web.Actor, q: str) -> Found:
    rows = [
        Row(line.name, reverse("curves:area", args=[line.id]), line.code, (line.unit, line.manager))
        for line in network.search_areas(who, q, MOST)
    ]
    return Found(_("台区"), _("台区,供电所,台区经理,"), rows)


def _accounts(who: web.Actor, q: str) -> Found:
    rows = [
        Row(
            card.name,
            reverse("customers:account", args=[card.id]),
            card.code,
            (card.place, card.area),
            web.Badge("soon", "、".join(card.priorities)) if card.priorities else None,
        )
        for card in customers.find(who, q, MOST)
    ]
    return Found(_("客户"), _("客户,地址,台区,重点"), rows)
