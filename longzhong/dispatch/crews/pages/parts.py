"""Parts that the pages of crews share: a stop as it is shown, with what may be done with it; points of the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.pages.forms import MoveStopForm
from longzhong.dispatch.crews.rules import PLANNERS, ROAD_LABELS, Road
from longzhong.dispatch.crews.selectors import CrewLine, StopLine
from longzhong.dispatch.workorders.rules import FAULT_LABELS, state_label
from longzhong.kit import web

DOT, FREE, CREW = "待到现场", "没有排上", "班组驻地"
_MANY_POINTS = 40


@dataclass(frozen=True)
class StopView:
    """A stop for templates."""

    place: str
    fault: str
    href: str
    position: int
    arrive_at: Any
    leave_at: Any
    state: web.Badge
    points: web.Badge | None
    late: str
    why: list[str]
    reasons: list[str]
    expected: str
    expected_why: str
    road: str
    relayed: bool
    order_id: int
    area_id: int | None
    moves: list[web.MoveForm]


def stop_view(line: StopLine, who: web.Actor, crews: Sequence[CrewLine] = (), urgent: int = _MANY_POINTS) -> StopView:
    stop = line.stop
    order = stop.order
    late = _("预计超到场时限 %(n)s 分钟") % {"n": stop.late_min} if stop.late_min else ""
    tone: web.Tone = "late" if stop.points >= urgent else "info"
    return StopView(
        place=str(order.area or order.number), fault=FAULT_LABELS.get(order.fault, order.fault), position=stop.position,
        href=reverse("workorders:detail", args=[order.pk]), arrive_at=stop.arrive_at, leave_at=stop.leave_at, state=_state(line),
        points=web.Badge(tone, _("敏感度 %(n)s") % {"n": stop.points}) if stop.points else None, late=late, why=stop.why,
        reasons=list(line.reasons), expected=line.outlook.words if line.outlook else "",
        expected_why=line.outlook.why if line.outlook else "",
        road=str(ROAD_LABELS[Road(line.road.road)]) if line.road and line.road.road != Road.ROAD else "",
        relayed=bool(line.road and line.road.relayed), order_id=order.pk, area_id=order.area_id,
        moves=_moves(line, who, crews),
    )  # fmt: skip


def _state(line: StopLine) -> web.Badge:
    stop = line.stop
    if stop.begun:
        return web.Badge("good", state_label(stop.order.kind, stop.order.state))
    if stop.confirmed_at:
        return web.Badge("info", _("已派给班组"))
    return web.Badge("soon", _("已锁定，待确认")) if stop.locked else web.Badge("closed", _("建议，待确认"))


def _moves(line: StopLine, who: web.Actor, crews: Sequence[CrewLine]) -> list[web.MoveForm]:
    stop = line.stop
    if stop.begun or stop.confirmed_at is not None or not selectors.may_plan(who, PLANNERS, stop.crew.unit_id):
        return []
    others = [(one.crew.pk, one.crew.name) for one in crews if one.crew.pk != stop.crew_id and one.until]
    to = {verb: reverse("crews:stop", args=[stop.pk, verb]) for verb in ("confirm", "move", "lock", "unlock")}
    ask = _("工单派给该班组的班组长，之后不再自动改派。")
    moves = [web.MoveForm("confirm", _("确认派单"), to["confirm"], ask=ask, icon="check")]
    if others:
        moves.append(web.MoveForm("move", _("换班组"), to["move"], form=MoveStopForm(crews=others), tone="secondary"))
    verb, label = ("unlock", _("解锁")) if stop.locked else ("lock", _("锁定"))
    return [*moves, web.MoveForm(verb, label, to[verb], tone="secondary")]


def map_of(board: selectors.Board) -> dict[str, Any]:
    """Crews, their stops, and what nobody got."""
    points: list[dict[str, Any]] = []
    for line in board.crews:
        points.append({"name": line.crew.name, "lat": line.crew.lat, "lon": line.crew.lon, "layer": CREW,
                       "href": reverse("crews:crew", args=[line.crew.pk]),
                       "note": _("当班") if line.until else _("不当班")})  # fmt: skip
        points += [_dot(one.stop.order, DOT, f"{line.crew.name} 第 {one.stop.position} 站") for one in line.stops]
    points += [_dot(one.order, FREE, one.get_reason_display()) for one in board.unplaced]
    layers = [web.Layer(DOT, "$soon", 9), web.Layer(FREE, "$late", 11), web.Layer(CREW, "$brand", 12, "rect")]
    return web.map_chart([point for point in points if point["lat"] is not None], layers=layers)


def _dot(order: Any, layer: str, note: str) -> dict[str, Any]:
    area = order.area
    return {"name": str(area or order.number), "lat": area.lat if area else None, "lon": area.lon if area else None, "layer": layer,
            "href": reverse("workorders:detail", args=[order.pk]), "note": note}  # fmt: skip
