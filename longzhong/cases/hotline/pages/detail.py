"""诉求详情: number, state, owner, the next deadline and why; facts left, timeline right; next moves from the machine's table."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import CallBack, Case, ContactTry, Link, Promise
from longzhong.cases.hotline.pages.call_forms import RevealForm
from longzhong.cases.hotline.pages.facts import case_facts, customer_facts, order_facts, service_advice, stage_facts
from longzhong.cases.hotline.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.hotline.pages.promises import promise_badge
from longzhong.cases.hotline.pages.words import WHO, alarm_badge, state_badge, urgency_badge
from longzhong.cases.hotline.rules.callbacks import CALLED_BACK, SCRIPTS, WHEN
from longzhong.cases.hotline.rules.given import REVEALERS
from longzhong.cases.hotline.rules.machine import DESK, HANDS, LIVE, WORKING, State
from longzhong.cases.hotline.rules.words import GOVERNED_TYPES, CaseType, Purpose, Secrecy
from longzhong.cases.hotline.selectors import CaseCard
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, moment_words, panels_of
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web

MAIN = ("dispatch", "pass", "call", "claim", "accept_offer")
HARSH = ("void", "send_back", "give_up")
ASKS = {
    "claim": "认领后由您负责，原有时限不变。",
    "give_up": "按规定多次未接通，归档后不再回访。",
    "ask": "按名单请下一位联系客户或到场；本诉求仍由现在的负责人负责。",
    "accept_offer": "接手后由您负责，原有时限不变。",
}


@dataclass(frozen=True)
class PromiseLine:
    row: Promise
    badge: web.Badge


@dataclass(frozen=True)
class CasePage:
    case: Case
    title: str
    state: web.Badge
    urgency: web.Badge
    alarm: web.Badge | str
    next_clock: ClockCard | None
    stages: list[web.Stage]
    facts: list[web.Fact]
    customer: list[web.Fact]
    order: list[web.Fact]
    times: list[web.Fact]
    advice: str
    script: str
    clocks: tuple[ClockCard, ...]
    promises: list[PromiseLine]
    calls: tuple[CallBack, ...]
    tries: tuple[ContactTry, ...]
    children: tuple[Case, ...]
    links: tuple[Link, ...]
    offer: str
    panels: list[Panel]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    more: list[web.MoveForm]
    opened_form: str
    reveal: RevealForm | None
    shown: str = ""


@web.page(*WHO)
def case(request: HttpRequest, case_id: int) -> HttpResponseBase:
    return web.show(request, case_page(web.actor(request), case_id, clock.now()), "hotline/case.html")


def case_page(who: web.Actor, case_id: int, now: datetime, form: tuple[str, StepForm] | None = None) -> CasePage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.case_card(who, case_id, now)
    row = card.case
    moves, more = _steps(card, who)
    made = {verb: _move(verb, label, card, now, form) for verb, label in (*moves, *more)}
    return CasePage(
        case=row, title=card.category, state=state_badge(row), urgency=urgency_badge(row), alarm=alarm_badge(row),
        next_clock=card.next_clock, stages=[web.Stage(one.label, one.state) for one in selectors.road(row)],  # type: ignore[arg-type]
        facts=case_facts(card), customer=customer_facts(card), order=order_facts(card), times=stage_facts(card),
        advice=service_advice(card), script=_script(card), clocks=card.clocks,
        promises=[PromiseLine(one, promise_badge(one)) for one in card.promises], calls=card.calls, tries=card.tries,
        children=card.children, links=card.links, offer=_offer(card),
        panels=panels_of(selectors.NOUN, row.pk, who),
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps), moves=[made[verb] for verb, _l in moves],
        more=[made[verb] for verb, _l in more], opened_form=form[0] if form else "",
        reveal=RevealForm() if who.has(*REVEALERS) and selectors.may_know_caller(who, row) else None,
    )  # fmt: skip


def _steps(card: CaseCard, who: web.Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The machine's rows as buttons (the verdict of a call-back is one call), and the steps beside it."""
    rows = [(row.verb, row.label) for row in card.moves if row.verb not in CALLED_BACK]
    if any(row.verb in CALLED_BACK for row in card.moves):
        rows.insert(0, ("call", _("登记回访")))
    return rows, [row for row in _beside(card, who) if row not in rows and row[0] not in {verb for verb, _l in rows}]


def _beside(card: CaseCard, who: web.Actor) -> list[tuple[str, str]]:
    case, hands = card.case, bool(card.roles & {*HANDS, *DESK})
    heads = bool(card.roles & {"station", "quality"})
    offered = card.offer is not None and card.offer.to_id == who.staff_id
    states = {one.state for one in card.clocks}
    paused, runs, owed = "paused" in states, "running" in states, any(one.ended_at is None for one in card.promises)
    speaks = hands and any(case.state in WHEN[one] for one in Purpose if one is not Purpose.REVIEW)
    lone = case.state == State.TAKEN and case.owner_id == case.first_asked_id and not card.is_mine
    working, open_ = case.state in WORKING, case.state in LIVE
    rows = (
        (offered, "accept_offer", _("同意接手")), (offered, "decline_offer", _("谢绝接手")),
        (lone and hands and who.staff_id is not None, "claim", _("我来负责")),
        (speaks, "call", _("登记联系客户")), (hands and open_, "promise", _("作出承诺")),
        (hands and open_ and owed, "keep_promise", _("承诺已兑现")), (hands and open_ and owed, "move_promise", _("承诺改期")),
        (hands and working and card.waiting is None, "ask", _("失联兜底：找下一位")),
        (hands and card.waiting is not None, "reached", _("已联系上")),
        (hands and card.waiting is not None, "not_reached", _("没联系上，找下一位")),
        (open_ and card.offer is None and (card.is_mine or heads), "offer", _("交接给同事")),
        (hands and case.urges_count > 0 and open_, "answer_urge", _("答复催办")),
        (hands and open_ and runs and not paused, "pause", _("挂起时限")), (hands and paused, "resume", _("恢复计时")),
        (_may_hide(card, who), "keep_secret", _("客户要求保密")),
        *_paper_steps(card, hands and open_),
        (not open_ and bool(card.roles & {"quality", "dept"}) and not card.is_mine, "audit", _("全过程核实")),
    )  # fmt: skip
    return [(verb, label) for open_to, verb, label in rows if open_to]


def _may_hide(card: CaseCard, who: web.Actor) -> bool:
    case = card.case
    return case.type in GOVERNED_TYPES and case.secrecy == Secrecy.OPEN and selectors.may_hide(who, case)


def _paper_steps(card: CaseCard, may: bool) -> tuple[tuple[bool, str, str], ...]:
    """一证受理 and 免填单 of an application (S4-34)."""
    asked = may and card.case.type == CaseType.APPLICATION
    return (
        (asked and card.papers is None, "accept_one", _("一证受理")),
        (asked and card.papers is not None and bool(card.papers.missing), "bring_paper", _("补交材料")),
        (asked, "print_form", _("打印免填单")),
    )


def _script(card: CaseCard) -> str:
    calling = card.case.state == State.CALLING
    return SCRIPTS[Purpose.REVIEW] if calling else SCRIPTS[Purpose.ACCEPTED] if card.case.state in WORKING else ""


def _offer(card: CaseCard) -> str:
    if card.offer is None:
        return ""
    text = _("%(from)s 于 %(at)s 提出交给 %(to)s，等待对方确认；确认前仍由原负责人负责。")
    return text % {"from": card.offer.from_name, "to": card.offer.to_name, "at": moment_words(card.offer.offered_at)}


def _move(verb: str, label: str, card: CaseCard, now: datetime, form: tuple[str, StepForm] | None) -> web.MoveForm:
    own = form[1] if form and form[0] == verb else form_for(verb, card, now) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    address = (
        ("hotline:case_form", [card.case.pk]) if verb == "print_form" else ("hotline:case_step", [card.case.pk, verb])
    )
    action = reverse(address[0], args=address[1])
    hidden = {"number": str(card.waiting.pk)} if card.waiting and verb in ("reached", "not_reached") else {}
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone, hidden=hidden)  # type: ignore[arg-type]
