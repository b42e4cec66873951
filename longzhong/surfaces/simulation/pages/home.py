"""演示县: how far it has lived, what was broken on purpose, what was found; and one day more at a click."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import web
from longzhong.surfaces.simulation import selectors, services
from longzhong.surfaces.simulation.models import InjectedFault
from longzhong.surfaces.simulation.rules.faults import FAULT_NAMES, FaultKind

KINDS = tuple((kind.value, FAULT_NAMES[kind]) for kind in FaultKind)


@dataclass(frozen=True)
class HomePage:
    tiles: list[web.Tile]
    lived: str
    moves: list[web.MoveForm]
    table: web.Listing


@web.page("admin")
def home(request: HttpRequest) -> HttpResponseBase:
    """The truth table beside what was found; only where there is a demo county."""
    who = web.actor(request)
    row = selectors.demo_county(who)
    tiles = [web.Tile(_(label), value) for label, value in selectors.tiles()]
    found = selectors.found_faults()
    table = web.listing(request, selectors.visible_to(who), columns(found), FILTERS, title=_("注入故障"), sort="number")
    return web.show(request, HomePage(tiles, _lived(row.first_day, row.run_to), moves(), table), "simulation/home.html")


@require_POST
@web.page("admin")
def advance(request: HttpRequest) -> HttpResponseBase:
    """Let the county live one day more: people work, a night's curves come in, the scan and the proofs run."""
    selectors.demo_county(web.actor(request))
    return web.act(
        request,
        lambda: services.advance(days=1),
        done=_("演示县又过了一天：曲线已入湖，研判和验证已完成。"),
        back=reverse("simulation:home"),
    )


def columns(found: dict[int, date]) -> tuple[web.Column, ...]:
    """The truth table's columns; `found`: on which day each fault's alert began."""
    return (
        web.Column("number", _("编号"), "number", "number", "number"),
        web.Column("kind", _("故障"), "get_kind_display", sort="kind", note="meter_code"),
        web.Column("area", _("台区"), "area_code", "code", "area_code"),
        web.Column("from", _("起始日"), "from_on", "day", "from_on"),
        web.Column("marginal", _("强度"), lambda row: _("临界") if row.marginal else _("明显")),
        web.Column("found", _("发现"), lambda row: _found(row, found), "badge"),
    )


def _found(row: InjectedFault, found: dict[int, date]) -> web.Badge:
    day = found.get(row.number)
    return web.Badge("good", f"{_('已发现')} {day}") if day else web.Badge("closed", _("未发现"))


def _lived(first: date, last: date | None) -> str:
    return f"{first} – {last}" if last else _("还没有开始")


def moves() -> list[web.MoveForm]:
    """What may be done here."""
    ask = _("将模拟一天：人员处置工单，夜间收到全部曲线，研判、派单、验证。需要几秒钟，时钟不能倒回。")
    return [web.MoveForm("advance", _("推进一天"), reverse("simulation:advance"), ask=ask, tone="primary")]


FILTERS = (web.Filter("kind", "故障", lambda rows, kind: rows.filter(kind=kind), choices=KINDS),)
