"""舆情详情: what was said and how hot it is, the outage of its area, the text to publish; next moves from the machine's table."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.media import selectors
from longzhong.cases.media.models import Item, Reading
from longzhong.cases.media.pages.forms import FORMS, StepForm, form_for
from longzhong.cases.media.pages.words import grade_badge, platform_words, state_badge, topic_words
from longzhong.cases.media.rules import GRADE_LABELS, GRADERS, LIVE, READERS, ROAD, STATE_LABELS, Grade, State
from longzhong.cases.media.selectors import Card
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.dispatch.matters.selectors.addresses import Linked
from longzhong.kit import clock, web
from longzhong.sensing.outages.selectors import OutageCard

MAIN = ("grade", "report", "assign", "draft", "approve", "answer", "close")
HARSH = ("return", "dismiss", "flare")
ASKS = {"answer": "发布由人在平台上完成，这里只登记；登记后回应时限停止。", "dismiss": "认定后全部时限停止。"}


@dataclass(frozen=True)
class DetailPage:
    item: Item
    title: str
    state: web.Badge
    grade: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    outages: tuple[OutageCard, ...]
    ties: tuple[Linked, ...]
    readings: tuple[Reading, ...]
    clocks: tuple[ClockCard, ...]
    panels: list[Panel]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, item_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(web.actor(request), item_id), "media/detail.html")


def detail_page(who: web.Actor, item_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.item_card(who, item_id, clock.now())
    row = card.item
    owners = selectors.handlers(who, row.unit_id) if who.has(*GRADERS) else []
    return DetailPage(
        item=row, title=row.title, state=state_badge(row), grade=grade_badge(row), stages=_stages(row), facts=_facts(row),
        outages=card.outages, ties=card.ties, readings=card.readings, clocks=tuple(one for one in card.clocks if one.is_live),
        panels=panels_of(selectors.NOUN, row.pk, who),
        timeline=matters.timeline(selectors.label(row.pk), cards=card.steps),
        moves=[_move(card, one.verb, one.label, owners, form) for one in card.moves],
    )  # fmt: skip


def _stages(row: Item) -> list[web.Stage]:
    if row.state not in ROAD:
        return [web.Stage(STATE_LABELS[State.FOUND], "done"), web.Stage(STATE_LABELS[State(row.state)], "bad")]
    now, ended = ROAD.index(State(row.state)), row.state not in LIVE
    return [
        web.Stage(STATE_LABELS[state], "done" if place < now or ended else "now" if place == now else "todo")
        for place, state in enumerate(ROAD)
    ]


def _facts(row: Item) -> list[web.Fact]:
    suggested = _("按热度建议：%s") % GRADE_LABELS[Grade(row.suggested)]
    return [
        web.Fact(_("编号"), row.number),
        web.Fact(_("平台"), platform_words(row), note=topic_words(row)),
        web.Fact(_("发布时间"), row.posted_at),
        web.Fact(_("发现时间"), row.found_at, note=row.found_by.name if row.found_by else ""),
        web.Fact(_("等级"), row.get_grade_display() or _("未定级"), note=suggested),
        web.Fact(_("台区"), row.area.name if row.area else _("未指明")),
        web.Fact(_("责任单位"), row.unit.name),
        web.Fact(_("负责人"), row.owner.name if row.owner else _("未指定")),
        web.Fact(_("上报领导"), row.reported_at or _("未登记")),
        web.Fact(_("回应时间"), row.answered_at or _("未回应")),
        web.Fact(_("再次发酵"), _("%s 次") % row.flares),
        web.Fact(_("链接"), row.url or _("无"), note=_("只登记，不访问。")),
    ]


def _move(
    card: Card, verb: str, label: str, owners: list[tuple[int, str]], form: tuple[str, StepForm] | None
) -> web.MoveForm:  # fmt: skip
    row = card.item
    kept: dict[str, dict[str, Any]] = {
        "grade": {"grade": row.suggested}, "draft": {"text": row.response},
        "measure": {"views": row.views, "comments": row.comments, "reposts": row.reposts},
    }  # fmt: skip
    typed = kept.get(verb, {})
    own = form[1] if form and form[0] == verb else form_for(verb, owners=owners, **typed) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("media:move", args=[row.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ASKS.get(verb, ""), tone=tone)  # type: ignore[arg-type]
