"""台区页: what the curves of one area say on a day or some days, which customers suffer, and whether a repair helped."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Fact, Tab
from longzhong.register.network import selectors as network
from longzhong.register.network.selectors import AreaCard
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.calendar import Calendar
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves import selectors
from longzhong.sensing.curves.pages import plots
from longzhong.sensing.curves.pages.asked import SPANS, Asked, asked_of
from longzhong.sensing.curves.pages.repairs import Repair, comparison, repairs
from longzhong.sensing.curves.pages.strips import StripRow, strip
from longzhong.sensing.curves.pages.sufferers import Sufferer, sufferers
from longzhong.sensing.curves.pages.words import READERS
from longzhong.sensing.curves.rules import (
    KIND_NAMES,
    LASTING_NAMES,
    PHASES,
    Lasting,
    Limits,
    Verdict,
    slot_clock,
    worst_words,
)
from longzhong.sensing.curves.selectors.areas import area_days, day_voltages, kept_days


@dataclass(frozen=True)
class FindingLine:
    """One finding of the chosen day as a line."""

    kind: str
    badge: Badge
    meter: str
    phase: str
    minutes: int
    worst: str
    between: str
    lasting: str


@dataclass(frozen=True)
class AreaPage:
    card: AreaCard
    asked: Asked
    day_words: str
    spans: list[Tab]
    facts: list[Fact]
    charts: list[tuple[str, plots.Chart]]
    compare: plots.Chart | None
    findings: list[FindingLine]
    strip: list[StripRow]
    sufferers: list[Sufferer]
    repairs: list[Repair]


@dataclass(frozen=True)
class Sight:
    """What the page's parts share: the limits in force, the calendar, who suffers most, and whose curve is laid over."""

    limits: Limits
    calendar: Calendar
    worst: list[Sufferer]
    meter: str

    @property
    def whose(self) -> str:
        """The meter that a comparison follows: the one laid over, else the worst."""
        return self.meter or (self.worst[0].meter if self.worst else "")


@web.page(*READERS)
def area(request: HttpRequest, area_id: int) -> HttpResponseBase:
    who = web.actor(request)
    card = network.area_card(who, area_id)
    asked = asked_of(request, kept_days(), clock.today())
    sight = _sight(card, asked)
    page = AreaPage(
        card=card,
        asked=asked,
        day_words=plots.day_words(asked.day, sight.calendar),
        spans=[Tab(_("%s 天") % n, asked.address(span=n), None, n == asked.span) for n in SPANS],
        facts=_facts(card),
        charts=_charts(card, asked, sight),
        compare=comparison(area_id, asked, sight.whose, card.line.kva, sight.limits),
        findings=_findings(who, area_id, asked.day),
        strip=strip(area_days(area_id, asked.day - timedelta(days=29), asked.day), asked),
        sufferers=sight.worst,
        repairs=repairs(who, area_id, asked),
    )
    return web.show(request, page, "curves/area.html")


def _sight(card: AreaCard, asked: Asked) -> Sight:
    limits = policies.limits(Limits, "curves", unit_id=card.line.unit_id, day=asked.day)
    meters = [code for code, ref in network.meters_of_area(card.line.id, asked.day) if ref.kind == "customer"]
    worst = sufferers(day_voltages(meters, asked.day), limits, asked)
    meter = next((one.meter for one in worst if one.chosen), asked.meter if asked.meter in meters else "")
    return Sight(limits, org.calendar().assuming(), worst, meter)


def _charts(card: AreaCard, asked: Asked, sight: Sight) -> list[tuple[str, plots.Chart]]:
    """Voltage (with a customer's laid over), load and currents of the chosen days."""
    days = asked.days
    shades = plots.rest_shades(days, sight.calendar)
    curves = selectors.area_curves(card.line.id, days[0], days[-1])
    extra = selectors.meter_curves(sight.meter, days[0], days[-1]) if sight.meter else None
    return [
        ("voltage", plots.voltage_chart(days, curves, extra, sight.limits, shades)),
        ("load", plots.load_chart(days, curves, card.line.kva, sight.limits, shades)),
        ("current", plots.current_chart(days, curves, shades)),
    ]


def _facts(card: AreaCard) -> list[Fact]:
    line = card.line
    supply = " › ".join(part for part in (card.substation, line.feeder, card.section) if part)
    return [
        Fact(_("台区编号"), line.code),
        Fact(_("容量"), _("%g kVA") % line.kva, note=f"{line.connection} · {line.site_name} · {line.kind_name}"),
        Fact(_("供电所"), line.unit or _("未划分")),
        Fact(_("网格"), line.grid or _("未划分"), note=_("台区经理 %s") % (line.manager or _("未指定"))),
        Fact(_("电源"), supply or _("上级线路未知"), _feeder_href(line.feeder_id)),
        Fact(_("表计"), _("总表 %(own)s，户表 %(n)s") % {"own": line.meters.area, "n": line.meters.customer}),
    ]


def _feeder_href(feeder_id: int | None) -> str:
    try:
        return reverse("network:feeder", args=[feeder_id]) if feeder_id else ""
    except NoReverseMatch:
        return ""


def _findings(who: web.Actor, area_id: int, day: date) -> list[FindingLine]:
    rows = selectors.findings(who, day, day).filter(area=area_id).order_by("verdict", "kind", "-slots", "id")[:60]
    return [
        FindingLine(
            kind=KIND_NAMES[row.kind],
            badge=Badge("late", _("异常"))
            if row.verdict == Verdict.ABNORMAL
            else Badge("closed", _("待定"), "help-circle"),
            meter=row.meter_code,
            phase=PHASES[row.phase] or _("全部"),
            minutes=15 * row.slots,
            worst=worst_words(row.kind, row.worst),
            between=""
            if row.first is None or row.last is None
            else f"{slot_clock(row.first)}–{slot_clock(row.last + 1)}",
            lasting=LASTING_NAMES[Lasting(row.duration_class)] if row.duration_class else "",
        )
        for row in rows
    ]
