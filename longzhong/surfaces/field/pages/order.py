"""One order on the phone: where, what, until when, and the one next step."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.rules import CAUSES, MEASURED, Kind
from longzhong.kit import clock, web
from longzhong.surfaces.field.pages.home import ROLES, FieldLine, line

STEPS = ("take", "accept", "arrive", "finish")
ASKS = {
    "take": "领取后由您负责到底，原有时限不变。",
    "accept": "接单后请尽快到场；时限不会因接单重新计算。",
    "arrive": "到台区后再按，系统记录此刻位置，只用于证明到场。",
    "finish": "填清原因和处理情况，拍现场照片；修没修好由之后几天的曲线证明。",
}


@dataclass(frozen=True)
class StepCard:
    """The form of one step: where it goes with and without script."""

    verb: str
    label: str
    ask: str
    api: str
    action: str


@dataclass(frozen=True)
class OrderPage:
    order_id: int
    line: FieldLine
    next_clock: ClockCard | None
    returned: str
    step: StepCard | None
    answers: list[StepCard]
    causes: list[tuple[str, str]]
    measured: list[tuple[str, str]]
    entries: list[web.Entry]
    full: str


@web.page(*ROLES)
def order(request: HttpRequest, order_id: int) -> HttpResponseBase:
    return web.show(request, order_page(web.actor(request), order_id, clock.now()), "field/order.html")


def order_page(who: web.Actor, order_id: int, now: datetime) -> OrderPage:
    """What the phone shows of one order."""
    card = selectors.order_card(who, order_id, now)
    moves = {row.verb: row.label for row in card.moves}
    verb = next((verb for verb in STEPS if verb in moves), "")
    offered = card.offer is not None and card.offer.to_id == who.staff_id
    answers = (("accept_offer", _("同意接手")), ("decline_offer", _("谢绝"))) if offered else ()
    entries = matters.timeline(selectors.label(order_id), cards=card.steps)
    return OrderPage(
        order_id=order_id, line=line(card.order), next_clock=card.next_clock,
        returned=selectors.proof_words(card.evidence) if card.evidence and card.order.times_returned else "",
        step=_step(order_id, verb, moves[verb]) if verb else None,
        answers=[_step(order_id, verb, label) for verb, label in answers],
        causes=list(CAUSES[Kind(card.order.kind)].items()),
        measured=[(key, f"{row[0]} {row[1]}") for key, row in MEASURED.items()],
        entries=[replace(entry, proof="") for entry in entries[:20]],
        full=reverse("workorders:detail", args=[order_id]),
    )  # fmt: skip


def _step(order_id: int, verb: str, label: str) -> StepCard:
    api = reverse("api-1:workorders_step", args=[order_id, verb])
    action = reverse("workorders:move", args=[order_id, verb])
    return StepCard(verb, label, ASKS.get(verb, ""), api, action)
