"""一件告知任务, on the phone of who goes there: whom, until when, what the paper says; serve or post it with a photo."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, journal, papers, web
from longzhong.register.customers import selectors as customers
from longzhong.sensing.announcements import selectors, services
from longzhong.sensing.announcements.pages.forms import FORMS, StepForm, form_for
from longzhong.sensing.announcements.pages.words import state_badge
from longzhong.sensing.announcements.rules import MACHINE, READERS, RECEIPT_LABELS, TALE_LABELS, Receipt, State, Tale
from longzhong.sensing.announcements.selectors import Errand

MAIN, HARSH = ("serve", "post"), ("cancel",)
ASKS = {"cancel": "取消后不再提醒、不算超期，原因留在时间线上；需要时重新组织告知。"}


@dataclass(frozen=True)
class ErrandPage:
    row: Errand
    title: str
    state: web.Badge
    is_open: bool
    is_outdated: bool
    facts: list[web.Fact]
    clocks: list[ClockCard]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    opened_form: str


@web.page(*READERS)
def errand(request: HttpRequest, errand_id: int) -> HttpResponseBase:
    return web.show(request, _page(web.actor(request), errand_id, clock.now()), "announcements/errand.html")


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, errand_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    row = selectors.errand_of(who, errand_id)
    form = form_for(verb, selectors.staff_choices(row, now), request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, _page(who, errand_id, now, (verb, form)), "announcements/errand.html")
    services.take_step(
        errand_id=errand_id, verb=verb, given=form.given(), photos=form.uploads(),
        key=request.POST.get("client_key", ""), by=who, at=now,
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.WORDS.get(verb, verb)})
    return redirect("announcements:errand", errand_id)


@web.page(*READERS)
def paper(request: HttpRequest, errand_id: int) -> HttpResponseBase:
    """The paper to serve or to post; printing one is kept in the journal."""
    who = web.actor(request)
    row = selectors.errand_of(who, errand_id)
    made = papers.pdf(selectors.paper_of(who, row))
    journal.record(who, "announcements.print", selectors.label(row.pk), at=clock.now())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{row}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(who: web.Actor, errand_id: int, now: datetime, form: tuple[str, StepForm] | None = None) -> ErrandPage:
    """The page; with `form`, that step's form as it was typed."""
    row = selectors.errand_of(who, errand_id)
    matter = selectors.label(row.pk)
    return ErrandPage(
        row=row, title=selectors.title(row.pk), state=state_badge(row), is_open=row.state == State.OPEN,
        is_outdated=row.state == State.OUTDATED, facts=_facts(who, row), clocks=matters.clock_cards(matter, now),
        timeline=matters.timeline(matter), moves=_moves(who, row, now, form), opened_form=form[0] if form else "",
    )  # fmt: skip


def _facts(who: web.Actor, row: Errand) -> list[web.Fact]:
    card = customers.cards_of(who, [row.account])[0] if row.account else None
    whom = web.Fact(_("客户"), card.name, note=f"{card.code} {'、'.join(card.priorities)}") if card else web.Fact(
        _("张贴处"), row.place, note=_("%s 户") % row.accounts
    )  # fmt: skip
    before = row.replaces
    rows = [
        whom, web.Fact(_("地址"), card.place) if card else None,
        web.Fact(_("告知"), TALE_LABELS[Tale(row.round.tale)]),
        web.Fact(_("停电"), f"{row.outage.number} {row.outage.title}", reverse("announcements:outage", args=[row.outage_id])),
        web.Fact(_("谁去"), str(row.owner or _("未指定")), note=str(row.unit)),
        None if row.state == State.OPEN else web.Fact(_("时限"), row.due_at),
        web.Fact(_("到访无人"), _("%s 次") % row.tries) if row.tries else None,
        web.Fact(_("送达方式"), RECEIPT_LABELS[Receipt(row.receipt)]) if row.receipt else None,
        web.Fact(_("完成"), row.done_at, note=str(row.done_by or "")) if row.done_at else None,
        web.Fact(_("位置"), _position(row)) if row.done_at and not row.account_id else None,
        web.Fact(_("替换"), str(before), selectors.url(before.pk)) if before else None,
    ]  # fmt: skip
    return [one for one in rows if one is not None]


def _position(row: Errand) -> str:
    return (
        f"{row.lat:.5f}, {row.lon:.5f}"
        if row.lat is not None and row.lon is not None
        else _("照片没有位置，原因见时间线")
    )


def _moves(who: web.Actor, row: Errand, now: datetime, form: tuple[str, StepForm] | None) -> list[web.MoveForm]:
    shown, choices = [], selectors.staff_choices(row, now)
    for one in MACHINE.moves_from(row.state):
        if one.verb not in FORMS or not selectors.may(who, one, row):
            continue
        own = form[1] if form and form[0] == one.verb else form_for(one.verb, choices)
        tone = "primary" if one.verb in MAIN else "danger" if one.verb in HARSH else "secondary"
        action = reverse("announcements:move", args=[row.pk, one.verb])
        shown.append(web.MoveForm(one.verb, one.label, action, form=own, ask=ASKS.get(one.verb, ""), tone=tone))  # type: ignore[arg-type]
    return shown
