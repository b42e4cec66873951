"""报备详情: what it covers and until when, whose turn it is, the evidence; next moves from the machine's table."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.filings import selectors
from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.filings.pages.words import kind_words, late_words, span_words, state_badge
from longzhong.cases.filings.rules import LIVE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.filings.selectors import Card
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.dispatch.matters.selectors.addresses import Linked
from longzhong.kit import clock, web

MAIN = ("submit", "accept", "confirm")
HARSH = ("return", "misuse", "withdraw", "end")
ASKS = {
    "submit": "提交后内容不能再改，由上级受理；须在事项开始之前。",
    "misuse": "认定后这份报备不再覆盖任何诉求，本单位从现在起暂停报备。",
    "end": "结束后的诉求不再标注；已标注的仍要核查。",
}


@dataclass(frozen=True)
class DetailPage:
    filing: Filing
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    scope: list[web.Fact]
    ties: tuple[Linked, ...]
    evidence: list[tuple[str, str]]
    clocks: tuple[ClockCard, ...]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, filing_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), filing_id), "filings/detail.html")


def detail_page(who: web.Actor, filing_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.filing_card(who, filing_id, clock.now())
    row = card.filing
    return DetailPage(
        filing=row, title=_("报备 %(number)s") % {"number": row.number or _("（未提交）")}, state=state_badge(row),
        stages=_stages(row), facts=_facts(row), scope=_scope(card), ties=card.ties,
        evidence=[(file.name, reverse("matters:file", args=[file.id])) for file in card.evidence],
        clocks=tuple(one for one in card.clocks if one.is_live),
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(card, one.verb, one.label, form) for one in card.moves],
    )  # fmt: skip


def _stages(row: Filing) -> list[web.Stage]:
    if row.state not in ROAD:
        return [web.Stage(STATE_LABELS[State.DRAFT], "done"), web.Stage(STATE_LABELS[State(row.state)], "bad")]
    now, ended = ROAD.index(State(row.state)), row.state not in LIVE
    return [
        web.Stage(STATE_LABELS[state], "done" if place < now or ended else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]


def _facts(row: Filing) -> list[web.Fact]:
    facts = [
        web.Fact(_("类型"), kind_words(row), note=late_words(row)),
        web.Fact(_("有效时间"), span_words(row)),
        web.Fact(_("报备单位"), row.unit.name),
        web.Fact(_("起草人"), row.drafted_by.name),
        web.Fact(_("提交时间"), row.submitted_at or _("未提交"), note=row.late_reason),
        web.Fact(_("受理"), row.accepted_at or _("未受理"), note=row.accepted_by.name if row.accepted_by else ""),
        web.Fact(_("核查"), row.audited_at or _("未核查"), note=row.audited_by.name if row.audited_by else ""),
    ]
    held = getattr(row, "suspension", None)
    return [*facts, web.Fact(_("暂停报备"), _("至 %s") % moment_words(held.until_at))] if held else facts


def _scope(card: Card) -> list[web.Fact]:
    row, named = card.filing, card.scope
    lists = ((_("台区"), named.areas), (_("线路"), named.feeders), (_("诉求分类"), named.categories))
    facts = [web.Fact(label, "、".join(name for _code, name in rows)) for label, rows in lists if rows]
    facts += [web.Fact(_("整个单位"), row.unit.name)] if row.whole_unit else []
    facts += [web.Fact(_("小区"), "、".join(row.estates))] if row.estates else []
    facts += [web.Fact(_("户号"), named.account)] if named.account else []
    return [*facts, web.Fact(_("来电号码"), row.phone_mask)] if row.phone_mask else facts


def _typed(card: Card) -> dict[str, Any]:
    """What an edit form shows again; account and phone stay as they are unless others are typed."""
    row, named = card.filing, card.scope
    lists = {"areas": named.areas, "feeders": named.feeders}
    plain = ("kind", "title", "grounds", "begins_at", "ends_at", "whole_unit", "late_reason")
    codes = {name: " ".join(code for code, _name in rows) for name, rows in lists.items()}
    return {**{name: getattr(row, name) for name in plain}, **codes, "estates": " ".join(row.estates),
            "categories": [code for code, _name in named.categories]}  # fmt: skip


def _move(card: Card, verb: str, label: str, form: tuple[str, StepForm] | None) -> web.MoveForm:
    initial = _typed(card) if verb == "edit" else None
    own = form[1] if form and form[0] == verb else form_for(verb, initial=initial) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("filings:move", args=[card.filing.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
