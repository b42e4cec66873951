"""申诉详情: what is asked and why, the three seals, the papers, the panel; next moves from the machine's table."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.appeals.pages.words import (
    asked_words,
    choice_words,
    grounds_words,
    level_words,
    result_words,
    state_badge,
    was_words,
)
from longzhong.cases.appeals.rules import LIVE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.appeals.selectors import AppealCard, MemberLine, SealLine
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web

MAIN = ("submit", "seat", "vote", "allow", "allow_partly")
PLACED = {"seal": "seals", "attach": "papers", "attach_scan": "papers"}
"""Steps whose button stands in the card that they fill, by the card."""
HARSH = ("refuse", "withdraw")
ASKS = {"submit": "提交后内容和盖章不能再改；评审组成立前可以撤回。"}


@dataclass(frozen=True)
class DetailPage:
    appeal: Appeal
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    basis: str
    seals: tuple[SealLine, ...]
    evidence: list[tuple[str, str, bool]]
    members: tuple[MemberLine, ...]
    verdict: str
    conclusion: str
    window: list[str]
    until: str
    missing: str
    clocks: tuple[ClockCard, ...]
    sit_href: str
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    seal_moves: list[web.MoveForm]
    paper_moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    card = selectors.appeal_card(web.actor(request), appeal_id, clock.now())
    return web.show(request, detail_page(card, clock.now()), "appeals/detail.html")


def detail_page(card: AppealCard, now: datetime, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    row, wanted = card.appeal, _wanted(card)
    moves = [move_form(card, one.verb, one.label, now, form) for one in card.moves if one.verb != "vote"]
    moves = [_called(one, wanted) for one in moves]
    until = moment_words(row.window.last_at) if row.state == State.DRAFT else ""
    return DetailPage(
        appeal=row, title=f"{level_words(row)} {card.dossier.number}", state=state_badge(row), stages=_stages(row),
        facts=_facts(card), basis=card.basis, seals=card.seals, evidence=evidence_of(card), members=card.members,
        verdict=_verdict(card), conclusion=card.conclusion, window=row.window.why, until=until,
        missing="、".join(words for words, _verb in wanted), clocks=card.clocks,
        sit_href=reverse("appeals:sit", args=[row.pk]) if card.my_seat else "",
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[one for one in moves if one.verb not in PLACED], seal_moves=_placed("seals", moves),
        paper_moves=_placed("papers", moves),
    )  # fmt: skip


def evidence_of(card: AppealCard) -> list[tuple[str, str, bool]]:
    """Name, address, and whether it is a scan of the sealed paper."""
    return [(one.name, reverse("matters:file", args=[one.id]), one.kind == "scan") for one in card.evidence]


def move_form(
    card: AppealCard, verb: str, label: str, now: datetime, form: tuple[str, StepForm] | None = None
) -> web.MoveForm:
    """One step as a button, with its form as it was typed."""
    own = form[1] if form and form[0] == verb else form_for(card, verb, now) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("appeals:move", args=[card.appeal.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]


def _placed(place: str, moves: list[web.MoveForm]) -> list[web.MoveForm]:
    return [one for one in moves if PLACED.get(one.verb) == place]


def _wanted(card: AppealCard) -> list[tuple[str, str]]:
    """What a draft still needs before it can be submitted, each with the step that brings it."""
    if card.appeal.state != State.DRAFT:
        return []
    seals = [(_("%s盖章") % one.part, "seal") for one in card.seals if one.on is None]
    scan = any(one.kind == "scan" for one in card.evidence)
    return seals if scan else [*seals, (_("盖章扫描件"), "attach_scan")]


def _called(move: web.MoveForm, wanted: list[tuple[str, str]]) -> web.MoveForm:
    """What comes next calls for a press; a submission that would be refused doesn't."""
    if wanted and move.verb in ("submit", *PLACED):
        return replace(move, tone="primary" if move.verb == wanted[0][1] else "secondary")
    return move


def _stages(row: Appeal) -> list[web.Stage]:
    ended = row.state not in LIVE
    here = len(ROAD) if ended else ROAD.index(State(row.state))
    gone = row.seated_at is not None
    road = ROAD if not ended or gone else ROAD[: 2 if row.submitted_at else 1]
    stages = [
        web.Stage(STATE_LABELS[one], "done" if place < here else "now" if place == here else "todo")
        for place, one in enumerate(road)
    ]
    if not ended:
        return [*stages, web.Stage(_("结论"), "todo")]
    good = row.state in (State.ALLOWED, State.PARTLY)
    return [*stages, web.Stage(STATE_LABELS[State(row.state)], "done" if good else "bad")]


def _facts(card: AppealCard) -> list[web.Fact]:
    row, told = card.appeal, card.dossier
    href = reverse("complaints:detail", args=[row.complaint_id]) if card.sees else ""
    return [
        web.Fact(_("投诉"), told.number, href, told.category),
        web.Fact(_("申诉编号"), row.number or _("提交后生成")),
        web.Fact(_("责任单位"), told.unit, note=_("起草：%s") % row.drafted_by.name),
        web.Fact(_("专业部门"), told.department or _("未派发")),
        web.Fact(_("原核定"), was_words(row), note=_("申诉前账永远保留")),
        web.Fact(_("核定时间"), row.window.opened_at),
        web.Fact(_("申诉原因"), grounds_words(row)),
        web.Fact(_("申诉目的"), asked_words(row)),
        web.Fact(_("申诉截止"), moment_words(row.window.last_at)),
        web.Fact(_("提交时间"), row.submitted_at or _("未提交")),
    ]


def _verdict(card: AppealCard) -> str:
    """What the panel came to, with the numbers; empty while votes are secret."""
    if card.outcome is None:
        return ""
    result = result_words(card.appeal)
    return f"{choice_words(card.outcome)}（{card.count}）" + (f"，改判为{result}" if result else "")
