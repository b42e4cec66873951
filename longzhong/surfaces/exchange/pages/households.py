"""拆迁户名单: a demolition's list, brought by its station on the project's own page; every row is this project's."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.cases.closures import selectors as closures
from longzhong.cases.closures.rules import Work
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.pages.runs import state_badge
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from longzhong.surfaces.exchange.rules.runs import OWN

RECIPE = "households"


class ListForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("名单文件"),
        help_text=gettext_lazy("Excel（XLSX、XLS）或 CSV，UTF-8 与 GBK 都可以；合并的标题行、合计行会自动跳过。"),
    )


@dataclass(frozen=True)
class HouseholdsPage:
    project: closures.Project
    form: ListForm
    columns: list[tuple[str, str]]
    table: web.Listing


@web.page(*OWN[RECIPE])
def households_page(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """GET: how the list has to look, and what was imported; POST: take the file in and show how it was understood."""
    who = web.actor(request)
    project = closures.project_of(who, project_id)
    if not closures.may_project(who, OWN[RECIPE], project.unit_id):
        raise Refused("not_allowed", _("这个项目的名单不由您导入；什么都没有改动。"))
    if project.state != Work.OPEN:
        raise Refused("project_finished", _("拆迁项目已经结束，请先重新打开；什么都没有改动。"))
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("exchange:run", args=[_take(who, project, form).pk]))
    label = closures.project_label(project_id)
    table = web.listing(
        request, selectors.runs_about(label), _columns(), (), title=_("导入过的名单"), sort="-at",
        href=lambda run: reverse("exchange:run", args=[run.pk]),
    )  # fmt: skip
    return web.show(request, HouseholdsPage(project, form, _wanted(), table), "exchange/households.html")


def _take(who: web.Actor, project: closures.Project, form: ListForm) -> selectors.Run:
    file, names = form.cleaned_data["table"], [one for one in (project.number, project.name) if one]
    about = services.About(closures.project_label(project.pk), project.unit_id, {"project": names})
    return services.take_upload(
        blocks=file.chunks(), name=file.name, recipe=RECIPE, about=about, by=who, at=clock.now()
    )


def _wanted() -> list[tuple[str, str]]:
    """The columns that a list of this project may have, with other names of theirs."""
    rows = [one for one in RECIPES[RECIPE].columns if one.role != "project"]
    return [(one.title + (_("（必须有）") if one.required else ""), "、".join(one.synonyms[:4])) for one in rows]


def _columns() -> tuple[web.Column, ...]:
    return (
        web.Column("file", _("文件"), "file_name", sort="file_name", note="by_name"),
        web.Column("state", _("状态"), state_badge, kind="badge", sort="state"),
        web.Column("read", _("读入（行）"), "read", kind="number", sort="read"),
        web.Column("new", _("新列入（户）"), "new", kind="number", sort="new"),
        web.Column("changed", _("更正"), "changed", kind="number", sort="changed"),
        web.Column("unchanged", _("未变"), "unchanged", kind="number", sort="unchanged", phone=False),
        web.Column("refused", _("拒收"), "refused", kind="number", sort="refused"),
        web.Column("at", _("时间"), kind="moment", sort="at"),
    )
