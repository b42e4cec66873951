"""Past imports, and the start of a new one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Filter, Listing
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from longzhong.surfaces.exchange.rules.runs import KEEPERS, STATE_NAMES, RunState

AUTO = ""
TONES = {
    RunState.READY: "soon",
    RunState.QUEUED: "info",
    RunState.RUNNING: "info",
    RunState.DONE: "good",
    RunState.FAILED: "late",
}
SOURCES = {"upload": gettext_lazy("网页上传"), "command": gettext_lazy("命令行"), "inbox": gettext_lazy("收件文件夹")}


class UploadForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("CSV、TSV、XLSX、XLS、ODS、Parquet，或装有一个表格的 ZIP；UTF-8 与 GBK 都可以"),
    )
    recipe = forms.ChoiceField(label=gettext_lazy("内容"), required=False, help_text=gettext_lazy("不选时按表头识别"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.code, f"{one.title}：{one.about}") for one in RECIPES.values()]
        self.fields["recipe"].choices = [(AUTO, _("按表头识别")), *kinds]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class RunsPage:
    form: UploadForm
    table: Listing


def state_badge(run: Any) -> Badge:
    """The state in colour and word; a run with refused rows says so."""
    if run.state == RunState.DONE and run.refused:
        return Badge("soon", _("已完成，有拒收"))
    return Badge(TONES[RunState(run.state)], _(STATE_NAMES[RunState(run.state)]))  # type: ignore[arg-type]


def _columns() -> tuple[Column, ...]:
    return (
        Column("file", _("文件"), "file_name", note=lambda run: RECIPES[run.recipe].title, sort="file_name"),
        Column("state", _("状态"), state_badge, kind="badge", sort="state"),
        Column("read", _("读入"), kind="number", sort="read", decimals=0),
        Column("new", _("新增"), kind="number", sort="new", decimals=0),
        Column("changed", _("更正"), kind="number", sort="changed", decimals=0),
        Column("unchanged", _("未变"), kind="number", sort="unchanged", decimals=0, phone=False),
        Column("refused", _("拒收"), kind="number", sort="refused", decimals=0),
        Column("by", _("何人"), "by_name", note=lambda run: SOURCES.get(run.source, run.source), phone=False),
        Column("at", _("时间"), kind="moment", sort="at"),
    )


def _filters() -> tuple[Filter, ...]:
    return (
    Filter(
        "recipe", _("内容"), lambda rows, value: rows.filter(recipe=value),
        choices=[(one.code, one.title) for one in RECIPES.values()],
    ),
    Filter(
        "state", _("状态"), lambda rows, value: rows.filter(state=value),
        choices=[(state.value, name) for state, name in STATE_NAMES.items()],
    ),
    Filter("q", _("文件名"), lambda rows, value: rows.filter(file_name__icontains=value), kind="text"),
)  # fmt: skip


@web.page(*KEEPERS)
def runs_page(request: HttpRequest) -> HttpResponseBase:
    """GET: past imports; POST: take a file in and show how it was understood."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    who = web.actor(request)
    if form.is_valid():
        file = form.cleaned_data["table"]
        run = services.take_upload(
            blocks=file.chunks(), name=file.name, recipe=form.cleaned_data["recipe"], by=who, at=clock.now()
        )
        return redirect(reverse("exchange:run", args=[run.pk]))
    table = web.listing(
        request,
        selectors.run_list(who),
        _columns(),
        _filters(),
        title=_("导入记录"),
        sort="-at",
        href=lambda run: reverse("exchange:run", args=[run.pk]),
    )
    return web.show(request, RunsPage(form, table), "exchange/runs.html")
