"""拆迁项目: which demolitions go on, how far each is; a new one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.pages.forms import Choices, ProjectForm
from longzhong.cases.closures.pages.words import work_badge
from longzhong.cases.closures.rules import KEEPERS, READERS, WORK_LABELS, House, Work
from longzhong.kit import clock, web


@dataclass(frozen=True)
class ProjectsPage:
    table: web.Listing
    may_open: bool


@dataclass(frozen=True)
class ProjectFormPage:
    title: str
    form: ProjectForm
    back: str


@web.page(*READERS)
def projects(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    table = web.listing(
        request, selectors.projects(who), COLUMNS, FILTERS, title=_("拆迁项目"), sort="-from",
        href=lambda line: reverse("closures:project", args=[line.row.pk]),
        dress=lambda rows: selectors.project_lines(who, rows),
    )  # fmt: skip
    return web.show(request, ProjectsPage(table, who.has(*KEEPERS)), "closures/projects.html")


@web.page(*KEEPERS)
def project_new(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    units = selectors.unit_choices(who)
    own = units[0][0] if not who.has("quality") and units else ""
    first = {"unit": own, "from_on": clock.today()}
    form = ProjectForm(request.POST or None, initial=first, choices=_choices(who, units))
    if request.method != "POST" or not form.is_valid():
        page = ProjectFormPage(_("新建拆迁项目"), form, reverse("closures:projects"))
        return web.show(request, page, "closures/project_form.html")
    made = services.open_project_once(new=form.new(), key=request.POST.get("client_key", ""), by=who, at=clock.now())
    messages.success(request, _("项目已建立；请导入拆迁户名单。"))
    return redirect("closures:project", made)


@web.page(*KEEPERS)
def project_edit(request: HttpRequest, project_id: int) -> HttpResponseBase:
    who = web.actor(request)
    row = selectors.project_of(who, project_id)
    first = {
        "name": row.name, "unit": row.unit.code, "responsible": row.responsible.code, "from_on": row.from_on,
        "to_on": row.to_on, "area_m2": row.area_m2, "area_codes": "\n".join(row.area_codes), "estates": "\n".join(row.estates),
    }  # fmt: skip
    choices = _choices(who, selectors.unit_choices(who), row)
    form = ProjectForm(request.POST or None, initial=first, choices=choices)
    if request.method != "POST" or not form.is_valid():
        page = ProjectFormPage(_("修改拆迁项目"), form, reverse("closures:project", args=[project_id]))
        return web.show(request, page, "closures/project_form.html")
    services.edit_project(project_id=project_id, new=form.new(), by=who, at=clock.now())
    messages.success(request, _("项目已修改。"))
    return redirect("closures:project", project_id)


def _choices(who: web.Actor, units: list[tuple[str, str]], row: selectors.Project | None = None) -> Choices:
    """Units and their people; what a project says already stays to be chosen, also when that person has moved on."""
    staff: list[tuple[str, list[tuple[str, str]]]] = selectors.project_staff(who, clock.today())
    if row is not None:
        known = {code for _unit, people in staff for code, _name in people}
        if row.responsible.code not in known:
            staff = [(_("现任"), [(row.responsible.code, row.responsible.name)]), *staff]
        units = units if row.unit.code in dict(units) else [(row.unit.code, row.unit.name), *units]
    return {"unit": units, "responsible": staff}


COLUMNS = (
    web.Column("name", "项目", "row.name", sort="name", note="row.number"),
    web.Column("unit", "单位", "row.unit.name", sort="unit__name", phone=False),
    web.Column("total", "户数", "progress.total", "number"),
    web.Column("done", "已办结", "progress.done", "number"),
    web.Column("share", "进度", "progress.share", "share"),
    web.Column("listed", "未联系", lambda line: line.progress.of(House.LISTED), "number"),
    web.Column("refused", "拒绝", lambda line: line.progress.of(House.REFUSED), "number"),
    web.Column("responsible", "负责人", "row.responsible.name", sort="responsible__name"),
    web.Column("from", "开始", "row.from_on", "day", "from_on", phone=False),
    web.Column("to", "结束", "row.to_on", "day", "to_on", phone=False),
    web.Column("state", "状态", lambda line: work_badge(line.row), "badge", "state"),
)
FILTERS = (
    web.Filter(
        "state", "状态", lambda rows, state: rows.filter(state=state),
        choices=tuple((Work(key).value, words) for key, words in WORK_LABELS.items()),
    ),
    web.Filter("name", "项目名称或编号", lambda rows, text: rows.filter(name__icontains=text) | rows.filter(number=text), "text"),
)  # fmt: skip
