"""停电详情: number, state, what to tell a customer; facts and areas left, timeline right; next moves from the machine's table."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Panel, panels_of
from longzhong.dispatch.matters.rules.nouns import NOUNS
from longzhong.dispatch.matters.selectors import ClockCard, OutlookCard
from longzhong.kit import clock, web
from longzhong.kit.machine import Move
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.pages.forms import FORMS, StepForm, form_for
from longzhong.sensing.outages.pages.words import kind_badge, reason_words, state_badge
from longzhong.sensing.outages.rules import DEVICE_LABELS, OUT, READERS, REASON_LABELS
from longzhong.sensing.outages.selectors import Affected, FaultNote, NamedDevice, Outage, OutageDetail, Overlap

MAIN = ("approve", "confirm", "start", "restore")
HARSH = ("cancel", "decline", "withdraw")
ELSEWHERE = ("change_plan",)  # has a page of its own


@dataclass(frozen=True)
class FaultLine:
    """A place where the fault was found."""

    line: str
    pole: str
    cause: str
    note: str
    found_at: datetime


@dataclass(frozen=True)
class DetailPage:
    outage: Outage
    state: web.Badge
    kind: web.Badge
    answer: str
    is_out: bool
    stages: list[web.Stage]
    facts: list[web.Fact]
    areas: web.Listing
    overlaps: tuple[Overlap, ...]
    faults: list[FaultLine]
    clocks: list[ClockCard]
    may_change: bool
    panels: list[Panel]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    opened_form: str


@web.page(*READERS)
def detail(request: HttpRequest, outage_id: int) -> HttpResponseBase:
    return web.show(request, detail_page(request, outage_id, clock.now()), "outages/detail.html")


def detail_page(
    request: HttpRequest, outage_id: int, now: datetime, form: tuple[str, StepForm] | None = None
) -> DetailPage:
    """The page; with `form`, that step's form as it was typed."""
    card = selectors.outage_of(web.actor(request), outage_id, now)
    outage = card.outage
    rows = selectors.affected_rows(outage.pk)
    foreseen = matters.outlooks([selectors.label(outage.pk)], now) if card.is_live else {}
    return DetailPage(
        outage=outage, state=state_badge(outage), kind=kind_badge(outage), answer=card.answer, is_out=outage.state in OUT,
        stages=[web.Stage(label, state) for label, state in selectors.road(outage)],
        facts=[*_facts(card), *map(_foreseen, foreseen.values())],
        areas=web.listing(request, rows, COLUMNS, FILTERS, name="areas", title=_("受影响台区")), overlaps=card.overlaps,
        faults=[_fault(one) for one in selectors.faults_of(outage.pk)],
        clocks=[one for one in matters.clock_cards(selectors.label(outage.pk), now) if one.is_live],
        may_change=any(row.verb in ELSEWHERE for row in card.moves),
        panels=panels_of("outages.outage", outage.pk, web.actor(request)),
        timeline=matters.timeline(selectors.label(outage.pk), cards=card.steps),
        moves=[_move(row.verb, row.label, outage, form) for row in _by_hand(card)], opened_form=form[0] if form else "",
    )  # fmt: skip


def _by_hand(card: OutageDetail) -> list[Move]:
    """The steps that have a button: taking another outage over only where there is one."""
    shown = [row for row in card.moves if row.verb not in ELSEWHERE]
    if any(row.verb == "absorb" for row in shown) and not selectors.absorbable(card.outage):
        shown = [row for row in shown if row.verb != "absorb"]
    return shown


def _fault(one: FaultNote) -> FaultLine:
    line = one.feeder.name if one.feeder else _("未知线路")
    return FaultLine(line, one.pole, REASON_LABELS.get(one.cause, one.cause), one.note, one.found_at)


def _facts(card: OutageDetail) -> list[web.Fact]:
    outage = card.outage
    off = "、".join(_device(one) for one in card.devices if not one.kept)
    kept = "、".join(one.name for one in card.devices if one.kept)
    return [
        web.Fact(_("停电设备"), off or _("未定位到设备"), note=_("转供不停：%s") % kept if kept else ""),
        web.Fact(_("停电地点"), outage.fault_place or _("未填写")),
        web.Fact(_("原因"), reason_words(outage)),
        web.Fact(
            _("影响"), _("%(areas)s 个台区，%(accounts)s 户，重要客户 %(important)s 户") % _sums(outage),
            note=_("居民 %(households)s 户，敏感 %(sensitive)s 户，特殊群体 %(special)s 户") % _sums(outage),
        ),
        web.Fact(_("责任单位"), str(outage.unit)),
        web.Fact(_("来源"), *_source(outage.source)),
        *_times(outage),
        *_exceptions(outage),
    ]  # fmt: skip


def _foreseen(one: OutlookCard) -> web.Fact:
    """What history says, beside what customers are told: it becomes theirs only when a person adopts it."""
    return web.Fact(_("系统估计（未对外）"), one.words, reverse("restorations:board"), one.why)


def _exceptions(outage: Outage) -> list[web.Fact]:
    """Why it was announced late, how often the plan changed, into which outage it went."""
    into = outage.merged_into
    rows = (
        (_("豁免理由"), outage.exemption, ""), (_("计划变更"), _("%s 次") % outage.changes if outage.changes else "", ""),
        (_("延迟公告过晚"), _("%s 次") % outage.late_notices if outage.late_notices else "", ""),
        (_("并入"), str(into) if into else "", reverse("outages:detail", args=[into.pk]) if into else ""),
    )  # fmt: skip
    return [web.Fact(label, value, href) for label, value, href in rows if value]


def _times(outage: Outage) -> list[web.Fact]:
    rows = (
        (_("计划停电"), outage.planned_start), (_("计划送电"), outage.planned_end), (_("实际停电"), outage.started_at),
        (_("预计恢复"), outage.expected_end_at or _("待定")), (_("恢复送电"), outage.restored_at),
    )  # fmt: skip
    note = {_("预计恢复"): _("已延迟 %s 次") % outage.delays if outage.delays else ""}
    return [web.Fact(label, value, note=note.get(label, "")) for label, value in rows if value]


def _sums(outage: Outage) -> dict[str, int]:
    names = ("areas", "accounts", "households", "important", "sensitive", "special")
    return {name: getattr(outage, name) for name in names}


def _device(one: NamedDevice) -> str:
    return f"{one.name}（{DEVICE_LABELS[one.kind]}）"


def _source(source: str) -> tuple[str, str]:
    """The cause as its owner calls it, and its address."""
    prefix, _sep, number = source.rpartition(":")
    noun = NOUNS.get(prefix)
    if noun is None or not number.isdigit():
        return source or _("人工登记"), ""
    return noun.title(int(number)) or source, noun.url(int(number))


def _move(verb: str, label: str, outage: Outage, form: tuple[str, StepForm] | None) -> web.MoveForm:
    own = form[1] if form and form[0] == verb else form_for(verb, outage) if verb in FORMS else None
    tone = "primary" if verb in MAIN else "danger" if verb in HARSH else "secondary"
    action = reverse("outages:move", args=[outage.pk, verb])
    return web.MoveForm(verb, label, action, form=own, tone=tone)  # type: ignore[arg-type]


def _restored(row: Affected) -> web.Badge:
    return web.Badge("good", _("已恢复")) if row.restored_at else web.Badge("late", _("未恢复"))


COLUMNS = (
    web.Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    web.Column("unit", "供电所", "unit.short_name", sort="unit__short_name", note="grid.name"),
    web.Column("accounts", "户数", "accounts", "number", "accounts"),
    web.Column("important", "重要", "important", "number", "important", phone=False),
    web.Column("sensitive", "敏感", "sensitive", "number", "sensitive", phone=False),
    web.Column("special", "特殊群体", "special", "number", "special", phone=False),
    web.Column("state", "送电", _restored, "badge"),
    web.Column("restored", "恢复时间", "restored_at", "moment", "restored_at"),
)
FILTERS = (
    web.Filter("out", "只看未恢复", lambda rows, _on: rows.filter(restored_at=None), "switch"),
    web.Filter("area", "台区", lambda rows, text: rows.filter(area__name__icontains=text), "text"),
)
