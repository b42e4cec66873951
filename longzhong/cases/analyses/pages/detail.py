"""穿透分析报告: the five parts, who wrote and approved what, the versions, the next moves; a version; the printed report."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.analyses.pages.words import part_words, sections, state_badge
from longzhong.cases.analyses.rules import READERS, ROAD, STATE_LABELS, State
from longzhong.cases.analyses.selectors import Card, VersionLine
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, papers, web
from longzhong.kit.papers import Paper
from longzhong.kit.web.words import stamp

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKERS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (papers.pdf, "application/pdf"),
    "docx": (papers.docx, WORD),
}
MAIN = ("submit", "approve")
ASKS = {
    "submit": "提交后由优质服务办公室或领导审批，编写人不能审批自己的报告。",
    "approve": "审批后报告定稿；如需改动要写明原因重新修订。",
    "resume": "申诉后不再要求本报告；继续编写没有时限。",
}


@dataclass(frozen=True)
class DetailPage:
    report: Report
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    sections: list[tuple[str, list[str]]]
    erased: bool
    versions: list[tuple[VersionLine, str, str]]
    clocks: list[ClockCard]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    may_edit: bool
    fresh: bool
    own: str


@dataclass(frozen=True)
class VersionPage:
    title: str
    lead: str
    sections: list[tuple[str, list[str]]]
    erased: bool
    back: str


@web.page(*READERS)
def detail(request: HttpRequest, report_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), report_id), "analyses/detail.html")


@web.page(*READERS)
def version(request: HttpRequest, report_id: int, number: int) -> HttpResponseBase:
    """One kept version, as it was."""
    row, line = selectors.version_of(web.actor(request), report_id, number)
    lead = f"{_by(line)} · {_changes(line)}"
    title = _("%(number)s 第 %(n)s 版") % {"number": row.complaint.case.number, "n": number}
    back = reverse("analyses:detail", args=[report_id])
    return web.show(request, VersionPage(title, lead, sections(line.parts), line.erased, back), "analyses/version.html")


@web.page(*READERS)
def printed(request: HttpRequest, report_id: int, form: str) -> HttpResponseBase:
    """The report as PDF or Word; nothing personal of the customer in it."""
    paper = selectors.paper(web.actor(request), report_id)
    suffix = form if form in MAKERS else "pdf"
    make, kind = MAKERS[suffix]
    answer = HttpResponse(make(paper), content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="analysis-{paper.number}.{suffix}"'
    answer["Cache-Control"] = "no-store"
    return answer


def detail_page(who: web.Actor, report_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.report_card(who, report_id, clock.now())
    row, newest = card.report, card.versions[0]
    rows = [(one, _changes(one), reverse("analyses:version", args=[row.pk, one.number])) for one in card.versions]
    fresh = newest.by == ""
    return DetailPage(
        report=row, title=_("穿透分析 %s") % row.complaint.case.number, state=state_badge(row), stages=_stages(row),
        facts=_facts(card), sections=sections(card.parts), erased=newest.erased, versions=rows,
        clocks=[one for one in card.clocks if one.is_live],
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(card, one.verb, one.label, form, fresh=fresh) for one in card.moves if one.verb != "edit"],
        may_edit=any(one.verb == "edit" for one in card.moves), fresh=fresh, own=_own(card),
    )  # fmt: skip


def _facts(card: Card) -> list[web.Fact]:
    row, one = card.report, card.report.complaint
    return [
        web.Fact(_("投诉"), one.case.number, reverse("complaints:detail", args=[one.pk])),
        web.Fact(_("类型与等级"), f"{one.get_kind_display()} · {one.get_grade_display()}"),
        web.Fact(_("分类"), card.category),
        web.Fact(_("责任单位"), str(one.unit)),
        web.Fact(_("专业部门"), str(one.department or "–")),
        web.Fact(_("核定（申诉后）"), one.get_final_verdict_display() or _("未定性")),
        web.Fact(_("要求"), _("按制度必须编写") if row.required else _("主动编写")),
        web.Fact(_("提交"), row.submitted_at or _("未提交"), note=str(row.submitted_by or "")),
        web.Fact(_("审批"), row.approved_at or _("未审批"), note=str(row.approved_by or "")),
    ]


def _stages(row: Report) -> list[web.Stage]:
    if row.state == State.DROPPED:
        return [web.Stage(STATE_LABELS[State.DRAFT], "done"), web.Stage(STATE_LABELS[State.DROPPED], "bad")]
    here, ended = ROAD.index(State(row.state)), row.state == State.APPROVED
    return [
        web.Stage(STATE_LABELS[one], "done" if place < here or ended else "now" if place == here else "todo")
        for place, one in enumerate(ROAD)
    ]


def _move(
    card: Card, verb: str, label: str, form: tuple[str, StepForm] | None, *, fresh: bool
) -> web.MoveForm:  # fmt: skip
    """A report that nobody has written on yet is first to be written."""
    own = form[1] if form and form[0] == verb else form_for(verb) if verb in FORMS else None
    tone = "primary" if verb in MAIN and not (fresh and verb == "submit") else "secondary"
    action = reverse("analyses:move", args=[card.report.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]


def _own(card: Card) -> str:
    words = {
        "own_report": _("您编写或提交过这份报告，须由另一人审批。"),
        "own_work": _("您是调查经办人，须由另一人审批。"),
        "own_reply": _("您写过单位回复，须由另一人审批。"),
    }
    return next((words[code] for code in card.barred.values() if code in words), "")


def _by(line: VersionLine) -> str:
    return f"{line.by or _('系统按投诉记录预填')} {stamp(line.at)}"


def _changes(line: VersionLine) -> str:
    return _("正文已到期删除") if line.erased else _("改动：%s") % (part_words(line.changed) or _("无"))
