"""抢修调度: who is where, which crew goes where next and why, what nobody got."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.models import Unplaced
from longzhong.dispatch.crews.pages.parts import StopView, map_of, stop_view
from longzhong.dispatch.crews.rules import (
    HINDRANCES,
    KEEPERS,
    PLANNERS,
    READERS,
    ROAD_LABELS,
    SKILL_LABELS,
    Road,
    Skill,
)
from longzhong.dispatch.crews.selectors import Board, CrewLine
from longzhong.kit import clock, web

ENGINES = {"pyvrp": "求解器", "greedy": "简单规则", "none": "无需排"}


@dataclass(frozen=True)
class CrewView:
    name: str
    href: str
    state: web.Badge
    people: str
    abilities: str
    stops: list[StopView]


@dataclass(frozen=True)
class LeftView:
    place: str
    href: str
    why: str
    points: int


@dataclass(frozen=True)
class BoardPage:
    units: list[web.Tab]
    tiles: list[web.Tile]
    note: str
    asked: bool
    crews: list[CrewView]
    left: list[LeftView]
    map: dict[str, Any]
    moves: list[web.MoveForm]
    new_href: str


@web.page(*READERS)
def board_page(request: HttpRequest) -> HttpResponseBase:
    """The plan of one unit's crews; which unit stays in the address."""
    who, now = web.actor(request), clock.now()
    crews = selectors.seen_crews(who, now)
    units = selectors.units_with_crews(crews)
    asked = request.GET.get("unit", "")
    chosen = next((unit for unit, _name in units if str(unit) == asked), units[0][0] if units else 0)
    board = selectors.board(chosen, crews, now)
    urgent = selectors.limits(chosen or None, clock.civil_day(now)).urgent_points
    page = BoardPage(
        units=[web.Tab(name, f"?unit={unit}", None, unit == chosen) for unit, name in units] if len(units) > 1 else [],
        tiles=_tiles(board), note=_note(board), asked=board.asked_at is not None,
        crews=[_crew(line, who, board, urgent) for line in board.crews], left=[_left(one) for one in board.unplaced],
        map=map_of(board), moves=_moves(who, chosen), new_href=reverse("crews:new") if who.units(*KEEPERS) or who.system else "",
    )  # fmt: skip
    return web.show(request, page, "crews/board.html")


def _tiles(board: Board) -> list[web.Tile]:
    on = sum(line.until is not None for line in board.crews)
    stops = [one.stop for line in board.crews for one in line.stops]
    late = sum(bool(one.late_min) for one in stops)
    return [
        web.Tile(_("当班班组"), on, _("个"), note=_("共 %(n)s 个") % {"n": len(board.crews)}),
        web.Tile(_("已排工单"), len(stops), _("单")),
        web.Tile(_("预计超到场时限"), late, _("单"), tone="late" if late else "good"),
        web.Tile(_("没有排上"), len(board.unplaced), _("单"), tone="late" if board.unplaced else "good"),
    ]


def _note(board: Board) -> str:
    plan = board.plan
    if plan is None:
        return ""
    made = plan.made_at.astimezone(clock.CST).strftime("%m-%d %H:%M")
    who = _("系统") if plan.made_by.isascii() else plan.made_by  # a job's name is no word for people
    return _("%(at)s 由%(who)s排定，%(engine)s，用时 %(s).1f 秒，较上次换班组 %(n)s 单。派单要由人确认。") % {
        "at": made, "who": who, "engine": ENGINES.get(plan.engine, plan.engine), "s": plan.seconds, "n": plan.changes
    }  # fmt: skip


def _crew(line: CrewLine, who: web.Actor, board: Board, urgent: int) -> CrewView:
    crew = line.crew
    until = line.until.astimezone(clock.CST).strftime("%H:%M") if line.until else ""
    off = _("不当班") if crew.standby else _("已叫停")
    skills = "、".join(str(SKILL_LABELS[Skill(one)]) for one in crew.skills)
    return CrewView(
        name=crew.name, href=reverse("crews:crew", args=[crew.pk]),
        state=web.Badge("good", _("当班到 %(t)s") % {"t": until}) if until else web.Badge("closed", off),
        people="、".join(line.people) or _("今天没有成员"),
        abilities=f"{skills} · {ROAD_LABELS[Road(crew.road)]} · {crew.vehicle or _('无车')}",
        stops=[stop_view(one, who, board.crews, urgent) for one in line.stops],
    )  # fmt: skip


def _left(one: Unplaced) -> LeftView:
    order = one.order
    href = reverse("workorders:detail", args=[order.pk])
    return LeftView(str(order.area or order.number), href, str(HINDRANCES[one.reason]), one.points)


def _moves(who: web.Actor, unit_id: int) -> list[web.MoveForm]:
    if not unit_id or not selectors.may_plan(who, PLANNERS, unit_id):
        return []
    ask = _("按现在的工单和班组重新排；已锁定、已派出和已接单的不动。")
    return [web.MoveForm("plan", _("重新排定"), reverse("crews:plan", args=[unit_id]), ask=ask, icon="refresh")]
