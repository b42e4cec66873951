"""工单详情: number, state, owner, the next deadline and why; facts left, timeline right; next moves from the machine's table."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import moment_words, noun_of
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.pages.forms import StepForm, form_for, needs_of
from longzhong.dispatch.workorders.pages.words import (
    READERS,
    alarm_badge,
    kind_words,
    owner_words,
    priority_badge,
    state_badge,
)
from longzhong.dispatch.workorders.rules import CAUSES, DECIDERS, HANDS, SERVICES, SIDES, TRIAGES, Kind, State
from longzhong.dispatch.workorders.selectors import MilestoneLine, OrderCard
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused

MAIN = ("take", "accept", "arrive", "contact", "finish", "assign", "answer_up", "decide_verified")
HARSH = ("cancel", "decide_return", "decline")
ASKS = {
    "take": "领取后由您负责到底，原有时限不变。",
    "accept": "接单后由您负责，其余时限继续计时。",
    "decline": "退单后回到待派，时限继续计时；请写清理由，便于改派。",
    "diagnose": "坐席会据此答复客户；情况有变可再次登记。",
    "report_up": "自己办不了也解释不了的，上报供电所或专业部门；答复后由您再联系客户。",
    "answer_up": "答复后回到承办人，由承办人答复客户。",
}


@dataclass(frozen=True)
class DetailPage:
    order: WorkOrder
    title: str
    state: web.Badge
    priority: web.Badge
    alarm: web.Badge | str
    next_clock: ClockCard | None
    stages: list[web.Stage]
    facts: list[web.Fact]
    clocks: tuple[ClockCard, ...]
    milestones: tuple[MilestoneLine, ...]
    progress: tuple[int, int]
    pictures: list[str]
    proof: str
    offer: str
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    more: list[web.MoveForm]
    opened_form: str


@web.page(*READERS)
def detail(request: HttpRequest, order_id: int) -> HttpResponseBase:
    page = detail_page(web.actor(request), order_id, clock.now())
    return web.show(request, page, "workorders/detail.html")


def detail_page(who: web.Actor, order_id: int, now: datetime, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.order_card(who, order_id, now)
    order = card.order
    entries = matters.timeline(selectors.label(order.pk), cards=card.steps)
    return DetailPage(
        order=order, title=str(order.area or order.number), state=state_badge(order), priority=priority_badge(order),
        alarm=alarm_badge(order), next_clock=card.next_clock,
        stages=[web.Stage(stage.label, stage.state) for stage in selectors.road(order)],  # type: ignore[arg-type]
        facts=_facts(card, who), clocks=card.clocks, milestones=card.milestones, progress=card.progress,
        pictures=[source for entry in entries for source in entry.pictures],
        proof=selectors.proof_words(card.evidence) if card.evidence else "", offer=_offer(card), timeline=entries,
        moves=[_move(row.verb, row.label, order, form) for row in card.moves],
        more=[_move(verb, label, order, form) for verb, label in _more(card, who)], opened_form=form[0] if form else "",
    )  # fmt: skip


def _facts(card: OrderCard, who: web.Actor) -> list[web.Fact]:
    order = card.order
    area = reverse("curves:area", args=[order.area_id]) if order.area_id else ""
    found = CAUSES[Kind(order.kind)].get(order.cause_found, order.cause_found)
    return [
        web.Fact(_("工单号"), order.number),
        web.Fact(
            _("事由"), kind_words(order), _cause_url(order, who), _("持续低电压，限时整改") if order.persistent else ""
        ),
        web.Fact(_("台区"), str(order.area or _("未定位到台区")), area, _("查看修前修后曲线") if area else ""),
        web.Fact(_("责任单位"), str(order.unit)),
        web.Fact(_("网格"), str(order.grid or _("未划分网格"))),
        web.Fact(_("负责人"), owner_words(order)),
        web.Fact(_("派单时间"), order.opened_at),
        web.Fact(_("完成时间"), order.finished_at or _("未完成")),
        *_callers_facts(order),
        *([web.Fact(_("系统估计恢复"), card.outlook.words, note=card.outlook.why)] if card.outlook else []),
        *([web.Fact(_("查明原因"), found or _("未填写"))] if CAUSES[Kind(order.kind)] else []),
        web.Fact(_("退回次数"), order.times_returned),
    ]


def _callers_facts(order: WorkOrder) -> list[web.Fact]:
    """What a repair or a matter of service knows so far."""
    rows = (
        (_("预计恢复供电"), order.expected_at),
        (_("故障位置"), order.fault_place),
        (_("产权归属"), SIDES.get(order.side, "")),
        (_("服务方式"), SERVICES.get(order.service, "")),
        (_("恢复送电"), order.restored_at),
        (_("办理方式"), TRIAGES.get(order.triage, "")),
    )
    return [web.Fact(label, value) for label, value in rows if value]


def _cause_url(order: WorkOrder, who: web.Actor) -> str:
    """Where it came from, for those to whom that page is open."""
    try:
        noun, number = noun_of(order.cause)
    except Refused:
        return ""
    return noun.url(number) if noun.door(who, number) else ""


def _offer(card: OrderCard) -> str:
    if card.offer is None:
        return ""
    offer = card.offer
    return _("%(from)s 于 %(at)s 提出交给 %(to)s，等待对方确认；确认前仍由原负责人负责。") % {
        "from": offer.from_name, "to": offer.to_name, "at": moment_words(offer.offered_at)
    }  # fmt: skip


def _more(card: OrderCard, who: web.Actor) -> list[tuple[str, str]]:
    """Steps beside the machine: hand-over, pauses, priority, milestones."""
    order = card.order
    heads, paused = selectors.may(who, DECIDERS, order), any(clock.state == "paused" for clock in card.clocks)
    offered = card.offer is not None and card.offer.to_id == who.staff_id
    project = order.state == State.PROJECT and (heads or selectors.may(who, HANDS, order))
    rows = (
        (offered, "accept_offer", _("同意接手")),
        (offered, "decline_offer", _("谢绝接手")),
        (card.is_live and card.offer is None and (card.is_mine or heads), "offer", _("交接给同事")),
        (project, "reach_milestone", _("完成里程碑")),
        (project and heads, "move_milestone", _("里程碑改期")),
        (card.is_live and heads, "priority", _("调整紧急程度")),
        (card.is_live and not paused and (heads or card.is_mine), "pause", _("挂起时限")),
        (paused and (heads or card.is_mine), "resume", _("恢复计时")),
    )
    return [(verb, label) for open_to, verb, label in rows if open_to]


def _move(verb: str, label: str, order: WorkOrder, form: tuple[str, StepForm] | None) -> web.MoveForm:
    own = form[1] if form and form[0] == verb else form_for(verb, order) if needs_of(verb, order) else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("workorders:move", args=[order.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
