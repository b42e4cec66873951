"""停电计划排程: what is planned, in time order: notice, customer-hours, who again, what could be one outage."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.pages.words import reason_words, state_badge
from longzhong.sensing.outages.rules import KIND_LABELS, PLANNERS, PLANS, READERS, Kind
from longzhong.sensing.outages.selectors import PlanLine


@dataclass(frozen=True)
class PlansPage:
    tiles: list[web.Tile]
    table: web.Listing
    may_plan: bool


@web.page(*READERS)
def plans(request: HttpRequest) -> HttpResponseBase:
    """Plans that haven't begun, the next first."""
    who, now = web.actor(request), clock.now()
    table = web.listing(
        request, selectors.plan_rows(who), COLUMNS, FILTERS, title=_("停电计划"), dress=lambda rows: _dressed(rows, now),
        href=lambda line: reverse("outages:detail", args=[line.outage.pk]),
    )  # fmt: skip
    sums = selectors.plan_sums(who)
    tiles = [
        web.Tile(_("待执行计划"), sums.plans, _("次")),
        web.Tile(_("待批豁免"), sums.asked, _("次"), tone="soon" if sums.asked else ""),
        web.Tile(_("计划停电时户数"), sums.hours, _("时户"), note=_("户数×小时，越少越好")),
        web.Tile(_("涉及重要客户"), sums.important, _("户")),
    ]  # fmt: skip
    return web.show(request, PlansPage(tiles, table, who.has(*PLANNERS)), "outages/plans.html")


def _dressed(rows: list[selectors.Outage], now: datetime) -> list[PlanLine]:
    return selectors.plan_lines(rows, now)


def _gate(line: PlanLine) -> web.Badge:
    if line.is_exempt:
        return web.Badge("soon", _("豁免公告"))
    return web.Badge("good", _("提前 %s 天") % line.ahead_d)


def _again(line: PlanLine) -> str:
    return _("%(areas)s 个台区，最多 %(most)s 次") % {"areas": line.again, "most": line.most} if line.again else "–"


def _kind(line: PlanLine) -> str:
    return KIND_LABELS[Kind(line.outage.kind)]


def _ends(line: PlanLine) -> str:
    ends = line.outage.planned_end
    return _("到 %s") % ends.astimezone(clock.CST).strftime("%Y-%m-%d %H:%M") if ends else ""


COLUMNS = (
    web.Column("number", "编号", "outage.number", "code", "id", note="outage.unit.short_name"),
    web.Column("title", "停电设备", "outage.title", note=lambda line: reason_words(line.outage)),
    web.Column("state", "状态", lambda line: state_badge(line.outage), "badge", "state", note=_kind),
    web.Column("starts", "计划停电", "outage.planned_start", "moment", "planned_start", note=_ends),
    web.Column("gate", "公告", _gate, "badge"),
    web.Column("accounts", "影响户数", "outage.accounts", "number", "accounts"),
    web.Column("hours", "时户数", "hours", "number", decimals=1),
    web.Column("again", "重复停电", _again),
    web.Column("near", "可合并", "mergeable", "number"),
)  # fmt: skip
FILTERS = (
    web.Filter("kind", "类型", lambda rows, kind: rows.filter(kind=kind), choices=[(k.value, KIND_LABELS[k]) for k in PLANS]),
    web.Filter("asked", "只看待批豁免", lambda rows, _on: rows.filter(state="asked"), "switch"),
    web.Filter("important", "涉及重要客户", lambda rows, _on: rows.filter(important__gt=0), "switch"),
    web.Filter("q", "线路或台区", lambda rows, text: rows.filter(title__icontains=text), "text"),
)  # fmt: skip
