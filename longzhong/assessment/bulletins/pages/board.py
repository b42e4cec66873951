"""周通报: every week's bulletin, who still has to answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.pages.words import state_badge
from longzhong.assessment.bulletins.rules import READERS, STATE_LABELS, State
from longzhong.kit import web
from longzhong.kit.web import Badge, Column, Filter, Listing


@dataclass(frozen=True)
class BoardPage:
    table: Listing


def _days(row: Any) -> str:
    return f"{row.week:%m-%d} — {row.week + timedelta(days=6):%m-%d}"


def _waiting(row: Any) -> Badge | str:
    if row.state != State.ISSUED:
        return ""
    if not row.waiting:
        return Badge("good", _("全部已回复"))
    return Badge("late", _("待回复 %(n)d/%(all)d 项") % {"n": row.waiting, "all": row.asked})


COLUMNS = (
    Column("week", "周（周一）", "week", "day", "week", note=_days),
    Column("unit", "单位", "unit.short_name", sort="unit__code"),
    Column("state", "状态", state_badge, "badge", "state"),
    Column("pressed", "督办事项", "pressed", "number", "pressed"),
    Column("waiting", "整改回复", _waiting, "badge"),
    Column("issued", "通报时间", "issued_at", "moment", "issued_at", phone=False),
    Column("by", "通报人", "issued_by.name", phone=False),
)
FILTERS = (
    Filter("state", "状态", lambda rows, state: rows.filter(state=state), choices=[(k.value, v) for k, v in STATE_LABELS.items()]),
)  # fmt: skip


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    table = web.listing(
        request, selectors.board(web.actor(request)), COLUMNS, FILTERS, title=_("周通报"), sort="-week",
        href=lambda row: reverse("bulletins:bulletin", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(table), "bulletins/board.html")
