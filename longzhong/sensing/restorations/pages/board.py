"""恢复预计: when each live outage and repair will be back by history, beside what people were told; and how good that has been."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.sensing.restorations import selectors
from longzhong.sensing.restorations.models import Estimate
from longzhong.sensing.restorations.pages.card import CardView, card_view
from longzhong.sensing.restorations.pages.forms import AdoptForm, WeatherForm
from longzhong.sensing.restorations.rules import ADOPTERS, READERS, STAGE_LABELS, TELLERS, ModelState, Stage

LIVED = timedelta(days=90)


@dataclass(frozen=True)
class Lived:
    stage: str
    count: int
    miss_min: float
    within: float


@dataclass(frozen=True)
class BoardPage:
    table: web.Listing
    moves: list[web.MoveForm]
    card: CardView | None
    lived: list[Lived]
    models: web.Listing


@web.page(*READERS)
def board_page(request: HttpRequest) -> HttpResponseBase:
    who, now = web.actor(request), clock.now()
    table = web.listing(request, selectors.latest(who), COLUMNS, FILTERS, title=_("恢复预计"), href=_href)
    cards = list(selectors.cards(who))  # one a week
    row = next((one for one in cards if one.state == ModelState.INSTALLED), None)
    lived = [
        Lived(str(STAGE_LABELS[Stage(stage)]), *figures) for stage, figures in selectors.lived(now - LIVED).items()
    ]
    models = web.listing(
        request, cards, MODELS, title=_("模型"), name="models",
        href=lambda one: reverse("restorations:card", args=[one.version]),
    )  # fmt: skip
    page = BoardPage(table, _moves(who, now), card_view(row) if row else None, lived, models)
    return web.show(request, page, "restorations/board.html")


def _moves(who: web.Actor, now: Any) -> list[web.MoveForm]:
    if not who.has(*ADOPTERS):
        return []
    units = selectors.weather_units(who)
    start = now.astimezone(clock.CST)
    times = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{start + timedelta(hours=6):%Y-%m-%dT%H:%M}"}
    live = [
        (row.pk, f"{row.title} · {_clock(row.median_at)}（最晚 {_clock(row.high_at)}）")
        for row in selectors.adoptable(who)
    ]
    moves = [
        web.MoveForm(
            "weather",
            _("登记天气"),
            reverse("restorations:weather"),
            form=WeatherForm(units=units, initial=times),
            icon="cloud",
        )
    ]
    if live and who.has(*TELLERS):
        form = AdoptForm(rows=live)
        adopt = web.MoveForm("adopt", _("采用为对外时间"), reverse("restorations:adopt"), form=form, tone="secondary")
        moves.append(adopt)
    return moves


def _href(row: Estimate) -> str:
    try:
        noun, number = noun_of(row.label)
    except Refused:
        return ""
    return noun.url(number)


def _clock(moment: Any) -> str:
    return str(moment.astimezone(clock.CST).strftime("%m-%d %H:%M"))


def _span(row: Estimate) -> str:
    return f"{_clock(row.low_at)} – {_clock(row.high_at)}"


def _why(row: Estimate) -> str:
    return "；".join(row.reasons)


COLUMNS = (
    web.Column("what", "停电或工单", "title", note="unit.name"),
    web.Column(
        "stage",
        "依据的进展",
        lambda row: web.Badge("info", str(STAGE_LABELS[Stage(row.stage)])),
        "badge",
        "stage",
    ),
    web.Column("median", "预计恢复", "median_at", "countdown", "median_at"),
    web.Column("span", "八成把握的区间", _span, sort="high_at"),
    web.Column("why", "主要原因", _why, phone=False),
    web.Column("said", "估计时间", "at", "moment", "at", phone=False),
)
FILTERS = (
    web.Filter(
        "stage",
        "进展",
        lambda rows, stage: rows.filter(stage=stage),
        choices=[(k.value, v) for k, v in STAGE_LABELS.items()],
    ),
)
MODELS = (
    web.Column("version", "版本", kind="number", sort="version"),
    web.Column("state", "状态", lambda row: row.get_state_display()),
    web.Column("miss", "误差中位数（分钟）", lambda row: row.figures["median_abs_error_min"], "number"),
    web.Column("cover", "区间覆盖", lambda row: row.figures["coverage"], "share"),
    web.Column("matters", "停电数", kind="number", phone=False),
    web.Column("trained", "训练时间", "trained_at", "moment", "trained_at", phone=False),
)
