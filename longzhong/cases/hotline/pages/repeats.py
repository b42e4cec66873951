"""重复致电: who calls again about what; what was solved at the first contact; whether closed cases came again."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.machine import LIVE, READERS, STATE_LABELS, State
from longzhong.cases.hotline.rules.words import (
    CALL_OUTCOME_LABELS,
    CHANNEL_LABELS,
    TYPE_LABELS,
    CallOutcome,
    CaseType,
    Channel,
)
from longzhong.cases.hotline.selectors import RepeatLine, Thorough
from longzhong.kit import clock, web
from longzhong.kit.clock import next_month
from longzhong.register.org.selectors import UNIT_LABEL, of_unit

TYPES = tuple((kind.value, str(label)) for kind, label in TYPE_LABELS.items())


@dataclass(frozen=True)
class RepeatsPage:
    tabs: list[web.Tab]
    table: web.Listing


@dataclass(frozen=True)
class FirstContactPage:
    tabs: list[web.Tab]
    tiles: list[web.Tile]
    table: web.Listing


@dataclass(frozen=True)
class ThoroughPage:
    tabs: list[web.Tab]
    tiles: list[web.Tile]
    units: list[Thorough]
    people: list[Thorough]
    table: web.Listing


@web.page(*READERS)
def repeats(request: HttpRequest) -> HttpResponseBase:
    """Matters told more than once, the newest first."""
    who, now = web.actor(request), clock.now()
    table = web.listing(
        request, selectors.repeats(who, now), COLUMNS, FILTERS, title=_("重复致电"), sort="-last",
        href=lambda line: reverse("hotline:case", args=[line.case.pk]),
        dress=lambda rows: selectors.repeat_lines(who, rows),
    )  # fmt: skip
    return web.show(request, RepeatsPage(_tabs("repeats"), table), "hotline/repeats.html")


@web.page(*READERS)
def first_contact(request: HttpRequest) -> HttpResponseBase:
    """First-contact resolution of a month, and the contacts behind it."""
    who, now = web.actor(request), clock.now()
    first, last = _month(request)
    found = selectors.fcr(who, first, last, now)
    tiles = [
        web.Tile(_("首次解决率"), None if found.rate is None else 100 * found.rate, "%", decimals="1",
                 note=_("%(hours)s 小时内没有再来") % {"hours": found.hours}),
        web.Tile(_("首次来电"), found.contacts, _("个")),
        web.Tile(_("又来电"), found.contacts - found.resolved, _("个"), "?again=1", tone="late"),
        web.Tile(_("未满观察期"), found.waiting, _("个"), note=_("到时自动计入")),
    ]  # fmt: skip
    rows = selectors.first_contacts(who, first, last, now).select_related("unit", "area", "case")
    table = web.listing(
        request, rows, CONTACT_COLUMNS, CONTACT_FILTERS, title=_("首次来电"), sort="-at", href=_case_href
    )
    return web.show(request, FirstContactPage(_tabs("first_contact"), tiles, table), "hotline/first_contact.html")


@web.page(*READERS)
def thorough(request: HttpRequest) -> HttpResponseBase:
    """S4-17: each case other than repairs on time and solved thoroughly; by unit, by person, and the list."""
    who, now = web.actor(request), clock.now()
    first, last = _month(request)
    found = selectors.thorough(who, first, last, now)
    table = web.listing(
        request, selectors.closed_cases(who, first, last, now), CLOSED_COLUMNS, CLOSED_FILTERS, title=_("办结复查"),
        sort="-closed", href=lambda line: reverse("hotline:case", args=[line[0].pk]),
        dress=lambda rows: [(row, row.pk in found.late_ids) for row in rows],
    )  # fmt: skip
    page = ThoroughPage(_tabs("thorough"), _thorough_tiles(found.units), found.units, found.people, table)
    return web.show(request, page, "hotline/thorough.html")


def _tabs(active: str) -> list[web.Tab]:
    names = (("repeats", _("重复致电")), ("first_contact", _("首次解决")), ("thorough", _("办结复查")))
    return [web.Tab(label, reverse(f"hotline:{name}"), active=name == active) for name, label in names]


def _month(request: HttpRequest) -> tuple[date, date]:
    """First and last day of the month asked for; this month if none."""
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        first = clock.today().replace(day=1)
    return first, date.fromordinal(next_month(first).toordinal() - 1)


def _thorough_tiles(units: list[Thorough]) -> list[web.Tile]:
    closed, late, again = (sum(getattr(one, key) for one in units) for key in ("closed", "late", "again"))
    return [
        web.Tile(_("办结（非抢修）"), closed, _("件")),
        web.Tile(_("超时限"), late, _("件"), tone="late" if late else ""),
        web.Tile(_("办结后又来电"), again, _("件"), "?again=1", tone="late" if again else ""),
        web.Tile(_("重复率"), 100 * again / closed if closed else None, "%", decimals="1"),
    ]


def _case_href(call: Call) -> str:
    return reverse("hotline:case", args=[call.case_id]) if call.case_id else ""


def _state(case: Case) -> web.Badge:
    return web.Badge("info" if case.state in LIVE else "closed", STATE_LABELS[State(case.state)])


def _level(line: RepeatLine) -> web.Badge | str:
    return web.Badge("late", _("%(level)s 级督办") % {"level": line.level}) if line.level else ""


def _again(row: Call | Case) -> web.Badge:
    again = row.again  # type: ignore[union-attr]
    return web.Badge("late", _("又来电")) if again else web.Badge("good", _("未再来"))


def _judged(call: Call) -> web.Badge:
    return _again(call) if call.judged or call.again else web.Badge("closed", _("未满观察期"))  # type: ignore[attr-defined]


COLUMNS = (
    web.Column("number", "诉求", "case.number", note=lambda line: TYPE_LABELS[CaseType(line.case.type)]),
    web.Column("about", "什么事", "case.category.name", note=lambda line: line.case.content[:60]),
    web.Column("caller", "来电人", lambda line: line.caller or _("未登记或保密"), note="phone"),
    web.Column("times", "次数", "case.calls_count", "number", "calls_count"),
    web.Column("urges", "催办", "case.urges_count", "number", "urges_count", phone=False),
    web.Column("last", "最近立单", "case.opened_at", "moment", "opened_at"),
    web.Column("owner", "负责人", "case.owner.name", note="case.unit.short_name"),
    web.Column("promise", "承诺时间", "promise_due_at", "countdown", note="promise"),
    web.Column("level", "督办", _level, "badge"),
    web.Column("state", "状态", lambda line: _state(line.case), "badge", "state"),
)
FILTERS = (
    web.Filter("type", "类型", lambda rows, kind: rows.filter(type=kind), choices=TYPES),
    web.Filter(
        "open", "办理", lambda rows, which: rows.filter(state__in=LIVE) if which == "1" else rows.exclude(state__in=LIVE),
        choices=(("1", "未办结"), ("0", "已办结")),
    ),
    web.Filter("times", "至少几次", lambda rows, least: rows.filter(calls_count__gte=int(least)),
               choices=tuple((str(n), f"{n} 次及以上") for n in (3, 4, 5))),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
    web.Filter("owner", "负责人", lambda rows, name: rows.filter(owner__name=name), "text"),
)  # fmt: skip
CONTACT_COLUMNS = (
    web.Column("at", "来电时间", "at", "moment", "at"),
    web.Column("number", "来电号", "number", note=lambda call: CHANNEL_LABELS[Channel(call.channel)]),
    web.Column("text", "内容", lambda call: call.text[:60], note="case.number"),
    web.Column("outcome", "办理", lambda call: CALL_OUTCOME_LABELS[CallOutcome(call.outcome)]),
    web.Column("unit", "单位", "unit.short_name", sort="unit__name"),
    web.Column("again", "结果", _judged, "badge"),
)
CONTACT_FILTERS = (
    web.Filter("month", "月份", lambda rows, _month: rows, "month"),
    web.Filter("again", "结果", lambda rows, value: rows.filter(judged=True, again=value == "1"),
               choices=(("1", "又来电"), ("0", "未再来"))),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
)  # fmt: skip
CLOSED_COLUMNS = (
    web.Column("number", "诉求", lambda line: line[0].number, note=lambda line: TYPE_LABELS[CaseType(line[0].type)]),
    web.Column("about", "什么事", lambda line: line[0].category.name, note=lambda line: line[0].content[:60]),
    web.Column("unit", "单位", lambda line: line[0].unit.short_name or line[0].unit.name, sort="unit__name"),
    web.Column("owner", "负责人", lambda line: line[0].owner.name),
    web.Column("closed", "办结时间", lambda line: line[0].closed_at, "moment", "closed_at"),
    web.Column(
        "late", "时限", lambda line: web.Badge("late", "超时") if line[1] else web.Badge("good", "按时"), "badge"
    ),
    web.Column("again", "彻底", lambda line: _again(line[0]), "badge"),
)
CLOSED_FILTERS = (
    web.Filter("month", "办结月份", lambda rows, _month: rows, "month"),
    web.Filter(
        "again", "彻底", lambda rows, value: rows.filter(again=value == "1"), choices=(("1", "又来电"), ("0", "未再来"))
    ),
    web.Filter("type", "类型", lambda rows, kind: rows.filter(type=kind), choices=TYPES),
    web.Filter("unit", UNIT_LABEL, of_unit(), "text"),
)
