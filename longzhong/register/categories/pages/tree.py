"""The whole tree: types, classes, items, with codes, sources and what other systems call them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.categories import selectors
from longzhong.register.categories.pages.words import (
    code_words,
    confidence_badge,
    indented,
    mark_words,
    state_words,
)
from longzhong.register.categories.rules import TYPE_NAMES
from longzhong.register.policies.rules import CONFIDENCE_LABELS, Confidence

PER_PAGE = 250


@dataclass(frozen=True)
class TreePage:
    table: Listing
    keeper: bool


@web.page()
def tree_page(request: HttpRequest) -> HttpResponseBase:
    """What customers' matters are filed under."""
    who = web.actor(request)
    table = web.listing(
        request, selectors.lines(who), _columns(), _filters(), title=_("诉求分类"), per_page=PER_PAGE,
        href=lambda row: reverse("categories:category", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, TreePage(table, who.has("security", "quality")), "categories/tree.html")


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("分类"), indented, note="section"),
        Column("code", _("编码"), kind="code", sort="code"),
        Column("marks", _("标记"), mark_words, phone=False),
        Column("external", _("外部编码"), code_words, phone=False),
        Column(
            "confidence",
            _("可信度与来源"),
            lambda row: confidence_badge(row.confidence),
            kind="badge",
            sort="confidence",
            note="source",
        ),
        Column("state", _("状态"), state_words, sort="to_on"),
    )


def _filters() -> tuple[Filter, ...]:
    today = clock.today()
    states = [("live", _("在用")), ("retired", _("停用"))]
    waiting = [one for one, label in CONFIDENCE_LABELS.items() if label == CONFIDENCE_LABELS[Confidence.UNCERTAIN]]
    return (
        Filter("q", _("名称、编码或外部编码"), selectors.holding, kind="text"),
        Filter(
            "type", _("业务类型"), lambda rows, value: rows.filter(type=value),
            choices=[(one.value, name) for one, name in TYPE_NAMES.items()],
        ),
        Filter(
            "state", _("状态"), lambda rows, value: selectors.live_on(rows, today, live=value == "live"),
            choices=states, first="live",
        ),
        Filter("waiting", _("只看待确认"), lambda rows, _value: rows.filter(confidence__in=waiting), kind="switch"),
    )  # fmt: skip
