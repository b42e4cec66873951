"""小区移交详情: the stage and its deadline, the defects with whose they are, disputes and what belongs to them, papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.models import Defect, Dispute, Transfer
from longzhong.cases.transfers.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.transfers.pages.words import defect_badge, state_badge
from longzhong.cases.transfers.rules import LIVE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.transfers.selectors import VERB_WORDS, Card, DefectLine
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.dispatch.matters.selectors import ClockCard, StepCard
from longzhong.dispatch.matters.selectors.addresses import Linked
from longzhong.kit import clock, web

MAIN = ("list_defects", "clear", "notify", "submit", "accept", "hand_over", "fix", "verify")
HARSH = ("fail", "stop", "dispute", "unfix")
ASKS = {"hand_over": "接收后全部时限停止，资产归供电公司运维。", "stop": "中止后全部时限停止，可重新启动。"}
Typed = tuple[str, int, StepForm] | None


@dataclass(frozen=True)
class DefectRow:
    """A defect with its buttons."""

    row: Defect
    badge: web.Badge
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class DetailPage:
    transfer: Transfer
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    defects: list[DefectRow]
    disputes: tuple[Dispute, ...]
    ties: tuple[Linked, ...]
    papers: list[tuple[str, str, str]]
    clocks: tuple[ClockCard, ...]
    panels: list[Panel]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, transfer_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), transfer_id), "transfers/detail.html")


def detail_page(who: web.Actor, transfer_id: int, typed: Typed = None) -> DetailPage:
    """The page; with `typed` (verb, defect, form), that step's form as it was typed."""
    card = selectors.transfer_card(who, transfer_id, clock.now())
    row = card.transfer
    return DetailPage(
        transfer=row, title=row.estate, state=state_badge(row), stages=_stages(row, card.steps), facts=_facts(row),
        defects=[_defect(card, line, typed) for line in card.defects], disputes=card.disputes, ties=card.ties,
        papers=[(kind, file.name, reverse("matters:file", args=[file.id])) for kind, file in card.papers],
        clocks=tuple(one for one in card.clocks if one.is_live and one.name == "stage"),
        panels=panels_of(selectors.NOUN, row.pk, who),
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(row, one.verb, one.label, typed) for one in card.moves],
    )  # fmt: skip


def _stages(row: Transfer, steps: Sequence[StepCard]) -> list[web.Stage]:
    """The road; a dispute or a stop is shown on the stage where it began."""
    held = row.state not in ROAD
    before = (step.data.get("from") for step in steps)  # the newest first
    at = next((State(one) for one in before if one in ROAD), State.SURVEY) if held else State(row.state)
    now, ended = ROAD.index(at), row.state not in LIVE and not held
    here = "bad" if held else "now"
    return [
        web.Stage(
            STATE_LABELS[state], "done" if place < now or ended else here if place == now else "todo",  # type: ignore[arg-type]
            STATE_LABELS[State(row.state)] if held and place == now else "",
        )
        for place, state in enumerate(ROAD)
    ]  # fmt: skip


def _facts(row: Transfer) -> list[web.Fact]:
    return [
        web.Fact(_("编号"), row.number),
        web.Fact(_("户数"), _("%s 户") % f"{row.households:,}"),
        web.Fact(_("开发商"), row.developer or _("未登记")),
        web.Fact(_("物业公司"), row.property_company or _("未登记")),
        web.Fact(_("责任单位"), row.unit.name),
        web.Fact(_("台区"), row.area.name if row.area else _("未登记")),
        web.Fact(_("登记"), row.opened_at, note=row.opened_by.name),
        web.Fact(_("进入本阶段"), row.entered_at),
        web.Fact(_("协议编号"), row.contract_no or _("未签订")),
        web.Fact(_("接收时间"), row.handed_over_at or _("未接收")),
    ]


def _defect(card: Card, line: DefectLine, typed: Typed) -> DefectRow:
    moves = [_move(card.transfer, verb, VERB_WORDS[verb], typed, line.row.pk) for verb in line.verbs]
    return DefectRow(line.row, defect_badge(line.row, overdue=line.overdue), moves)


def _move(row: Transfer, verb: str, label: str, typed: Typed, defect_id: int = 0) -> web.MoveForm:
    is_typed = typed is not None and typed[:2] == (verb, defect_id)
    form = typed[2] if typed and is_typed else form_for(verb, defect_id=defect_id) if verb in FORMS else None
    main = verb in MAIN or verb.startswith("settle_")
    tone = "primary" if main else "danger" if verb in HARSH else "secondary"
    hidden = {"defect_id": str(defect_id)} if defect_id else {}
    action = reverse("transfers:move", args=[row.pk, verb])
    return web.MoveForm(verb, label, action, form=form, ask=ASKS.get(verb, ""), tone=tone, hidden=hidden)  # type: ignore[arg-type]
