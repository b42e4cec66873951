"""What reliability hears: the prevention order took a step; and what others ask of its labels."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.reliability import selectors, services
from longzhong.assessment.reliability.rules import VERBS
from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.rules import FAULTS
from longzhong.kit.events import on

PLAN_WORDS = {"make": "编制方案", "change": "修改方案", "tick": "完成检查项", "end": "方案终止"}
ITEM_WORDS = {"give": "调整责任人", "finish": "完成"}

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=lambda watch_id: _("频繁停电预警 %(id)s") % {"id": watch_id},
    url=lambda watch_id: reverse("reliability:watch", args=[watch_id]),
    words=VERBS,
)
register_noun(
    selectors.PLAN_NOUN,
    door=selectors.is_plan_visible,
    title=lambda plan_id: _("保电方案 %(id)s") % {"id": plan_id},
    url=lambda plan_id: reverse("reliability:guarantee", args=[plan_id]),
    words=PLAN_WORDS,
)
register_noun(
    selectors.ITEM_NOUN,
    door=selectors.is_item_visible,
    title=lambda item_id: _("季节清单第 %(id)s 项") % {"id": item_id},
    url=lambda _item_id: reverse("reliability:seasons"),
    words=ITEM_WORDS,
)


register_panel("alerts.board", selectors.frequent_panel)


@on(OrderMoved, when=lambda fact: fact.kind in FAULTS)
def follow_order(fact: OrderMoved) -> None:
    services.follow_order(order_id=fact.order_id, by=selectors.WATCH, at=fact.at)
