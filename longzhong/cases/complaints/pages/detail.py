"""投诉详情: number, state, owner, the next deadline and why; facts, evidence, replies and decisions left, timeline right."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.pages.forms import StepForm, form_for
from longzhong.cases.complaints.pages.words import alarm_badge, grade_badge, kind_words, secrecy_badge, state_badge
from longzhong.cases.complaints.rules import (
    DONE,
    READERS,
    REASONS,
    ROAD,
    STATE_LABELS,
    VIOLATION_LABELS,
    Kind,
    State,
    Violation,
)
from longzhong.cases.complaints.rules.grades import GROUND_LABELS
from longzhong.cases.complaints.selectors import ComplaintCard, DecisionLine, FindingLine, ReplyLine
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web

NOTHING_DONE = "；什么都没有改动"  # the sentences are those of refusals; here nobody has tried anything

MAIN = {"dispatch", "reply", "pass", "decide", "answer"}
HARSH = ("return", "send_back", "refuse", "withdraw", "void")
ASKS = {
    "withdraw": "撤回后停止调查和核定，记录和时间线保留；客户再来电可以继续。",
    "void": "作废或改类后本件不再按投诉办理和统计，记录保留；请写明依据。",
}


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence with its files as (name, address, whether it is a photo)."""

    line: FindingLine
    files: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class DetailPage:
    complaint: Complaint
    title: str
    lead: str
    badges: list[web.Badge]
    next_clock: ClockCard | None
    clocks: tuple[ClockCard, ...]
    stages: list[web.Stage]
    content: str
    knows: bool
    facts: list[web.Fact]
    ledger: list[web.Fact]
    evidence: list[Evidence]
    replies: tuple[ReplyLine, ...]
    decisions: tuple[DecisionLine, ...]
    barred: list[str]
    panels: list[Panel]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, complaint_id: int) -> HttpResponseBase:
    page = detail_page(web.actor(request), complaint_id, clock.now())
    return web.show(request, page, "complaints/detail.html")


def detail_page(
    who: web.Actor, complaint_id: int, now: datetime, form: tuple[str, StepForm] | None = None
) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.complaint_card(who, complaint_id, now)
    row = card.complaint
    badges = [state_badge(row), grade_badge(row), secrecy_badge(row), alarm_badge(row)]
    clocks = _clocks(card, now)
    return DetailPage(
        complaint=row, title=card.category, lead=_lead(row), badges=[one for one in badges if one],  # type: ignore[misc]
        next_clock=_next(clocks),
        clocks=clocks, stages=_stages(row), content=card.content, knows=card.knows, facts=_facts(card), ledger=_ledger(row),
        evidence=[_evidence(one) for one in card.findings], replies=card.replies, decisions=card.decisions,
        barred=sorted({_(REASONS[code]).replace(NOTHING_DONE, "") for code in card.barred.values()}),
        panels=panels_of(selectors.NOUN, row.pk, who), timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(row, one.verb, one.label, now, form) for one in card.moves],
    )  # fmt: skip


def _lead(row: Complaint) -> str:
    handler = row.handler.name if row.handler else _("未派发")
    return f"{kind_words(row)} {row.case.number} · {row.unit.short_name or row.unit.name} · " + _("调查人 %s") % handler


def _clocks(card: ComplaintCard, now: datetime) -> tuple[ClockCard, ...]:
    """Our own clocks and those of the customer's case, which are promises to the same person."""
    return (*card.clocks, *matters.clock_cards(hotline.label(card.complaint.case_id), now))


def _next(clocks: tuple[ClockCard, ...]) -> ClockCard | None:
    due = [(one.due_at, place) for place, one in enumerate(clocks) if one.is_live and one.due_at is not None]
    return clocks[min(due)[1]] if due else None


def _stages(row: Complaint) -> list[web.Stage]:
    road = [one for one in ROAD if row.kind != Kind.OPINION or one is not State.DECIDED]
    if row.state not in road:
        return [web.Stage(STATE_LABELS[State.ACCEPTED], "done"), web.Stage(STATE_LABELS[State(row.state)], "bad")]
    here, back = road.index(State(row.state)), bool(row.times_returned or row.round > 1)
    now = "done" if row.state in DONE else "bad" if back and row.state == State.INVESTIGATING else "now"
    return [
        web.Stage(STATE_LABELS[one], "done" if place < here else "todo" if place > here else now)  # type: ignore[arg-type]
        for place, one in enumerate(road)
    ]


def _facts(card: ComplaintCard) -> list[web.Fact]:
    row, case = card.complaint, card.complaint.case
    href = reverse("hotline:case", args=[case.pk]) if card.knows else ""
    grounds = "、".join(GROUND_LABELS[one] for one in row.grounds)
    rows = [
        web.Fact(_("诉求单"), case.number, href),
        web.Fact(_("来源渠道"), case.get_channel_display(), note=_("越级") if row.over_level else ""),
        web.Fact(_("投诉等级"), row.get_grade_display(), note=grounds),
        web.Fact(_("责任单位"), row.unit.name),
        web.Fact(_("专业部门"), row.department.name if row.department else _("未派发")),
        web.Fact(_("调查人"), row.handler.name if row.handler else _("未派发")),
        web.Fact(_("反映对象"), _about(row)),
        web.Fact(_("受理时间"), row.accepted_at),
        web.Fact(_("首次联系"), row.contacted_at or _("未联系")),
        web.Fact(
            _("调查轮次"),
            _("第 %s 轮") % row.round,
            note=_("退回 %s 次") % row.times_returned if row.times_returned else "",
        ),
    ]
    if card.knows:
        rows.insert(2, web.Fact(_("台区"), case.area.name if case.area else "–"))
    if row.keep_until:
        rows.append(web.Fact(_("证据保存至"), row.keep_until))
    return rows


def _about(row: Complaint) -> str:
    return row.about_staff.name if row.about_staff else row.about_unit.name if row.about_unit else "–"


def _ledger(row: Complaint) -> list[web.Fact]:
    """Both ledgers: as first decided, and after appeal, each with its day."""
    if not row.verdict:
        return []
    broken = "；".join(VIOLATION_LABELS[Violation(one)] for one in row.violations)
    return [
        web.Fact(_("首次核定"), row.get_verdict_display(), note=row.get_responsibility_display()),
        web.Fact(_("核定时间"), row.decided_at),
        web.Fact(_("申诉后"), row.get_final_verdict_display(), note=row.get_final_responsibility_display()),
        web.Fact(_("计入时间"), row.final_at, note=_("申诉改判") if row.corrected_by else _("与首次相同")),
        web.Fact(_("根本原因"), row.get_root_cause_display() or "–"),
        web.Fact(_("违反条款"), broken or "–"),
    ]


def _evidence(line: FindingLine) -> Evidence:
    return Evidence(line, [(one.name, reverse("matters:file", args=[one.id]), one.is_photo) for one in line.files])


def _move(row: Complaint, verb: str, label: str, now: datetime, form: tuple[str, StepForm] | None) -> web.MoveForm:
    own = form[1] if form and form[0] == verb else form_for(row, verb, now)
    main = MAIN if row.contacted_at else (MAIN - {"reply"}) | {"contact"}  # first the customer, then the reply
    tone = "primary" if verb in main else "danger" if verb in HARSH else "secondary"
    action, ask = reverse("complaints:move", args=[row.pk, verb]), ASKS.get(verb, "")
    return web.MoveForm(verb, label, action, form=own, ask=ask, tone=tone)  # type: ignore[arg-type]
