"""营销停电: single accounts that are stopped; for the desk and the stations, so that nobody waits for a power that won't come."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.rules import STOP_LABELS, STOP_READERS, StopKind
from longzhong.sensing.outages.selectors import Stop


@dataclass(frozen=True)
class StopsPage:
    table: web.Listing


@web.page(*STOP_READERS)
def stops(request: HttpRequest) -> HttpResponseBase:
    """Live ones and past ones, the newest first; no names."""
    rows = selectors.stop_rows(web.actor(request))
    table = web.listing(
        request, rows, COLUMNS, FILTERS, title=_("营销停电"),
        href=lambda stop: reverse("customers:account", args=[stop.account_id]),
    )  # fmt: skip
    return web.show(request, StopsPage(table), "outages/stops.html")


def _state(stop: Stop) -> web.Badge:
    return web.Badge("good", _("已恢复")) if stop.restored_at else web.Badge("late", _("停电中"))


COLUMNS = (
    web.Column("account", "户号", "account.code", "code", "account__code", note="account.unit.short_name"),
    web.Column("area", "台区", lambda stop: stop.account.area.name if stop.account.area else "–"),
    web.Column("kind", "类型", lambda stop: STOP_LABELS[StopKind(stop.kind)], sort="kind"),
    web.Column("state", "状态", _state, "badge"),
    web.Column("stopped", "停电时间", "stopped_at", "moment", "stopped_at"),
    web.Column("restored", "复电时间", "restored_at", "moment", "restored_at"),
)
FILTERS = (
    web.Filter("kind", "类型", lambda rows, kind: rows.filter(kind=kind), choices=[(k.value, v) for k, v in STOP_LABELS.items()]),
    web.Filter("live", "只看停电中", lambda rows, _on: rows.filter(restored_at=None), "switch"),
    web.Filter("q", "户号", lambda rows, text: rows.filter(account__code__startswith=text), "text"),
)  # fmt: skip
