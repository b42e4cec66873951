"""二次告知: documents asked for beyond the handed list; whose fault, judged by somebody else."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.pages.forms import ReasonForm
from longzhong.cases.closures.pages.words import fault_badge, of_staff, short_paper
from longzhong.cases.closures.rules import FAULT_LABELS, JUDGES, KIND_LABELS, PAPERS, READERS, Fault, Kind
from longzhong.cases.closures.selectors import FaultCard, ToldAgain
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.register.org.selectors import UNIT_LABEL, of_unit

ASKS = {
    "confirm": "计入要材料的人和单位的一次性告知差错，时间线上留痕；客户已带来的材料照收。",
    "lift": "不计差错；请写明为什么首次告知时不可能知道。",
}


@dataclass(frozen=True)
class FaultsPage:
    tabs: list[web.Tab]
    table: web.Listing


@dataclass(frozen=True)
class FaultPage:
    row: ToldAgain
    title: str
    state: web.Badge
    facts: list[web.Fact]
    clocks: tuple[ClockCard, ...]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def faults(request: HttpRequest) -> HttpResponseBase:
    who, asked = web.actor(request), request.GET.get("state", Fault.RECORDED.value)
    rows, counts = selectors.faults(who), selectors.fault_counts(who)
    table = web.listing(
        request, rows.filter(state=asked) if asked in set(Fault) else rows, COLUMNS, FILTERS, title=_("二次告知"),
        sort="-at", href=lambda row: reverse("closures:fault", args=[row.pk]),
    )  # fmt: skip
    tabs = [
        web.Tab(words, f"?state={state}", counts.get(state, 0), asked == state) for state, words in FAULT_LABELS.items()
    ]
    tabs.append(web.Tab(_("全部"), "?state=all", sum(counts.values()), asked == "all"))
    return web.show(request, FaultsPage(tabs, table), "closures/faults.html")


@web.page(*READERS)
def fault(request: HttpRequest, fault_id: int) -> HttpResponseBase:
    who = web.actor(request)
    card = selectors.fault_card(who, fault_id, clock.now())
    row = card.row
    moves = [
        web.MoveForm(
            one.verb, one.label, reverse("closures:judge", args=[row.pk, one.verb]),
            form=ReasonForm(auto_id=f"{one.verb}_%s"), ask=ASKS[one.verb], tone="primary" if one.verb == "confirm" else "secondary",
        )
        for one in card.moves
    ]  # fmt: skip
    page = FaultPage(
        row, _("二次告知 · %(paper)s") % {"paper": short_paper(row.code)}, fault_badge(row), _facts(who, card), card.clocks,
        matters.timeline(selectors.fault_label(row.pk), cards=card.steps), moves,
    )  # fmt: skip
    return web.show(request, page, "closures/fault.html")


@require_POST
@web.page(*JUDGES)
def judge(request: HttpRequest, fault_id: int, verb: str) -> HttpResponseBase:
    form, key = ReasonForm(request.POST), request.POST.get("client_key", "")
    if not form.is_valid():
        raise Refused("words_missing", _("请写明核实的情况；什么都没有改动。"))
    services.judge_once(
        fault_id=fault_id, verb=verb, given=form.given(), key=key, by=web.actor(request), at=clock.now()
    )
    messages.success(request, _("核实结果已登记。"))
    return redirect("closures:fault", fault_id)


def _facts(who: web.Actor, card: FaultCard) -> list[web.Fact]:
    row, telling = card.row, card.row.telling
    facts = [
        web.Fact(_("补要的材料"), PAPERS.get(row.code, row.code)),
        web.Fact(_("业务"), KIND_LABELS[Kind(telling.kind)]),
        web.Fact(_("告知单"), telling.number, reverse("closures:list_print", args=[telling.pk, "pdf"])),
        web.Fact(_("告知时的清单"), "、".join(map(short_paper, telling.codes))),
        web.Fact(_("谁要的"), row.staff.name),
        web.Fact(_("登记人"), row.recorded_by.name),
        web.Fact(_("登记时间"), row.at),
    ]
    if telling.closure_id is not None:
        href = reverse("closures:detail", args=[telling.closure_id])
        facts.append(web.Fact(_("销户"), str(telling.closure), href))
    if telling.case is not None and hotline.is_visible(who, telling.case.pk):
        facts.append(web.Fact(_("诉求"), telling.case.number, reverse("hotline:case", args=[telling.case_id])))
    return facts


COLUMNS = (
    web.Column("paper", "补要的材料", lambda row: short_paper(row.code), sort="code"),
    web.Column("kind", "业务", lambda row: KIND_LABELS[Kind(row.telling.kind)], note="telling.number"),
    web.Column("staff", "谁要的", "staff.name", sort="staff__name"),
    web.Column("unit", "单位", "unit.name", sort="unit__name"),
    web.Column("at", "登记时间", "at", "moment", "at"),
    web.Column("state", "状态", fault_badge, "badge", "state"),
)
FILTERS = (
    web.Filter("staff", "谁要的", of_staff("staff"), "text"),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
)
