"""The models that suggest categories: what they learned from, how good they are, where they err."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Fact, Listing, Tile
from longzhong.register.categories import selectors as categories
from longzhong.sensing.texts import selectors
from longzhong.sensing.texts.rules import MODEL_STATE_NAMES, SOURCE_NAMES, ModelState, Source

TONES = {ModelState.INSTALLED: "good", ModelState.REFUSED: "late", ModelState.RETIRED: "closed"}


@dataclass(frozen=True)
class Wrong:
    """A category that the model often takes for another."""

    label: str
    lessons: int
    wrong: int
    taken_for: str


@dataclass(frozen=True)
class Step:
    """Guesses of about one sureness beside how many of them were right (shares 0..1)."""

    span: str
    count: int
    sure: float
    right: float


@dataclass(frozen=True)
class Card:
    version: int
    state: Badge
    tiles: list[Tile]
    facts: list[Fact]
    judged: bool
    worst: list[Wrong]
    steps: list[Step]


@dataclass(frozen=True)
class ModelsPage:
    card: Card | None
    lessons: list[Tile]
    table: Listing


@dataclass(frozen=True)
class CardPage:
    card: Card
    back: str


@web.page()
def models_page(request: HttpRequest) -> HttpResponseBase:
    """The model in use, what it learns from, and all models there were."""
    who = web.actor(request)
    row = selectors.installed_row()
    counts = selectors.lesson_counts()
    table = web.listing(
        request, selectors.cards(who), _columns(), title=_("文本模型"),
        href=lambda one: reverse("texts:card", args=[one.version]),
    )  # fmt: skip
    lessons = [
        Tile(SOURCE_NAMES[one], counts[one], _("条"), note=_("不计入准确率") if one == Source.MADE else "")
        for one in Source
    ]
    return web.show(request, ModelsPage(_card(row) if row else None, lessons, table), "texts/models.html")


@web.page()
def card_page(request: HttpRequest, version: int) -> HttpResponseBase:
    """The card of one model, refused ones too."""
    row = selectors.card(web.actor(request), version)
    return web.show(request, CardPage(_card(row), reverse("texts:models")), "texts/card.html")


def _columns() -> tuple[Column, ...]:
    return (
        Column("version", _("版本"), kind="number", sort="version"),
        Column("state", _("状态"), _badge, kind="badge", sort="state"),
        Column(
            "accuracy",
            _("真实样本准确率"),
            lambda row: (row.figures["outside"] or {}).get("accuracy", ""),
            kind="share",
        ),
        Column("tested", _("检验样本"), lambda row: (row.figures["outside"] or {}).get("lessons", 0), kind="number"),
        Column("lessons", _("学习的真实样本"), kind="number", phone=False),
        Column("made_texts", _("学习的自造样本"), kind="number", phone=False),
        Column("trained_at", _("训练时间"), kind="moment", sort="trained_at", note="trained_by"),
    )


def _badge(row: Any) -> Badge:
    state = ModelState(row.state)
    return Badge(TONES[state], _(MODEL_STATE_NAMES[state]))  # type: ignore[arg-type]


def _card(row: Any) -> Card:
    outside = row.figures["outside"]
    return Card(
        version=row.version,
        state=_badge(row),
        tiles=_tiles(outside) if outside else [],
        facts=_facts(row),
        judged=bool(outside),
        worst=_worst(outside["worst"]) if outside else [],
        steps=[Step(f"{low:.0%}–{high:.0%}", count, sure, right) for low, high, count, sure, right in outside["bins"]]
        if outside
        else [],
    )


def _tiles(outside: dict[str, Any]) -> list[Tile]:
    against = (
        ""
        if outside["old_accuracy"] is None
        else _("当时在用的模型：%(n).1f %%") % {"n": 100 * outside["old_accuracy"]}
    )
    tiles = (
        (_("准确率"), outside["accuracy"], against),
        (_("前三含正确"), outside["top3"], _("坐席从三个里选")),
        (_("业务类型准确率"), outside["type_accuracy"], ""),
        (_("宏平均 F1"), outside["macro_f1"], _("各类同等看待")),
        (_("校准误差"), outside["ece"], _("越小，把握越可信")),
    )
    return [Tile(label, round(100 * value, 1), "%", note=note, decimals="1") for label, value, note in tiles]


def _facts(row: Any) -> list[Fact]:
    made = row.figures["made"]
    limits = selectors.limits(clock.today())
    return [
        Fact(_("训练"), row.trained_at.astimezone(clock.CST).strftime("%Y-%m-%d %H:%M"), note=row.trained_by),
        Fact(_("学习的真实样本"), row.lessons),
        Fact(_("学习的自造样本"), row.made_texts, note=_("真实样本满 %(n)s 条后不再使用") % {"n": limits.made_until}),
        Fact(_("分类数"), row.classes),
        Fact(_("自造文本吻合度"), f"{made['agreement']:.1%}", note=_("不是准确率：自造文本比真实来电整齐")),
        Fact(_("自动归类的最低把握"), f"{limits.sure_at:.0%}", href=reverse("policies:key", args=["texts.sure_at"])),
    ]


def _worst(rows: list[dict[str, Any]]) -> list[Wrong]:
    nodes = categories.by_codes({code for row in rows for code in (row["code"], row["taken_for"])})
    names = {code: node.label for code, node in nodes.items()}

    def named(code: str) -> str:
        return names.get(code, code)

    return [Wrong(named(row["code"]), row["lessons"], row["wrong"], named(row["taken_for"])) for row in rows]
