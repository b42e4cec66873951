"""疑似停电详情: what is probably off, since when, how sure and why; its signals, map and timeline; confirm, dismiss, correct."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit import web
from longzhong.kit.errors import Refused
from longzhong.sensing.troubles import selectors
from longzhong.sensing.troubles.pages.forms import FORMS, StepForm, form_for
from longzhong.sensing.troubles.pages.words import confidence, kind_words, level_badge, state_badge, why
from longzhong.sensing.troubles.rules import READERS, SignalKind
from longzhong.sensing.troubles.selectors import Signal, Trouble

SIGNAL, AREA = "信号位置", "可能停电的台区"
SENDERS = {
    SignalKind.CALL: "其他系统转来",
    SignalKind.LAST_GASP: "用电信息采集",
    SignalKind.MISSING: "用电信息采集",
    SignalKind.FEEDER_EVENT: "配网自动化",
}


@dataclass(frozen=True)
class DetailPage:
    trouble: Trouble
    state: web.Badge
    level: web.Badge
    why: list[str]
    facts: list[web.Fact]
    signals: web.Listing
    map: Any
    is_nowhere: bool
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, trouble_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(request, trouble_id), "troubles/detail.html")


def detail_page(request: HttpRequest, trouble_id: int, form: tuple[str, StepForm] | None = None) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    who = web.actor(request)
    card = selectors.trouble_of(who, trouble_id)
    trouble = card.trouble
    rows, points = selectors.signal_rows(trouble.pk), selectors.points(trouble.pk)
    forms = form_maker(request, trouble) if card.moves else None
    return DetailPage(
        trouble=trouble, state=state_badge(trouble), level=level_badge(trouble), why=why(trouble), facts=_facts(trouble),
        signals=web.listing(request, rows, COLUMNS, name="signals", title=_("信号")), map=_map(points), is_nowhere=not points,
        timeline=matters.timeline(selectors.label(trouble.pk), cards=card.steps),
        moves=[_move(row.verb, row.label, trouble, forms, form) for row in card.moves],
    )  # fmt: skip


def form_maker(request: HttpRequest, trouble: Trouble) -> Any:
    """verb, data → form, with the trouble's signals and its neighbours to choose from."""
    signals = list(selectors.signal_rows(trouble.pk))
    others = selectors.neighbours(web.actor(request), trouble)
    return lambda verb, data=None: form_for(verb, signals, others, data)


def _facts(trouble: Trouble) -> list[web.Fact]:
    outage = (
        [web.Fact(_("停电"), _("查看登记的停电"), reverse("outages:detail", args=[trouble.outage_id]))]
        if trouble.outage_id
        else []
    )
    return [
        web.Fact(_("可能停电的设备"), trouble.name),
        web.Fact(_("可信度"), confidence(trouble)),
        web.Fact(_("停电时间（推断）"), trouble.began_at),
        web.Fact(_("最近一条信号"), trouble.last_at),
        web.Fact(
            _("影响"), _("%(areas)s 个台区，%(accounts)s 户") % {"areas": trouble.areas, "accounts": trouble.accounts}
        ),
        web.Fact(_("单位"), str(trouble.unit) if trouble.unit else _("未知")),
        *outage,
    ]


def _map(points: list[selectors.Point]) -> Any:
    rows = [
        {"name": one.name or SIGNAL, "lon": one.lon, "lat": one.lat, "layer": SIGNAL if one.is_signal else AREA}
        for one in points
    ]
    return web.map_chart(rows, layers=[web.Layer(AREA, "$late", 10), web.Layer(SIGNAL, "$info", 6)])


def _move(
    verb: str, label: str, trouble: Trouble, forms: Any, typed: tuple[str, StepForm] | None
) -> web.MoveForm:  # fmt: skip
    own = typed[1] if typed and typed[0] == verb else forms(verb) if verb in FORMS else None
    ask = _("登记为一次故障停电，坐席和值班立刻看到；之后的来电自动归入。") if verb == "confirm" else ""
    tone = "primary" if verb == "confirm" else "danger" if verb == "dismiss" else "secondary"
    action = reverse("troubles:move", args=[trouble.pk, verb])
    return web.MoveForm(verb, label, action, form=own, ask=ask, tone=tone)  # type: ignore[arg-type]


def _place(signal: Signal) -> str:
    return signal.area.name if signal.area else signal.device or _("未知")


def _source(signal: Signal) -> str:
    """Where the words of the signal are: somebody's call, else the system that sent it."""
    return _("打开诉求") if _source_href(signal) else SENDERS[SignalKind(signal.kind)]


def _source_href(signal: Signal) -> str:
    try:
        noun, number = noun_of(signal.source)
    except Refused:
        return ""
    return noun.url(number)


COLUMNS = (
    web.Column("at", "时间", "at", "moment", "at"),
    web.Column("kind", "信号", kind_words, sort="kind"),
    web.Column("area", "台区", _place, note="meter_code"),
    web.Column("source", "来源", _source, href=_source_href),
    web.Column("fixed", "归入", lambda one: _("人工") if one.member.fixed else _("自动"), phone=False),
)
