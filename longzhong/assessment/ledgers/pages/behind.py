"""台账明细: exactly the matters that a number counts."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.pages.asked import asked, dimensions, filters, side_of
from longzhong.assessment.ledgers.rules import DIMENSION_LABELS, READERS, SIDE_LABELS, Dimension
from longzhong.cases.complaints.rules import (
    RESPONSIBILITY_LABELS,
    STATE_LABELS,
    VERDICT_LABELS,
    Responsibility,
    State,
    Verdict,
)
from longzhong.cases.hotline.rules.words import GRADE_LABELS, Grade
from longzhong.kit import web


@dataclass(frozen=True)
class BehindPage:
    words: str
    what: str
    table: web.Listing
    back: str


@web.page(*READERS)
def behind(request: HttpRequest) -> HttpResponseBase:
    """?by and ?key of a dimension (none: all), ?side which of them."""
    who, question, side = web.actor(request), asked(request), side_of(request)
    wanted, key = request.GET.get("by", ""), request.GET.get("key", "")
    by = wanted if wanted in (*dimensions(who), selectors.BELOW) else ""
    rows = selectors.rows_behind(
        who, question.days, question.as_of, by=by, key=key, side=side, kinds=(question.kind,)
    ).select_related("case", "category__parent__parent", "unit", "department")
    told = by in set(Dimension)
    what = f"{DIMENSION_LABELS[Dimension(by)]} · {SIDE_LABELS[side]}" if told else SIDE_LABELS[side]
    table = web.listing(
        request, rows, COLUMNS, filters(), title=_("台账明细") + f" {question.words} {what}", sort="-accepted",
        href=lambda row: reverse("complaints:detail", args=[row.pk]),
    )  # fmt: skip
    back = question.page("ledgers:analysis", by=by) if told else question.page("ledgers:home")
    return web.show(request, BehindPage(question.words, what, table, back), "ledgers/behind.html")


COLUMNS = (
    web.Column("number", "编号", lambda row: row.case.number, note=lambda row: row.category.name),
    web.Column("grade", "等级", lambda row: GRADE_LABELS[Grade(row.grade)], phone=False),
    web.Column("unit", "责任单位", lambda row: row.unit.short_name or row.unit.name),
    web.Column("department", "专业部门", lambda row: row.department.name if row.department else "", phone=False),
    web.Column("state", "状态", lambda row: STATE_LABELS[State(row.state)]),
    web.Column("verdict", "首次核定", lambda row: VERDICT_LABELS[Verdict(row.verdict)]),
    web.Column("final", "申诉后", lambda row: VERDICT_LABELS[Verdict(row.final_verdict)]),
    web.Column(
        "responsibility",
        "责任分类",
        lambda row: RESPONSIBILITY_LABELS[Responsibility(row.final_responsibility)],
        phone=False,
    ),
    web.Column("accepted", "受理时间", "accepted_at", "moment", sort="accepted_at"),
)
