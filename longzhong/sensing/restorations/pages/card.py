"""The card of a model: how far off it was on outages that it hasn't seen, how often the truth lay in its interval,

and where it errs."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.sensing.restorations import selectors
from longzhong.sensing.restorations.models import RestorationModel
from longzhong.sensing.restorations.rules import FEATURES, MODEL_STATE_NAMES, READERS, ModelState, value_words

TONES = {ModelState.INSTALLED: "good", ModelState.REFUSED: "late", ModelState.RETIRED: "closed"}


@dataclass(frozen=True)
class KindLine:
    kind: str
    asked: int
    miss_min: float
    coverage: float
    width_min: float


@dataclass(frozen=True)
class CardView:
    version: int
    state: web.Badge
    tiles: list[web.Tile]
    facts: list[web.Fact]
    kinds: list[KindLine]


@dataclass(frozen=True)
class CardPage:
    card: CardView


@web.page(*READERS)
def card_page(request: HttpRequest, version: int) -> HttpResponseBase:
    """One model, refused ones too."""
    row = selectors.card(web.actor(request), version)
    return web.show(request, CardPage(card_view(row)), "restorations/card.html")


def card_view(row: RestorationModel) -> CardView:
    held = row.figures
    plain, old = held["plain"], held["old"]
    against = _("只报中位数：%(n).0f 分钟") % {"n": plain["median_abs_error_min"]}
    before = _("当时在用的模型：%(n).0f 分钟") % {"n": old["mae_min"]} if old else ""
    state = ModelState(row.state)
    return CardView(
        version=row.version, state=web.Badge(TONES[state], str(MODEL_STATE_NAMES[state])),  # type: ignore[arg-type]
        tiles=[
            web.Tile(_("误差中位数"), round(held["median_abs_error_min"]), _("分钟"), note=against),
            web.Tile(_("平均误差"), round(held["mae_min"]), _("分钟"), note=before),
            web.Tile(_("区间覆盖"), round(100 * held["coverage"], 1), "%",
                     note=_("应为 %(n).0f %%") % {"n": 100 * held["interval"]}, decimals="1"),
            web.Tile(_("区间宽（中位数）"), round(held["width_min"]), _("分钟")),
        ],
        facts=[
            web.Fact(_("训练"), row.trained_at.astimezone(clock.CST).strftime("%Y-%m-%d %H:%M"), note=row.trained_by),
            web.Fact(_("学习与检验的停电"), row.matters, note=_("共 %(n)s 次估计") % {"n": row.rows}),
            web.Fact(_("检验的估计"), held["asked"], note=_("最近的停电，模型没有学过")),
        ],
        kinds=[_kind(name, one) for name, rows in held["by"].items() for one in rows],
    )  # fmt: skip


def _kind(name: str, one: dict[str, Any]) -> KindLine:
    label = f"{FEATURES[name]} · {value_words(name, one['kind'])}"
    return KindLine(label, one["asked"], one["median_abs_error_min"], one["coverage"], one["width_min"])
