"""One crew: who, what they can, when they work, where they go; and a new one."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors, services
from longzhong.dispatch.crews.models import CrewShift
from longzhong.dispatch.crews.pages.forms import CrewForm, MembersForm, ShiftForm, initial_of
from longzhong.dispatch.crews.pages.parts import StopView, stop_view
from longzhong.dispatch.crews.rules import KEEPERS, PLANNERS, READERS, ROAD_LABELS, SKILL_LABELS, Road, Skill
from longzhong.dispatch.crews.selectors import CrewLine
from longzhong.kit import clock, web

_SPAN = "%m-%d %H:%M"


@dataclass(frozen=True)
class ShiftView:
    span: str
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class CrewPage:
    name: str
    state: web.Badge
    facts: list[web.Fact]
    stops: list[StopView]
    shifts: list[ShiftView]
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class NewPage:
    form: Form


@web.page(*READERS)
def crew_page(request: HttpRequest, crew_id: int) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    crew = selectors.crew_of(who, crew_id)
    line = selectors.crew_line(crew, now)
    state = (
        web.Badge("good", _("当班"))
        if line.until
        else web.Badge("closed", _("不当班") if crew.standby else _("已叫停"))
    )
    page = CrewPage(
        name=crew.name, state=state, facts=_facts(line), stops=[stop_view(one, who) for one in line.stops],
        shifts=[_shift(one, who, line) for one in selectors.shifts_of(crew.pk, now)], moves=_moves(line, who),
    )  # fmt: skip
    return web.show(request, page, "crews/crew.html")


@web.page(*KEEPERS)
def new_page(request: HttpRequest) -> HttpResponseBase:
    """A new crew of one's station."""
    who, now = web.actor(request), clock.now()
    form = CrewForm(request.POST or None, units=selectors.unit_choices(who))
    if request.method == "POST" and form.is_valid():
        crew_id = services.keep_crew(crew=form.crew(), by=who, at=now)
        messages.success(request, _("班组已建立，请登记成员和班次。"))
        return redirect("crews:crew", crew_id)
    return web.show(request, NewPage(form), "crews/new.html")


def _facts(line: CrewLine) -> list[web.Fact]:
    crew = line.crew
    return [
        web.Fact(_("编号"), crew.number),
        web.Fact(_("单位"), str(crew.unit)),
        web.Fact(_("成员"), "、".join(line.people) or _("今天没有成员")),
        web.Fact(_("技能"), "、".join(str(SKILL_LABELS[Skill(one)]) for one in crew.skills)),
        web.Fact(_("最难能到"), str(ROAD_LABELS[Road(crew.road)])),
        web.Fact(_("车辆"), crew.vehicle or _("未登记")),
        web.Fact(_("驻地"), f"{crew.lat:.4f}, {crew.lon:.4f}"),
    ]


def _shift(shift: CrewShift, who: web.Actor, line: CrewLine) -> ShiftView:
    span = " – ".join(one.astimezone(clock.CST).strftime(_SPAN) for one in (shift.starts_at, shift.ends_at))
    future = shift.starts_at > clock.now() and selectors.may_plan(who, KEEPERS, line.crew.unit_id)
    action = reverse("crews:change", args=[line.crew.pk, "unshift"])
    move = web.MoveForm(f"unshift{shift.pk}", _("删除"), action, tone="secondary", hidden={"shift": str(shift.pk)})
    return ShiftView(span, [move] if future else [])


def _moves(line: CrewLine, who: web.Actor) -> list[web.MoveForm]:
    crew, now = line.crew, clock.now()

    def move(verb: str, label: str, form: Form | None = None, ask: str = "", tone: str = "secondary") -> web.MoveForm:
        return web.MoveForm(verb, label, reverse("crews:change", args=[crew.pk, verb]), form=form, ask=ask, tone=tone)  # type: ignore[arg-type]

    moves = []
    if selectors.may_plan(who, KEEPERS, crew.unit_id):
        local = clock.CST
        start = now.astimezone(local).replace(minute=0, second=0, microsecond=0)
        times = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{start + timedelta(hours=8):%Y-%m-%dT%H:%M}"}
        people = selectors.staff_choices(who, clock.civil_day(now))
        moves += [
            move("members", _("成员"), MembersForm(people=people)),
            move("shift", _("排班"), ShiftForm(initial=times)),
            move("keep", _("修改资料"), CrewForm(initial=initial_of(crew), units=selectors.unit_choices(who))),
            move("end", _("撤销班组"), ask=_("撤销后不再排单，历史保留。"), tone="danger"),
        ]
    if selectors.may_plan(who, PLANNERS, crew.unit_id):
        moves.insert(0, move("off", _("叫停")) if crew.standby else move("on", _("恢复待命")))
    return moves
