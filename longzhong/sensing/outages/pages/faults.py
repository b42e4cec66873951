"""故障库: where faults were found, what on the same pole and line came back, and which lines storms hit."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.rules import READERS, REASON_LABELS, REASONS, STORMY, Kind
from longzhong.sensing.outages.selectors import FaultNote, StormLine

Rows = QuerySet[FaultNote]
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class FaultsPage:
    storms: list[StormLine]
    table: web.Listing


@web.page(*READERS)
def faults(request: HttpRequest) -> HttpResponseBase:
    """The newest first; searched by line, pole and cause."""
    who, now = web.actor(request), clock.now()
    table = web.listing(
        request, selectors.fault_notes(who), COLUMNS, FILTERS, title=_("故障库"),
        href=lambda note: reverse("outages:detail", args=[note.outage_id]),
    )  # fmt: skip
    storms = selectors.storm_lines(who, now - YEAR)
    return web.show(request, FaultsPage(storms, table), "outages/faults.html")


def _cause(note: FaultNote) -> str:
    return REASON_LABELS.get(note.cause, note.cause)


def _again(note: FaultNote) -> web.Badge:
    times = note.repeats  # type: ignore[attr-defined]
    return (
        web.Badge("late" if times > 2 else "soon", _("同杆 %s 次") % times)
        if times > 1
        else web.Badge("closed", _("首次"))
    )


def _since(rows: Rows, text: str) -> Rows:
    try:
        return rows.filter(found_at__gte=clock.day_start(date.fromisoformat(text)))
    except ValueError:
        return rows


COLUMNS = (
    web.Column("line", "线路", lambda note: note.feeder.name if note.feeder else _("未知线路"), sort="feeder__name",
               note="outage.unit.short_name"),
    web.Column("pole", "杆号或位置", "pole", sort="pole", note="note"),
    web.Column("cause", "原因", _cause, sort="cause"),
    web.Column("again", "重复", _again, "badge", "repeats"),
    web.Column("on_line", "同线路同原因", "on_line", "number", "on_line", phone=False),
    web.Column("found", "查明时间", "found_at", "moment", "found_at"),
    web.Column("outage", "停电", "outage.number", "code", note="outage.title"),
    web.Column("photos", "照片", "photos", "number", phone=False),
)  # fmt: skip
FILTERS = (
    web.Filter("cause", "原因", lambda rows, cause: rows.filter(cause=cause), choices=list(REASONS[Kind.FAULT].items())),
    web.Filter("storm", "雷害、大风、树障", lambda rows, _on: rows.filter(cause__in=STORMY), "switch"),
    web.Filter("again", "只看重复故障", lambda rows, _on: rows.filter(repeats__gt=1), "switch"),
    web.Filter("since", "此日以来", _since, "day"),
    web.Filter("line", "线路", lambda rows, text: rows.filter(feeder__name__icontains=text), "text"),
    web.Filter("pole", "杆号", lambda rows, text: rows.filter(pole__icontains=text), "text"),
)  # fmt: skip
