"""案例: what happened, what was missed, how it should be done; who has learned it; the printed case."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.words import CAUSE_LABELS, RootCause
from longzhong.cases.lessons import selectors
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.lessons.pages.words import state_badge
from longzhong.cases.lessons.rules import PART_LABELS, PARTS, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.lessons.selectors import Card
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import papers, web
from longzhong.kit.machine import Move
from longzhong.kit.papers import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKERS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (papers.pdf, "application/pdf"),
    "docx": (papers.docx, WORD),
}
MAIN = ("submit", "publish", "learn")
ASKS = {"publish": "发布后全员可见，并开始统计学习情况。"}


@dataclass(frozen=True)
class DetailPage:
    lesson: Lesson
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    sections: list[tuple[str, list[str]]]
    learned: tuple[tuple[str, int], ...]
    total: int
    mine: bool
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    may_edit: bool
    own: bool


@web.page(*READERS)
def detail(request: HttpRequest, lesson_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), lesson_id), "lessons/detail.html")


@web.page(*READERS)
def printed(request: HttpRequest, lesson_id: int, form: str) -> HttpResponseBase:
    paper = selectors.paper(web.actor(request), lesson_id)
    suffix = form if form in MAKERS else "pdf"
    make, kind = MAKERS[suffix]
    answer = HttpResponse(make(paper), content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{paper.number}.{suffix}"'
    return answer


def detail_page(who: web.Actor, lesson_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.lesson_card(who, lesson_id)
    row = card.lesson
    return DetailPage(
        lesson=row, state=state_badge(row), stages=_stages(row), facts=_facts(card),
        sections=[(PART_LABELS[one], getattr(row, one).splitlines()) for one in PARTS], learned=card.learned,
        total=sum(n for _unit, n in card.learned), mine=card.mine,
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(row, who, one, form) for one in card.moves if one.verb != "edit"],
        may_edit=any(one.verb == "edit" for one in card.moves), own=card.own,
    )  # fmt: skip


def _facts(card: Card) -> list[web.Fact]:
    row = card.lesson
    found = [
        web.Fact(_("分类"), "；".join(card.names)),
        web.Fact(_("主要原因"), CAUSE_LABELS[RootCause(row.root_cause)]),
        web.Fact(_("标签"), "、".join(row.tags) or "–"),
        web.Fact(_("编写"), f"{row.unit} {row.author}"),
        web.Fact(_("发布"), row.published_at or _("未发布"), note=str(row.published_by or "")),
    ]
    return [*found, web.Fact(_("来源"), card.source[0], card.source[1])] if card.source else found


def _stages(row: Lesson) -> list[web.Stage]:
    if row.state == State.RETIRED:
        return [web.Stage(STATE_LABELS[State.DRAFT], "done"), web.Stage(STATE_LABELS[State.RETIRED], "bad")]
    here, ended = ROAD.index(State(row.state)), row.state == State.PUBLISHED
    return [
        web.Stage(STATE_LABELS[one], "done" if place < here or ended else "now" if place == here else "todo")
        for place, one in enumerate(ROAD)
    ]


def _move(row: Lesson, who: web.Actor, move: Move, form: tuple[str, StepForm] | None) -> web.MoveForm:
    verb = move.verb
    own = form[1] if form and form[0] == verb else form_for(verb, who) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb == "retire" else "secondary"
    action = reverse("lessons:move", args=[row.pk, verb])
    return web.MoveForm(verb, move.label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
