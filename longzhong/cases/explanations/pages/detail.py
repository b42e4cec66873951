"""One sheet: what was shown to the customer, what they said, the paper to hand over."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.explanations import selectors, services
from longzhong.cases.explanations.engines.typesetter import Typesetter
from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.pages.words import STATE_TONES, VERDICT_TONES, day_chart, load_chart
from longzhong.cases.explanations.rules import MACHINE, READERS, STATE_LABELS, WRITERS, State
from longzhong.cases.explanations.selectors import Told
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit import clock, journal, web
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("客户的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class DetailPage:
    sheet: Sheet
    name: str
    state: web.Badge
    verdict: web.Badge
    headline: str
    neighbours: str
    advert: str
    said: Told
    facts: list[web.Fact]
    chart: dict[str, Any]
    days: dict[str, Any]
    wants_test: bool
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, sheet_id: int) -> HttpResponseBase:
    who = web.actor(request)
    sheet = selectors.sheet_of(who, sheet_id)
    card, said = customers.cards_of(who, [sheet.account])[0], selectors.told(sheet)
    page = DetailPage(
        sheet=sheet, name=card.name, state=web.Badge(STATE_TONES[sheet.state], STATE_LABELS[State(sheet.state)]),
        verdict=web.Badge(VERDICT_TONES[said.comparison.verdict], said.comparison.words), headline=selectors.headline(said),
        neighbours=selectors.neighbour_words(said.neighbours, said.neighbours_count), advert=selectors.advert_words(said),
        said=said, facts=_facts(who, sheet, card.place, said),
        chart=load_chart(said.average, said.chosen, said.chosen_on[5:], said.base_kw),
        days=day_chart([(one["day"][5:], one["kwh"]) for one in said.days]), wants_test=sheet.state == State.TEST_WANTED,
        timeline=matter_reads.timeline(selectors.label(sheet.pk)), moves=_moves(sheet, who),
    )  # fmt: skip
    return web.show(request, page, "explanations/detail.html")


@web.page(*READERS)
def pdf(request: HttpRequest, sheet_id: int) -> HttpResponseBase:
    """The paper; printing one is kept in the journal."""
    who = web.actor(request)
    sheet = selectors.sheet_of(who, sheet_id)
    made = Typesetter().pdf(selectors.paper_of(who, sheet))
    journal.record(who, "explanations.print", selectors.label(sheet.pk), at=clock.now())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{sheet}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@web.page(*WRITERS)
def answer(request: HttpRequest, sheet_id: int, verb: str) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()

    def act() -> str:
        return services.answer(
            sheet_id=sheet_id, verb=verb, reason=request.POST.get("reason", "")[:500], by=who, at=now
        ).state

    def do() -> str:
        return matters.once(
            key=request.POST.get("client_key", ""), what=f"explanations.{verb}:{sheet_id}", act=act, by=who, at=now
        )

    return web.act(request, do, done=_("客户意见已登记。"), back=reverse("explanations:detail", args=[sheet_id]))


def _facts(who: web.Actor, sheet: Sheet, place: str, said: Told) -> list[web.Fact]:
    return [
        web.Fact(_("用电地址"), place, reverse("customers:account", args=[sheet.account_id])),
        web.Fact(_("供电单位"), sheet.unit.name),
        web.Fact(_("统计时段"), f"{sheet.first_on} – {sheet.last_on}", note=_("%s 天数据完整") % said.counted),
        web.Fact(_("电能表"), "、".join(code[-4:] for code in said.meters), note=_("尾号")),
        web.Fact(_("解释人"), sheet.explained_by.name if sheet.explained_by else _("系统")),
        web.Fact(_("关联诉求"), *_case(who, sheet.case)),
    ]


def _case(who: web.Actor, matter: str) -> tuple[str, str]:
    """Title and address of the case behind a label; nothing of a secret one, whose account would stand beside it."""
    try:
        noun, number = noun_of(matter)
    except Refused:
        return _("无"), ""
    return (noun.title(number), noun.url(number)) if noun.door(who, number) else (_("不在您的管辖范围内"), "")


def _moves(sheet: Sheet, who: web.Actor) -> list[web.MoveForm]:
    asks = {
        "accept": _("客户认可这份解释，单子随之办结。"),
        "ask_test": _("登记客户要求校验电能表，并提示去办理校表申请。"),
    }
    return [
        web.MoveForm(
            move.verb, move.label, reverse("explanations:answer", args=[sheet.pk, move.verb]),
            form=ReasonForm(auto_id=f"{move.verb}_%s") if move.needs else None, ask=asks.get(move.verb, ""),
            tone="primary" if move.verb == "accept" else "secondary",
        )
        for move in MACHINE.moves_from(sheet.state, who.roles)
    ]  # fmt: skip
