"""整改单详情: where it stands, measures with their proof, who signed and who hasn't, re-visits, what happens next."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.rectifications.pages.words import (
    measure_badge,
    part_words,
    sign_badge,
    signer_words,
    state_badge,
    visit_badge,
)
from longzhong.cases.rectifications.rules import (
    ALL,
    ORDER_LABELS,
    RESIGN_LABELS,
    ROAD,
    STATE_LABELS,
    Order,
    Resign,
    Sign,
    State,
)
from longzhong.cases.rectifications.selectors import Card, MeasureLine, PartLine
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web
from longzhong.kit.clock import civil_day

MAIN = ("submit", "sign", "prove", "revisit", "effective", "again")
HARSH = ("refuse", "return_proof", "not_effective", "drop_measure")
ASKS = {
    "submit": "提交后由所选部门会签；任一部门不同意即退回修改。按顺序会签时，按 1 至 6 的次序轮流签。",
    "again": "开始后各项措施按新的期限计时。",
}


@dataclass(frozen=True)
class MeasureRow:
    line: MeasureLine
    badge: web.Badge
    files: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class PartRow:
    line: PartLine
    part: str
    signer: str
    badge: web.Badge


@dataclass(frozen=True)
class DetailPage:
    form: Form
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    card: Card
    measures: list[MeasureRow]
    parts: list[PartRow]
    before: list[PartRow]
    revisits: list[tuple[object, web.Badge]]
    clocks: list[ClockCard]
    refused: list[tuple[str, str]]
    panels: list[Panel]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*ALL)
def detail(request: HttpRequest, form_id: int) -> HttpResponseBase:
    now = clock.now()
    who = web.actor(request)
    return web.show(
        request, detail_page(who, selectors.form_card(who, form_id, now), now), "rectifications/detail.html"
    )


def detail_page(who: web.Actor, card: Card, now: datetime, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    row, day = card.form, civil_day(now)
    return DetailPage(
        form=row, title=_("整改单 %s") % row.number, state=state_badge(row), stages=_stages(row), facts=_facts(who, card),
        card=card, measures=[_measure(one, row) for one in card.measures], parts=[_part(one, now) for one in card.parts],
        before=[_part(one, now) for one in card.before],
        revisits=[(one, visit_badge(one, day)) for one in card.revisits],
        clocks=_clocks(card), refused=_refused(card), panels=panels_of(selectors.NOUN, row.pk, who),
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(card, one.verb, one.label, now, form) for one in card.moves],
    )  # fmt: skip


def _stages(row: Form) -> list[web.Stage]:
    if row.state == State.SUPERSEDED:
        return [web.Stage(STATE_LABELS[State.DRAFTING], "done"), web.Stage(STATE_LABELS[State.SUPERSEDED], "bad")]
    bad = row.state == State.NOT_EFFECTIVE
    here = ROAD.index(State.RECTIFYING if bad else State(row.state))
    now = "bad" if bad else "done" if row.state == State.CLOSED else "now"
    return [
        web.Stage(
            STATE_LABELS[State.NOT_EFFECTIVE] if bad and place == here else STATE_LABELS[one],
            "done" if place < here else "todo" if place > here else now,  # type: ignore[arg-type]
        )
        for place, one in enumerate(ROAD)
    ]


def _facts(who: web.Actor, card: Card) -> list[web.Fact]:
    row, complaint = card.form, card.form.complaint
    open_to = complaints.is_visible(who, complaint.pk)
    href = reverse("complaints:detail", args=[complaint.pk]) if open_to else ""
    again = _("第 %s 次整改") % row.round if row.round > 1 else ""
    facts = [
        web.Fact(_("投诉"), complaint.case.number, href, card.category),
        web.Fact(_("核定结论"), complaint.get_final_verdict_display(), note=complaint.get_root_cause_display()),
        web.Fact(_("责任单位"), row.unit.name),
        web.Fact(_("填报人"), row.owner.name if row.owner else _("暂缺，请上级指定单位负责人")),
        web.Fact(_("专业部门"), row.department.name if row.department else "–"),
        web.Fact(_("生成时间"), row.opened_at),
        web.Fact(_("会签完成"), row.signed_at or _("未完成"), note=_way(row)),
        web.Fact(_("措施完成"), row.done_at or _("未完成"), note=again),
        web.Fact(_("成效评价日"), row.review_on or _("措施全部举证后确定")),
    ]
    if card.similar is not None:
        facts.append(web.Fact(_("整改后同类属实投诉"), _("%s 件") % card.similar))
    return facts


def _way(row: Form) -> str:
    if not row.order:
        return ""
    return f"{ORDER_LABELS[Order(row.order)]}，退回后{RESIGN_LABELS[Resign(row.resign)]}" if row.resign else ""


def _clocks(card: Card) -> list[ClockCard]:
    """Those that run, each with whose signature or which measure it watches."""
    about = {f"sign:{one.row.pk}": part_words(one.row) for one in card.parts}
    about |= {f"measure:{one.row.pk}": _("第 %s 项") % one.row.number for one in card.measures}
    live = [one for one in card.clocks if one.is_live]
    return [replace(one, label=f"{one.label} · {about[one.name]}" if one.name in about else one.label) for one in live]


def _refused(card: Card) -> list[tuple[str, str]]:
    """Who sent the form back and why, while that is to be mended."""
    if card.form.state != State.DRAFTING:
        return []
    return [
        (f"{part_words(one.row)} {signer_words(one.row)}", one.opinion)
        for one in card.parts
        if one.row.state == Sign.REFUSED
    ]


def _measure(line: MeasureLine, form: Form) -> MeasureRow:
    files = [(one.name, reverse("matters:file", args=[one.id]), one.is_photo) for one in line.files]
    return MeasureRow(line, measure_badge(line, form), files)


def _part(line: PartLine, now: datetime) -> PartRow:
    return PartRow(line, part_words(line.row), signer_words(line.row), sign_badge(line.row, now))


def _move(card: Card, verb: str, label: str, now: datetime, form: tuple[str, StepForm] | None) -> web.MoveForm:
    own = form[1] if form and form[0] == verb else form_for(verb, card, now) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("rectifications:move", args=[card.form.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
