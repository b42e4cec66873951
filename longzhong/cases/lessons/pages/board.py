"""典型案例库“小题大做”: search by words, category and cause; what waits for its author or the office."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.words import CAUSE_LABELS, RootCause
from longzhong.cases.lessons import selectors
from longzhong.cases.lessons.pages.forms import category_choices
from longzhong.cases.lessons.pages.words import state_badge
from longzhong.cases.lessons.rules import MAKERS, READERS, STATE_LABELS, State
from longzhong.kit import web


@dataclass(frozen=True)
class BoardPage:
    table: web.Listing
    may_write: bool


@web.page(*READERS)
def board(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    table = web.listing(
        request, selectors.board(who), COLUMNS, _filters(), title=_("典型案例"), sort="-published",
        href=lambda row: reverse("lessons:detail", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, BoardPage(table, who.has(*MAKERS)), "lessons/board.html")


def _filters() -> tuple[web.Filter, ...]:
    states = [(k.value, v) for k, v in STATE_LABELS.items()]
    return (
        web.Filter("q", "词语", selectors.worded, "text"),
        web.Filter("category", "分类", _below, choices=[(str(one), name) for one, name in category_choices()]),
        web.Filter(
            "cause", "主因", partial(_equal, "root_cause"), choices=[(k.value, v) for k, v in CAUSE_LABELS.items()]
        ),
        web.Filter("state", "状态", partial(_equal, "state"), choices=states, first=State.PUBLISHED.value),
    )


def _equal(column: str, rows: Any, value: str) -> Any:
    return rows.filter(**{column: value})


def _below(rows: Any, value: str) -> Any:
    return selectors.below(rows, int(value))


COLUMNS = (
    web.Column("title", "案例", "title", note=lambda row: row.missed[:60]),
    web.Column("categories", "分类", lambda row: "、".join(one.name for one in row.categories.all())),
    web.Column("cause", "主因", lambda row: CAUSE_LABELS[RootCause(row.root_cause)]),
    web.Column("tags", "标签", lambda row: "、".join(row.tags), phone=False),
    web.Column("unit", "编写单位", lambda row: row.unit.short_name or row.unit.name, phone=False),
    web.Column("state", "状态", state_badge, "badge", "state"),
    web.Column("learned", "已学习人数", "learned", "number", "learned"),
    web.Column("published", "发布", "published_at", "day", "published_at"),
)
