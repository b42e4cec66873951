"""一件销户: where it stands, what is still to be brought, what was told; next moves from the machine's table."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.pages.forms import FORMS, AgainForm, Choices, StepForm, form_for
from longzhong.cases.closures.pages.words import state_badge
from longzhong.cases.closures.rules import (
    CHANNEL_LABELS,
    GROUND_LABELS,
    HALL,
    LIVE,
    PAPERS,
    READERS,
    ROAD,
    STATE_LABELS,
    WAY_LABELS,
    Asked,
    Channel,
    Ground,
    State,
    Way,
)
from longzhong.cases.closures.selectors import Closure, ClosureCard, Telling, ToldAgain
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.dispatch.notifications.rules import COMPOSERS
from longzhong.kit import clock, web

# the first of these that is open is the page's main step
MAIN = ("apply", "bring", "pass_on", "read", "settle", "close")
ASKS = {
    "apply": "受理后客户状态为销户办理中，不再发电费短信。",
    "close": "办结后客户状态为已销户；再用电须按新装办理。",
    "withdraw": "撤回后恢复为在用，重新接收电费短信。",
    "read": "拆表后不能再撤回；拆迁户从此不再收到任何自动短信。",
}


@dataclass(frozen=True)
class DetailPage:
    row: Closure
    title: str
    state: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    papers: tuple[Asked, ...]
    blocks: str
    telling_href: str
    again: tuple[ToldAgain, ...]
    clocks: tuple[ClockCard, ...]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    beside: list[web.MoveForm]
    prints: list[tuple[str, str]]
    wish: bool


@web.page(*READERS)
def detail(request: HttpRequest, closure_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), closure_id), "closures/detail.html")


def detail_page(who: web.Actor, closure_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.closure_card(who, closure_id, clock.now())
    row = card.row
    return DetailPage(
        row=row, title=_("销户 %(number)s") % {"number": row}, state=state_badge(row), stages=_stages(row),
        facts=[*_facts(who, card), *_ends(row)], papers=card.papers, blocks=card.blocks,
        telling_href=reverse("closures:list_print", args=[card.telling.pk, "pdf"]) if card.telling else "",
        again=card.again, clocks=card.clocks,
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps), moves=_moves(card, form),
        beside=_beside(who, card), prints=_prints(who, card), wish=row.state == State.WISHED,
    )  # fmt: skip


def choices_of(who: web.Actor, closure_id: int) -> Choices:
    """What the forms of a closure offer: documents still to be brought, people of its unit."""
    return _choices(selectors.closure_card(who, closure_id, clock.now()))


def again_choices(telling: Telling) -> Choices:
    """What may have been asked for twice: documents that stand not on the list; by whom: people of the unit that handed it over."""
    papers = [(code, words) for code, words in PAPERS.items() if code not in telling.codes]
    return {"paper": papers, "staff": selectors.colleagues(telling.unit_id, clock.today())}


def _choices(card: ClosureCard) -> Choices:
    names = {one.verb for one in card.moves}
    missing = [(one.code, one.words) for one in card.missing]
    staff = selectors.colleagues(card.row.unit_id, clock.today()) if "assign" in names else []
    return {"paper": missing, "staff": staff}


def _stages(row: Closure) -> list[web.Stage]:
    if row.state not in ROAD:
        return [web.Stage(STATE_LABELS[State.WISHED], "done"), web.Stage(STATE_LABELS[State.WITHDRAWN], "bad")]
    now = ROAD.index(State(row.state))
    ended = row.state not in LIVE
    return [
        web.Stage(STATE_LABELS[state], "done" if place < now or ended else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]


def _facts(who: web.Actor, card: ClosureCard) -> list[web.Fact]:
    row, customer = card.row, card.customer
    telling = card.telling
    told = f"{telling.number} {WAY_LABELS[Way(telling.way)]}" if telling else _("没有告知")
    facts = [
        web.Fact(_("客户"), customer.name, reverse("customers:account", args=[row.account_id]), customer.code),
        web.Fact(_("地址"), customer.place, note=customer.unit),
        web.Fact(_("客户状态"), customer.state_word, note=_("已拦截短信 %(n)s 条") % {"n": card.withheld}),
        web.Fact(_("原因"), GROUND_LABELS[Ground(row.ground)], note=CHANNEL_LABELS[Channel(row.channel)]),
        web.Fact(_("负责人"), row.owner.name),
        web.Fact(_("下次联系"), row.next_on or _("—"), note=_("已联系 %(n)s 次") % {"n": row.tries}),
        web.Fact(_("一次性告知"), told),
    ]
    if row.household is not None:
        href = reverse("closures:household", args=[row.household_id])
        facts.append(web.Fact(_("拆迁项目"), row.household.project.name, href))
    if row.case is not None and hotline.is_visible(who, row.case.pk):
        facts.append(web.Fact(_("诉求"), row.case.number, reverse("hotline:case", args=[row.case_id])))
    return facts


def _ends(row: Closure) -> list[web.Fact]:
    """The last reading, the money, the end: as far as it came."""
    facts = [web.Fact(_("末次示数"), f"{row.kwh} kWh", note=_("电能表已拆除"))] if row.kwh is not None else []
    if row.final_fen is not None:
        facts.append(web.Fact(_("末次电费"), f"{row.final_fen / 100:.2f} 元", note=row.receipt))
    return [*facts, web.Fact(_("结束时间"), row.closed_at)] if row.closed_at else facts


def _moves(card: ClosureCard, form: tuple[str, StepForm] | None) -> list[web.MoveForm]:
    choices = _choices(card)
    open_to = [one for one in card.moves if one.verb != "bring" or choices["paper"]]
    main = next((verb for verb in MAIN if verb in {one.verb for one in open_to}), "")
    moves = []
    for one in open_to:
        own = form[1] if form and form[0] == one.verb else form_for(FORMS, one.verb, choices=choices)
        tone = "primary" if one.verb == main else "danger" if one.verb == "withdraw" else "secondary"
        action = reverse("closures:move", args=[card.row.pk, one.verb])
        moves.append(web.MoveForm(one.verb, one.label, action, form=own, ask=ASKS.get(one.verb, ""), tone=tone))  # type: ignore[arg-type]
    return moves


def _prints(who: web.Actor, card: ClosureCard) -> list[tuple[str, str]]:
    """Label and address of what may be printed: forms with name and address, by a press, journalled."""
    if card.row.state not in LIVE or not who.has(*HALL):
        return []
    kinds = (("form", _("销户申请表（免填单）")), ("letter", _("材料后补承诺书")))
    return [(words, reverse("closures:print", args=[card.row.pk, kind])) for kind, words in kinds]


def _beside(who: web.Actor, card: ClosureCard) -> list[web.MoveForm]:
    """What is done beside the machine: a second request recorded, the customer reminded."""
    row, found = card.row, []
    if row.state in LIVE and who.has(*HALL) and card.telling:
        action = reverse("closures:again", args=[card.telling.pk])
        form = AgainForm(auto_id="again_%s", choices=again_choices(card.telling))
        found.append(web.MoveForm("again", _("登记二次告知"), action, form=form))
    if row.state in LIVE and who.has(*COMPOSERS):
        ask = _("给客户发一条短信：销户尚未办结、还缺什么、到哪天前联系；每天最多一条。")
        found.append(web.MoveForm("remind", _("短信提醒客户"), reverse("closures:remind", args=[row.pk]), ask=ask))
    return found
