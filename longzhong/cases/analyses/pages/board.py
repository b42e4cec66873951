"""穿透分析: which reports wait for their writers or an approval, and which are late."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.pages.words import state_badge
from longzhong.cases.analyses.rules import LIVE, READERS, STATE_LABELS
from longzhong.kit import clock, web


@dataclass(frozen=True)
class BoardPage:
    table: web.Listing


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    table = web.listing(
        request, selectors.board(web.actor(request)), COLUMNS, FILTERS, title=_("穿透分析"), sort="due",
        href=lambda row: reverse("analyses:detail", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(table), "analyses/board.html")


COLUMNS = (
    web.Column("number", "投诉编号", "complaint.case.number", note="complaint.category.name"),
    web.Column("grade", "等级", lambda row: row.complaint.get_grade_display()),
    web.Column("unit", "责任单位", lambda row: row.complaint.unit.short_name or row.complaint.unit.name),
    web.Column("department", "专业部门", lambda row: str(row.complaint.department or "–"), phone=False),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("version", "版本", lambda row: f"第 {row.version} 版", phone=False),
    web.Column("due", "时限", lambda row: row.due_at if row.state in LIVE else None, "countdown", "due_at"),
)
FILTERS = (
    web.Filter(
        "state",
        "状态",
        lambda rows, state: rows.filter(state=state),
        choices=[(k.value, v) for k, v in STATE_LABELS.items()],
    ),
    web.Filter("late", "只看超期", lambda rows, _on: selectors.late(rows, clock.now()), "switch"),
    web.Filter(
        "number", "投诉编号", lambda rows, text: rows.filter(complaint__case__number__icontains=text.strip()), "text"
    ),
)
