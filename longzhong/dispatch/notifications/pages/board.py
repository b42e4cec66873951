"""通知看板: what was said to how many, what is on its way, what didn't arrive."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Notice
from longzhong.dispatch.notifications.pages.words import state_badge
from longzhong.dispatch.notifications.rules import COMPOSERS, EDITORS, KEEPERS, PURPOSES, READERS, STATE_WORDS, Purpose
from longzhong.kit import web


@dataclass(frozen=True)
class BoardPage:
    table: web.Listing
    may_compose: bool
    may_edit: bool
    may_keep: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    """All notices of the actor's units, the newest first."""
    who = web.actor(request)
    rows = selectors.visible_to(who).select_related("unit", "template").order_by("-made_at", "-id")
    table = web.listing(
        request, rows, COLUMNS, FILTERS, title=_("通知"), sort="-made",
        href=lambda row: reverse("notifications:notice", args=[row.pk]),
    )  # fmt: skip
    page = BoardPage(table, who.has(*COMPOSERS), who.has(*EDITORS, *READERS), who.has(*KEEPERS))
    return web.show(request, page, "notifications/board.html")


def _of(row: Notice, name: str) -> int:
    return int(getattr(selectors.kept_counts(row), name))


COLUMNS = (
    web.Column("title", "通知", "title", note="number"),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("purpose", "用途", lambda row: PURPOSES[Purpose(row.purpose)].words, phone=False),
    web.Column("unit", "单位", "unit.short_name", sort="unit__name", phone=False),
    web.Column("queued", "应发", lambda row: _of(row, "queued"), "number"),
    web.Column("sent", "已发", lambda row: _of(row, "sent"), "number"),
    web.Column("failed", "失败", lambda row: _of(row, "failed"), "number"),
    web.Column("uncertain", "结果不明", lambda row: _of(row, "uncertain"), "number", phone=False),
    web.Column("skipped", "不发", lambda row: _of(row, "skipped"), "number", phone=False),
    web.Column("made", "时间", "made_at", "moment", "made_at"),
)
FILTERS = (
    web.Filter(
        "state", "状态", lambda rows, state: rows.filter(state=state),
        choices=tuple((state.value, words) for state, words in STATE_WORDS.items()),
    ),
    web.Filter(
        "purpose", "用途", lambda rows, purpose: rows.filter(purpose=purpose),
        choices=tuple((purpose.value, row.words) for purpose, row in PURPOSES.items()),
    ),
    web.Filter("q", "标题或编号", lambda rows, text: rows.filter(title__contains=text) | rows.filter(number=text), "text"),
)  # fmt: skip
