"""One order on the phone: where, what, until when, and the one next step."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.selectors import FieldCard
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.rules import CALLS, CAUSES, GROUNDS, MEASURED, SERVICES, SIDES, WAYS, Kind
from longzhong.dispatch.workorders.selectors import OrderCard
from longzhong.kit import clock, web
from longzhong.surfaces.field.pages.home import ROLES, FieldLine, line
from longzhong.surfaces.field.pages.steps import StepCard, answers, next_steps

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Lists:
    """What one chooses from on this order."""

    causes: Choices
    measured: Choices
    sides: Choices
    services: Choices
    grounds: Choices
    ways: Choices
    hours: Choices


@dataclass(frozen=True)
class OrderPage:
    order_id: int
    line: FieldLine
    next_clock: ClockCard | None
    case: FieldCard | None
    facts: list[web.Fact]
    returned: str
    returned_title: str
    idle: str
    step: StepCard | None
    others: list[StepCard]
    answers: list[StepCard]
    lists: Lists
    entries: list[web.Entry]
    full: str


@web.page(*ROLES)
def order(request: HttpRequest, order_id: int) -> HttpResponseBase:
    return web.show(request, order_page(web.actor(request), order_id, clock.now()), "field/order.html")


def order_page(who: web.Actor, order_id: int, now: datetime) -> OrderPage:
    """What the phone shows of one order."""
    card = selectors.order_card(who, order_id, now)
    calls = Kind(card.order.kind) in CALLS
    steps = next_steps(card)
    entries = matters.timeline(selectors.label(order_id), cards=card.steps)
    return OrderPage(
        order_id=order_id, line=line(card.order), next_clock=card.next_clock,
        case=hotline.field_card(who, card.order.cause), facts=_facts(card), returned=_returned(card),
        returned_title=_("客户反映还没办好") if calls else _("曲线显示还没修好"),
        idle=_("客户回访后有结果，会在这里显示。") if calls else _("完成后由之后几天的曲线验证，有结果会在这里显示。"),
        step=steps[0] if steps else None, others=steps[1:], answers=answers(card, who.staff_id), lists=_lists(card),
        entries=[replace(entry, proof="") for entry in entries[:20]],
        full=reverse("workorders:detail", args=[order_id]),
    )  # fmt: skip


def _returned(card: OrderCard) -> str:
    """Why an order came back: what the curves showed, or what the customer said."""
    back = next((step for step in card.steps if step.verb == "send_back"), None)
    if back is None:
        return ""
    told = [selectors.proof_words(back.data.get("evidence", {})), str(back.words.get("reason", ""))]
    return "；".join(filter(None, told)) or _("请看下面的经过。")


def _facts(card: OrderCard) -> list[web.Fact]:
    order = card.order
    rows = (
        (_("预计恢复供电"), order.expected_at),
        (_("故障位置"), order.fault_place),
        (_("产权归属"), SIDES.get(order.side, "")),
        (_("服务方式"), SERVICES.get(order.service, "")),
    )
    return [web.Fact(label, value) for label, value in rows if value]


def _lists(card: OrderCard) -> Lists:
    return Lists(
        causes=list(CAUSES[Kind(card.order.kind)].items()),
        measured=[(key, f"{row[0]} {row[1]}") for key, row in MEASURED.items()], sides=list(SIDES.items()),
        services=list(SERVICES.items()), grounds=list(GROUNDS.items()), ways=list(WAYS.items()),
        hours=[("60", _("1 小时")), ("120", _("2 小时")), ("240", _("4 小时"))],
    )  # fmt: skip
