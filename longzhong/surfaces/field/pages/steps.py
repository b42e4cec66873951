"""The forms of an order's next steps on the phone: the one that comes next, and the others folded below it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.dispatch.workorders.rules import CALLS, TRIAGES, Kind, State
from longzhong.dispatch.workorders.selectors import OrderCard, WorkOrder

ORDER = (
    "take",
    "accept",
    "arrive",
    "contact",
    "answer_up",
    "finish",
    "diagnose",
    "report_up",
    "decline",
)
SOONER = {State.ARRIVED: "diagnose"}  # who has just arrived says first what is broken and until when
TAKEN = gettext_lazy("领取后由您负责到底，原有时限不变。")
ASKS = {
    "take": TAKEN,
    "accept": gettext_lazy("接单后请尽快到场；时限不会因接单重新计算。"),
    "arrive": gettext_lazy("到台区后再按，系统记录此刻位置，只用于证明到场。"),
    "finish": gettext_lazy("填清原因和处理情况，拍现场照片；修没修好由之后几天的曲线证明。"),
}
CALLERS_ASKS = {
    "take": TAKEN,
    "accept": gettext_lazy("接单后请尽快联系客户；办不了的写清理由退单。"),
    "decline": gettext_lazy("退单后回到待派，时限继续计时。"),
    "arrive": gettext_lazy("到现场后再按，系统记录此刻位置，只用于证明到场。"),
    "diagnose": gettext_lazy("坐席按您填的时间答复客户；情况有变可以再填一次。"),
    "contact": gettext_lazy("打完电话再按；没有联系上请写明原因。"),
    "report_up": gettext_lazy("办不了也解释不了的上报；供电所或专业部门答复后，由您再联系客户。"),
    "answer_up": gettext_lazy("答复后回到承办人，由承办人答复客户。"),
    "finish": gettext_lazy("办完再按；客户回访满意后归档，不满意会退回。"),
}


@dataclass(frozen=True)
class StepCard:
    """The form of one step: what it needs, and where it goes with and without script; `buttons` are the ways to press it."""

    verb: str
    label: str
    ask: str
    api: str
    action: str
    needs: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()


def next_steps(card: OrderCard) -> list[StepCard]:
    """What the actor may do on the phone now, what comes next first."""
    order, rows = card.order, {row.verb: row for row in card.moves}
    first = SOONER.get(State(order.state), "")
    verbs = sorted(rows.keys() & set(ORDER), key=lambda verb: (verb != first, ORDER.index(verb)))
    asks = CALLERS_ASKS if Kind(order.kind) in CALLS else ASKS
    return [step_card(order, verb, rows[verb].label, str(asks.get(verb, "")), needs=rows[verb].needs) for verb in verbs]


def answers(card: OrderCard, staff_id: int | None) -> list[StepCard]:
    """Yes or no to an offer of somebody's order."""
    if card.offer is None or card.offer.to_id != staff_id:
        return []
    rows = (("accept_offer", _("同意接手")), ("decline_offer", _("谢绝")))
    return [step_card(card.order, verb, label) for verb, label in rows]


def step_card(order: WorkOrder, verb: str, label: str, ask: str = "", needs: tuple[str, ...] = ()) -> StepCard:
    """One step's form; a matter of service ends with a button for each way of the answer (三分流答复, S0-10)."""
    ways = ("report_up",) if order.triage == "report_up" else ("serve", "explain")
    buttons = tuple((way, TRIAGES[way]) for way in ways) if "triage" in needs else ()
    return StepCard(
        verb, label, ask, reverse("api-1:workorders_step", args=[order.pk, verb]),
        reverse("workorders:move", args=[order.pk, verb]), needs, buttons,
    )  # fmt: skip
