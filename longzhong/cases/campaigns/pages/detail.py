"""专项整治详情: baseline against now with what chance could do, the measures, the next moves."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.models import Campaign, Measure
from longzhong.cases.campaigns.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.campaigns.pages.words import change_words, effect_badge, measure_badge, state_badge
from longzhong.cases.campaigns.rules import (
    BASIS_LABELS,
    DOUBT_LABELS,
    REACHED_LABELS,
    READERS,
    ROAD,
    STATE_LABELS,
    Basis,
    Reached,
    State,
)
from longzhong.cases.campaigns.selectors import Card
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import clock, web
from longzhong.kit.clock import civil_day

MAIN = ("start", "judge")
ASKS = {"start": "启动时冻结基线件数，之后申诉改判也不再改动基线。", "end": "结束后不再计入新的投诉，请按时总结成效。"}


@dataclass(frozen=True)
class DetailPage:
    campaign: Campaign
    state: web.Badge
    effect: web.Badge | None
    stages: list[web.Stage]
    tiles: list[web.Tile]
    doubts: list[str]
    facts: list[web.Fact]
    aim: str
    measures: list[tuple[Measure, web.Badge]]
    clocks: list[ClockCard]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    may_edit: bool


@web.page(*READERS)
def detail(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), campaign_id), "campaigns/detail.html")


def detail_page(who: web.Actor, campaign_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    now = clock.now()
    card, day = selectors.campaign_card(who, campaign_id, now), civil_day(now)
    row = card.campaign
    return DetailPage(
        campaign=row, state=state_badge(row), effect=effect_badge(card.counted.effect) if card.counted else None,
        stages=_stages(row), tiles=_tiles(card), doubts=_doubts(card), facts=_facts(card), aim=row.aim,
        measures=[(one, measure_badge(one, day)) for one in card.measures],
        clocks=_clocks(card), timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(card, who, one.verb, one.label, form) for one in card.moves if one.verb != "edit"],
        may_edit=any(one.verb == "edit" for one in card.moves),
    )  # fmt: skip


def _tiles(card: Card) -> list[web.Tile]:
    if card.counted is None:
        return []
    now = card.counted

    def listed(span: str, side: str = "all") -> str:
        return f"{reverse('campaigns:behind', args=[card.campaign.pk])}?span={span}&side={side}"

    held = _("%(days)s 天，至 %(last)s") % {"days": now.base_days, "last": now.base_to}
    return [
        web.Tile(_("整治期受理"), now.total, _("件"), listed("now"), note=_("%s 天") % now.days),
        web.Tile(_("基线受理"), now.base_total, _("件"), listed("base"), note=held),
        web.Tile(_("整治期属实"), now.upheld, _("件"), listed("now", "upheld"), note=_("申诉后")),
        web.Tile(_("基线属实"), now.base_upheld, _("件"), listed("base", "upheld"), note=_("按启动时的定性")),
    ]


def _doubts(card: Card) -> list[str]:
    """What has to be said beside the effect."""
    return [DOUBT_LABELS[one] for one in card.compared.doubts] if card.compared else []


def _facts(card: Card) -> list[web.Fact]:
    row = card.campaign
    met = REACHED_LABELS[card.reached or Reached.UNKNOWN]
    return [
        web.Fact(_("范围"), row.unit.name),
        web.Fact(_("投诉分类"), "；".join(card.names)),
        web.Fact(_("起止"), _("%(first)s 至 %(last)s") % {"first": row.starts_on, "last": row.ends_on}),
        web.Fact(_("对比口径"), BASIS_LABELS[Basis(row.basis)]),
        web.Fact(_("下降目标"), f"{row.target_pct} %", note=met),
        web.Fact(_("变化"), change_words(card.counted.rate) if card.counted else _("未启动")),
        web.Fact(
            _("同期其他投诉"), change_words(card.compared.other) if card.compared else "–", note=_("同范围的其他分类")
        ),
        web.Fact(_("总结"), row.conclusion or _("未总结")),
    ]


def _clocks(card: Card) -> list[ClockCard]:
    """Those that run, each with the measure that it watches."""
    about = {f"measure:{one.pk}": Truncator(one.text).chars(24) for one in card.measures}
    live = [one for one in card.clocks if one.is_live]
    return [replace(one, label=f"{one.label} · {about[one.name]}" if one.name in about else one.label) for one in live]


def _stages(row: Campaign) -> list[web.Stage]:
    if row.state == State.CANCELLED:
        return [web.Stage(STATE_LABELS[State.DRAFT], "done"), web.Stage(STATE_LABELS[State.CANCELLED], "bad")]
    here = ROAD.index(State(row.state))
    ended = row.state == State.JUDGED
    return [
        web.Stage(STATE_LABELS[one], "done" if place < here or ended else "now" if place == here else "todo")
        for place, one in enumerate(ROAD)
    ]


def _move(card: Card, who: web.Actor, verb: str, label: str, form: tuple[str, StepForm] | None) -> web.MoveForm:
    own = form[1] if form and form[0] == verb else form_for(verb, card.campaign, who) if verb in FORMS else None
    first = verb == "add_measure" and card.campaign.state == State.RUNNING and not card.measures
    tone = "primary" if verb in MAIN or first else "danger" if verb == "cancel" else "secondary"
    action = reverse("campaigns:move", args=[card.campaign.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
