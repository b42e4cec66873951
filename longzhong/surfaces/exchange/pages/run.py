"""One import: how its file was understood, its progress, its result."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Fact, Stage
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.pages.runs import SOURCES, state_badge
from longzhong.surfaces.exchange.rules.runs import HANDS, RunState
from longzhong.surfaces.exchange.selectors import Preview, RefusedLine, RunCard

SHOWN_REFUSALS, SHOWN_IN_TRIAL = 50, 10
UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)
PHASES = {"trial": "正在试算，不写入任何数据", "read": "正在读文件", "import": "正在写入", "": "正在排队"}


@dataclass(frozen=True)
class RunPage:
    """What the templates of a run may use."""

    run: RunCard
    badge: web.Badge
    stages: list[Stage]
    facts: list[Fact]
    preview: Preview | None
    refusals: list[RefusedLine]
    under_way: bool
    stuck_possible: bool
    done: bool
    failed: bool
    percent: int
    doing: str
    source: str
    back: str
    back_label: str


@web.page(*HANDS)
def run_page(request: HttpRequest, run_id: int) -> HttpResponseBase:
    return web.show(request, _page(request, run_id), "exchange/run.html")


@web.page(*HANDS)
def progress_part(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """The progress alone, asked for every two seconds; when the work is over, the whole page is loaded."""
    page = _page(request, run_id)
    if not page.under_way:
        return HttpResponseClientRefresh()
    return web.fragment(request, page, "exchange/_progress.html")


@web.page(*HANDS)
def columns_step(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """POST: keep the chosen sheet and columns, then look again, try without writing, or import."""
    who, at, back = web.actor(request), clock.now(), reverse("exchange:run", args=[run_id])
    services.choose_columns(run_id=run_id, sheet=request.POST.get("sheet", ""), chosen=_chosen(request), by=who, at=at)
    verb = request.POST.get("verb", "look")
    if verb in ("trial", "import"):
        services.queue_run(run_id=run_id, trial=verb == "trial", by=who, at=at)
    return redirect(back)


@web.page(*HANDS)
def start_again(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """POST: an import whose worker is gone goes on where it stopped."""
    return web.act(
        request,
        lambda: services.queue_run(run_id=run_id, trial=False, by=web.actor(request), at=clock.now()),
        done=_("已重新排队；已写入的行不会重复"),
        back=reverse("exchange:run", args=[run_id]),
    )


@web.page(*HANDS)
def refused_workbook(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """The refused rows with their reasons; the journal keeps who took them."""
    path = services.refused_file(run_id=run_id, by=web.actor(request), at=clock.now())
    return FileResponse(path.open("rb"), as_attachment=True, filename=_("拒收清单-%(id)s.xlsx") % {"id": run_id})


def _page(request: HttpRequest, run_id: int) -> RunPage:
    who = web.actor(request)
    run = selectors.run_card(who, run_id)
    if run is None:
        raise Refused("not_found", _("没有这次导入，或不在您的管辖范围内。"))
    waiting, under_way = run.state == RunState.READY, run.state in UNDER_WAY
    return RunPage(
        run=run,
        badge=state_badge(run),
        stages=_stages(run),
        facts=_facts(run),
        preview=selectors.preview_of(who, run_id) if waiting else None,
        refusals=[]
        if under_way
        else list(selectors.refused_rows(run_id, SHOWN_IN_TRIAL if waiting else SHOWN_REFUSALS)),
        under_way=under_way,
        stuck_possible=run.state == RunState.RUNNING,
        done=run.state == RunState.DONE,
        failed=run.state == RunState.FAILED,
        percent=round(100 * run.share),
        doing=_(PHASES.get(run.phase, PHASES[""])),
        source=str(SOURCES.get(run.source, run.source)),
        back=back_of(run.about) if run.about else reverse("exchange:runs"),
        back_label=_("拆迁项目") if run.about else _("数据导入"),
    )


def back_of(label: str) -> str:
    """The page of the matter on which the file was brought."""
    noun, number = noun_of(label)
    return noun.url(number)


def _stages(run: RunCard) -> list[Stage]:
    """上传 → 核对 → 导入 → 结果."""
    at = {RunState.READY: 1, RunState.QUEUED: 2, RunState.RUNNING: 2, RunState.DONE: 4, RunState.FAILED: 2}[run.state]
    labels = (_("上传文件"), _("核对列并试算"), _("导入"), _("结果"))
    states: list[Any] = ["done" if place < at else "now" if place == at else "todo" for place in range(4)]
    if run.state == RunState.FAILED:
        states[2] = "bad"
    return [Stage(label, state) for label, state in zip(labels, states, strict=True)]


def _facts(run: RunCard) -> list[Fact]:
    found = run.layout
    facts = [
        Fact(_("内容"), run.title),
        Fact(_("文件"), run.file_name),
        Fact(_("何人"), run.by_name),
        Fact(_("何时"), run.at),
    ]
    if found and run.state != RunState.READY:
        facts.append(Fact(_("编码"), str(found.get("encoding", "")).upper() or _("无需编码")))
        facts.append(Fact(_("表头所在行"), found.get("header_row", "")))
    return facts


def _chosen(request: HttpRequest) -> dict[str, list[int]]:
    """`role.code=3` → {"code": [3]}; an empty choice leaves the role out, doubled columns come several times."""
    chosen = {}
    for key in request.POST:
        values = [int(value) for value in request.POST.getlist(key) if value.isdecimal()]
        if key.startswith("role.") and values:
            chosen[key.removeprefix("role.")] = values
    return chosen
