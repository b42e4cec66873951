"""我的诉求: what one answers for, what one is offered, what nobody has taken on yet."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.pages.board import case_url
from longzhong.cases.hotline.pages.words import WHO, due_words, state_badge, type_words, urgency_badge
from longzhong.kit import web


@dataclass(frozen=True)
class MinePage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*WHO)
def mine(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    tab = request.GET.get("tab", "mine")
    table = web.listing(request, selectors.mine(who, tab), COLUMNS, title=_("我的诉求"), href=case_url)
    return web.show(request, MinePage(_tabs(selectors.mine_counts(who), tab), table), "hotline/mine.html")


def _tabs(counts: selectors.MineCounts, active: str) -> list[web.Tab]:
    rows = (("mine", _("我负责的"), counts.mine), ("offered", _("待我接手"), counts.offered),
            ("free", _("可认领"), counts.free), ("asked", _("我首问的"), counts.asked))  # fmt: skip
    return [web.Tab(label, f"?tab={key}", number, key == active) for key, label, number in rows]


COLUMNS = (
    web.Column("number", "诉求单", "number", "code", "id"),
    web.Column("category", "诉求内容", "category.name", note="content"),
    web.Column("type", "类型", type_words, phone=False),
    web.Column("urgency", "紧急程度", urgency_badge, "badge", "urgency"),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("due", "最近时限", "due_at", "countdown", "due_at", note=due_words),
    web.Column("owner", "负责人", "owner.name", sort="owner__name", note="unit.short_name"),
)
