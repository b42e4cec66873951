"""即将到期与超期: what the bell counts, as a number and as a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import AlarmLine, Bell
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Filter


@dataclass(frozen=True)
class BellPage:
    bell: Bell


@dataclass(frozen=True)
class DuePage:
    bell: Bell
    table: web.Listing


@web.page()
def bell(request: HttpRequest) -> HttpResponseBase:
    """The figure in the top bar, fetched after the page."""
    return web.fragment(request, BellPage(matters.bell(web.actor(request), clock.now())), "cockpit/_bell.html")


@web.page()
def due(request: HttpRequest) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()

    def dress(rows: Sequence[object]) -> list[AlarmLine]:
        return [matters.alarm_line(row, now) for row in rows]  # type: ignore[arg-type]

    table = web.listing(
        request, matters.alarms(who), COLUMNS, FILTERS, title=_("催督提醒"), dress=dress, href=lambda line: line.url
    )
    return web.show(request, DuePage(matters.bell(who, now), table), "cockpit/due.html")


def _told(line: AlarmLine) -> Badge:
    return Badge("late", _("超期 %s 级") % line.level) if line.kind == "late" else Badge("soon", _("预警"))


COLUMNS = (
    Column("title", "事项"),
    Column("kind", "提醒", _told, kind="badge"),
    Column("label", "时限"),
    Column("countdown", "现在"),
    Column("owner", "责任人"),
    Column("unit", "单位", phone=False),
    Column("at", "提醒时间", kind="moment", sort="at"),
)
FILTERS = (
    Filter(
        "kind", "提醒", lambda rows, kind: rows.filter(kind=kind), choices=(("late", "超期升级"), ("warn", "到期预警"))
    ),
    Filter("live", "仍在计时", lambda rows, _on: rows.filter(clock__state__in=("running", "paused")), "switch"),
)
