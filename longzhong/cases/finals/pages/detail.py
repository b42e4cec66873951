"""最终答复详情: the grounds and the answer, whose turn it is, the evidence; next moves from the machine's table."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.finals.pages.words import grounds_words, state_badge
from longzhong.cases.finals.rules import LIVE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.finals.selectors import Card, Level
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import web

MAIN = ("submit", "endorse", "approve", "tell", "file")
HARSH = ("refuse", "withdraw")
ASKS = {
    "submit": "提交后内容不能再改，由所列岗位逐级审批。",
    "file": "报备后诉求终结，全部时限停止；客户再来电只倾听留存，不再为同一事项立单。",
}


@dataclass(frozen=True)
class DetailPage:
    final: FinalAnswer
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    answer: str
    levels: tuple[Level, ...]
    evidence: list[tuple[str, str]]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, final_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), final_id), "finals/detail.html")


def detail_page(who: web.Actor, final_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.final_card(who, final_id)
    row = card.final
    return DetailPage(
        final=row, title=_("最终答复 %(number)s") % {"number": row.number or _("（未批准）")}, state=state_badge(row),
        stages=_stages(row), facts=_facts(row), answer=card.answer, levels=card.levels,
        evidence=[(file.name, reverse("matters:file", args=[file.id])) for file in card.evidence],
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(card, verb.verb, verb.label, form) for verb in card.moves],
    )  # fmt: skip


def _stages(row: FinalAnswer) -> list[web.Stage]:
    if row.state not in ROAD:
        return [web.Stage(STATE_LABELS[State.DRAFT], "done"), web.Stage(STATE_LABELS[State(row.state)], "bad")]
    now = ROAD.index(State(row.state))
    ended = row.state not in LIVE
    return [
        web.Stage(STATE_LABELS[state], "done" if place < now or ended else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]


def _facts(row: FinalAnswer) -> list[web.Fact]:
    case = row.case
    return [
        web.Fact(_("诉求"), case.number, reverse("hotline:case", args=[case.pk]), case.category.name),
        web.Fact(_("依据"), grounds_words(row)),
        web.Fact(_("责任单位"), row.unit.name),
        web.Fact(_("起草人"), row.drafted_by.name),
        web.Fact(_("起草时间"), row.drafted_at),
        web.Fact(_("批准时间"), row.approved_at or _("未批准")),
        web.Fact(_("告知客户"), row.answered_at or _("未告知"), note=row.get_answered_how_display()),
        web.Fact(_("报备时间"), row.filed_at or _("未报备")),
    ]


def _move(card: Card, verb: str, label: str, form: tuple[str, StepForm] | None) -> web.MoveForm:
    typed = {"grounds": card.final.grounds, "answer": card.answer} if verb == "edit" else None
    own = form[1] if form and form[0] == verb else form_for(verb, initial=typed) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("finals:move", args=[card.final.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
