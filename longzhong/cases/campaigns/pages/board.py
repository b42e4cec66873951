"""专项整治: which run, against which baseline, and whether their measures are done."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.pages.words import state_badge
from longzhong.cases.campaigns.rules import OFFICE, READERS, STATE_LABELS
from longzhong.kit import web


@dataclass(frozen=True)
class BoardPage:
    table: web.Listing
    may_plan: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    table = web.listing(
        request, selectors.board(who), COLUMNS, FILTERS, title=_("专项整治"), sort="-starts",
        href=lambda row: reverse("campaigns:detail", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(table, who.has(*OFFICE)), "campaigns/board.html")


COLUMNS = (
    web.Column("title", "名称", "title", note=lambda row: row.aim[:60]),
    web.Column("unit", "范围", lambda row: row.unit.short_name or row.unit.name),
    web.Column("starts", "开始", "starts_on", "day", "starts_on"),
    web.Column("ends", "结束", "ends_on", "day", "ends_on"),
    web.Column("base", "基线件数", "base_total", "number"),
    web.Column("target", "目标下降", lambda row: f"{row.target_pct} %"),
    web.Column("measures", "措施", lambda row: f"{row.finished} / {row.planned}"),
    web.Column("state", "状态", state_badge, "badge", "state"),
)
FILTERS = (
    web.Filter(
        "state",
        "状态",
        lambda rows, state: rows.filter(state=state),
        choices=[(k.value, v) for k, v in STATE_LABELS.items()],
    ),
    web.Filter("title", "名称", lambda rows, text: rows.filter(title__icontains=text), "text"),
)
