"""一个拆迁项目: progress whose every number opens its list, the households, the import; and the households of one's own cells."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.pages.forms import HouseholdForm, ReasonForm
from longzhong.cases.closures.pages.words import HOUSE_SHORT, house_badge, marks, next_badge, work_badge
from longzhong.cases.closures.rules import (
    HOUSE_DONE,
    HOUSE_LABELS,
    HOUSE_LIVE,
    IMPORTERS,
    KEEPERS,
    READERS,
    House,
    Work,
)
from longzhong.cases.closures.selectors import Household, HouseLine, Progress, Project, ProjectCard
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused

ASKS = {"finish": "结束后名单不能再加户；还有户在办理销户时不能结束。", "reopen": "重新打开后可以继续列入拆迁户。"}


@dataclass(frozen=True)
class ProjectPage:
    row: Project
    state: web.Badge
    tiles: list[web.Tile]
    progress: Progress
    facts: list[web.Fact]
    table: web.Listing
    tabs: list[web.Tab]
    moves: list[web.MoveForm]
    panels: list[Panel]
    timeline: list[web.Entry]


@dataclass(frozen=True)
class MinePage:
    tabs: list[web.Tab]
    table: web.Listing


@web.page(*READERS)
def project(request: HttpRequest, project_id: int) -> HttpResponseBase:
    who, asked = web.actor(request), request.GET.get("state", "all")
    card, progress = selectors.project_card(who, project_id), selectors.progress_of(who, project_id, clock.today())
    rows = selectors.household_rows(who, clock.today(), project_id)
    page = ProjectPage(
        row=card.row, state=work_badge(card.row), tiles=_tiles(progress), progress=progress, facts=_facts(card, progress),
        table=_table(request, who, _narrowed(rows, asked)),
        tabs=_tabs(progress, asked), moves=_moves(who, card), panels=panels_of(selectors.PROJECT_NOUN, project_id, who),
        timeline=matters.timeline(selectors.project_label(project_id), cards=card.steps),
    )  # fmt: skip
    return web.show(request, page, "closures/project.html")


@web.page(*READERS)
def mine(request: HttpRequest) -> HttpResponseBase:
    """我的拆迁户: whom to visit next, of every open project in one's cells."""
    who, asked = web.actor(request), request.GET.get("state", "todo")
    rows = selectors.household_rows(who, clock.today())
    tabs = [
        web.Tab(_("待办"), "?state=todo", rows.filter(state__in=HOUSE_LIVE).count(), asked == "todo"),
        web.Tab(_("今天该去"), "?state=due", selectors.due_households(rows, clock.today()).count(), asked == "due"),
        web.Tab(_("拒绝办理"), "?state=refused", None, asked == "refused"),
        web.Tab(_("全部"), "?state=all", None, asked == "all"),
    ]
    table = _table(request, who, _narrowed(rows, asked))
    return web.show(request, MinePage(tabs, table), "closures/mine.html")


@require_POST
@web.page(*KEEPERS)
def project_move(request: HttpRequest, project_id: int, verb: str) -> HttpResponseBase:
    form, who, key = ReasonForm(request.POST), web.actor(request), request.POST.get("client_key", "")
    if not form.is_valid():
        raise Refused("words_missing", _("请写明情况和理由；什么都没有改动。"))
    services.step_project(project_id=project_id, verb=verb, given=form.given(), key=key, by=who, at=clock.now())
    messages.success(request, _("已登记。"))
    return redirect("closures:project", project_id)


@require_POST
@web.page(*KEEPERS)
def household_add(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """Households by hand: pasted 户号, one a line."""
    form, who, key = HouseholdForm(request.POST), web.actor(request), request.POST.get("client_key", "")
    if not form.is_valid():
        raise Refused("account_unknown", _("请填写户号，每行一个；什么都没有改动。"))
    new, there, lost = services.add_households_once(
        project_id=project_id, accounts=form.codes(), key=key, by=who, at=clock.now()
    )
    messages.success(request, _("新列入 %(new)s 户，原已在名单 %(there)s 户。") % {"new": new, "there": there})
    if lost:
        messages.warning(request, lost)
    return redirect("closures:project", project_id)


def _narrowed(rows: QuerySet[Household], asked: str) -> QuerySet[Household]:
    if asked == "todo":
        return rows.filter(state__in=HOUSE_LIVE)
    if asked == "due":
        return selectors.due_households(rows, clock.today())
    if asked == "done":
        return rows.filter(state__in=HOUSE_DONE)
    return rows.filter(state=asked) if asked in set(House) else rows


def _table(request: HttpRequest, who: web.Actor, rows: QuerySet[Household]) -> web.Listing:
    day = clock.today()
    return web.listing(
        request, rows, COLUMNS, FILTERS, title=_("拆迁户"), sort="next",
        href=lambda line: reverse("closures:household", args=[line.row.pk]),
        dress=lambda found: selectors.household_lines(who, found, day),
    )  # fmt: skip


def _tiles(progress: Progress) -> list[web.Tile]:
    """How far it is, and what waits for somebody; the states stand in the tabs below."""
    share = round(100 * progress.share, 1) if progress.share is not None else None
    whole = _("%(done)s / %(total)s 户") % {"done": progress.done, "total": progress.total}
    counted = (
        ("due", _("今天该去"), progress.due, "late"), ("listed", HOUSE_LABELS[House.LISTED], progress.of(House.LISTED), "soon"),
        ("refused", HOUSE_LABELS[House.REFUSED], progress.of(House.REFUSED), "soon"), ("done", _("已办结"), progress.done, "good"),
    )  # fmt: skip
    rows = [
        web.Tile(label, number, _("户"), f"?state={state}", tone=tone if number else "")
        for state, label, number, tone in counted
    ]
    unit, note = ("%", whole) if progress.total else ("", _("还没有名单"))
    return [web.Tile(_("办结进度"), share, unit, "?state=all", note=note), *rows]


def _tabs(progress: Progress, asked: str) -> list[web.Tab]:
    tabs = [
        web.Tab(_("全部"), "?state=all", sum(progress.by.values()), asked == "all"),
        web.Tab(_("待办"), "?state=todo", sum(progress.of(state) for state in HOUSE_LIVE), asked == "todo"),
    ]
    return [
        *tabs,
        *(
            web.Tab(str(words), f"?state={state}", progress.of(state), asked == state)
            for state, words in HOUSE_SHORT.items()
        ),
    ]


def _facts(card: ProjectCard, progress: Progress) -> list[web.Fact]:
    row = card.row
    span = f"{row.from_on:%Y-%m-%d} — {row.to_on:%Y-%m-%d}" if row.to_on else _("%s 起") % f"{row.from_on:%Y-%m-%d}"
    return [
        web.Fact(_("项目编号"), row.number),
        web.Fact(_("单位"), row.unit.name),
        web.Fact(_("负责人"), row.responsible.name),
        web.Fact(_("起止"), span),
        web.Fact(_("拆迁面积"), f"{row.area_m2:,} ㎡" if row.area_m2 is not None else _("没有登记")),
        web.Fact(_("台区"), "、".join(row.area_codes) or _("没有登记")),
        web.Fact(_("小区、村"), "、".join(row.estates) or _("没有登记")),
        web.Fact(_("已拦截短信"), _("%(n)s 户") % {"n": progress.withheld}, note=_("因销户办理中、已拆迁、已销户不发")),
    ]


def _moves(who: web.Actor, card: ProjectCard) -> list[web.MoveForm]:
    row, found = card.row, []
    if row.state == Work.OPEN and selectors.may_project(who, IMPORTERS, row.unit_id):
        action = reverse("closures:household_add", args=[row.pk])
        found.append(web.MoveForm("add", _("加入户号"), action, form=HouseholdForm(auto_id="add_%s")))
    for one in card.moves:
        action = reverse("closures:project_move", args=[row.pk, one.verb])
        found.append(
            web.MoveForm(one.verb, one.label, action, form=ReasonForm(auto_id=f"{one.verb}_%s"), ask=ASKS[one.verb])
        )
    return found


def _next(line: HouseLine) -> web.Badge:
    return next_badge(line.row.next_on, clock.today(), is_live=line.row.state in HOUSE_LIVE)


COLUMNS = (
    web.Column("customer", "客户", "card.name", note="card.code"),
    web.Column("place", "地址", "card.place", sort=("account__estate", "account__building", "id"), note="card.area"),
    web.Column("phone", "联系电话", "card.phone"),
    web.Column("state", "状态", lambda line: house_badge(line.row), "badge", "state"),
    web.Column("next", "下次联系", _next, "badge", ("go_on", "account__estate", "account__building", "id")),
    web.Column("marks", "说明", lambda line: marks(line.row)),
    web.Column("account", "客户状态", "card.state_word", phone=False),
    web.Column("tries", "联系次数", "row.tries", "number", "tries", phone=False),
    web.Column("changed", "最近变化", "row.changed_at", "moment", "changed_at", phone=False),
)
FILTERS = (
    web.Filter("estate", "小区、村", lambda rows, text: rows.filter(account__estate__icontains=text), "text"),
    web.Filter("area", "台区编号", lambda rows, code: rows.filter(account__area__code=code.strip()), "text"),
    web.Filter("account", "户号", lambda rows, code: rows.filter(account__code=code.strip()), "text"),
    web.Filter(
        "marks", "说明", lambda rows, what: rows.filter(**{what: True}),
        choices=(("dedicated", "专变"), ("moved_away", "已搬离")),
    ),
)  # fmt: skip
