"""The cockpit's four cuts of the loop: the whole, before a customer complains, while somebody works, and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.alerts import selectors as alerts
from longzhong.cases.alerts.rules import Level
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.selectors import PersonLine
from longzhong.kit import clock, web
from longzhong.kit.web import Bar, Layer, Line, Tile
from longzhong.sensing.curves.rules import KIND_NAMES
from longzhong.surfaces.cockpit import selectors
from longzhong.surfaces.cockpit.pages.hands import late_bars
from longzhong.surfaces.cockpit.pages.steps import LEVEL_TONES
from longzhong.surfaces.cockpit.pages.voices import voice_tiles
from longzhong.surfaces.cockpit.rules import Phase
from longzhong.surfaces.cockpit.selectors import Loop, MapPoint, Period, Trend

LEVELS = {0: "无预警", 3: "蓝色预警", 2: "橙色预警", 1: "红色预警"}
LAYERS = (
    Layer("无预警", "$closed", 4),
    Layer("蓝色预警", "$info", 8),
    Layer("橙色预警", "$soon", 10),
    Layer("红色预警", "$late", 12),
    Layer("供电所", "$brand", 14, "diamond"),
)


@dataclass(frozen=True)
class Urgent:
    """A live alert as one line."""

    href: str
    area: str
    kind: str
    level: web.Badge
    days: int
    raised_at: datetime


@dataclass(frozen=True)
class Body:
    """What a cut shows; a template takes what it needs."""

    tiles: list[Tile]
    voices: list[Tile] = field(default_factory=list)
    people: list[Bar] = field(default_factory=list)
    kinds: list[Bar] = field(default_factory=list)
    units: list[Bar] = field(default_factory=list)
    orders: list[Any] = field(default_factory=list)
    urgent: list[Urgent] = field(default_factory=list)
    map_title: str = ""
    map: dict[str, Any] | None = None
    trend: dict[str, Any] | None = None
    trend_title: str = ""


def whole(who: web.Actor, span: Period, loop: Loop) -> Body:
    points = selectors.map_points(who)
    trend = selectors.trend(who, span)
    people = workorders.by_person(who, clock.now())
    return Body(
        tiles=[*_pressing(people), _rate(span, loop)],
        voices=voice_tiles(who, clock.now()),
        people=late_bars(people),
        map_title=_map_title(points),
        map=map_option(points),
        trend=trend_option(trend),
        trend_title=trend_title(trend),
    )


def before(who: web.Actor, _span: Period, _loop: Loop) -> Body:
    points = selectors.map_points(who)
    abnormal = [point.id for point in points if point.level]
    kinds, levels = alerts.live_by(who, "kind", "level")
    board = reverse("alerts:board")
    behind = _("涉及 %(areas)s 个台区，背后重点客户 %(n)s 户") % {
        "areas": len(abnormal),
        "n": selectors.priority_behind(abnormal),
    }
    tiles = [Tile(_("未闭环预警"), sum(kinds.values()), _("条"), f"{board}?state=live", note=behind)]
    tiles += [
        Tile(_("%s预警") % level.word, levels.get(level, 0), _("条"), f"{board}?state=live&level={level.value}", tone)
        for level, tone in LEVEL_TONES.items()
    ]
    return Body(
        tiles=tiles,
        kinds=[Bar(KIND_NAMES[kind], n, f"{board}?state=live&kind={kind}") for kind, n in ranked(kinds)],
        urgent=[_urgent(alert) for alert in alerts.live(who)[:8]],
        map_title=_map_title(points),
        map=map_option(points),
    )


def during(who: web.Actor, _span: Period, _loop: Loop) -> Body:
    now = clock.now()
    people = workorders.by_person(who, now)
    unproven = workorders.counts(who, now).by_state.get("unproven", 0)
    return Body(
        tiles=[
            Tile(_("在手工单"), sum(line.live for line in people), _("单"), _hands("live")),
            *_pressing(people),
            Tile(_("待人工认定"), unproven, _("单"), _hands("unproven"), "info"),
        ],
        voices=voice_tiles(who, now),
        people=late_bars(people, 12),
        orders=list(selectors.orders_in_hand(who, "late", now)[:8]),
    )


def after(who: web.Actor, span: Period, loop: Loop) -> Body:
    trend = selectors.trend(who, span)
    states = alerts.counts_by_state(who)
    board, verified = reverse("alerts:board"), f"{reverse('cockpit:steps', args=['verified'])}?days={span.days}"
    warned = f"{reverse('cockpit:steps', args=['warned'])}?days={span.days}"
    rates = selectors.governance_by_unit(who, span)
    return Body(
        tiles=[
            _rate(span, loop),
            Tile(_("核实修复"), loop.verified, _("条"), verified, note=_("近 %s 天发出、由数据证明") % span.days),
            Tile(_("数据验证中"), states.get("verifying", 0), _("条"), f"{board}?state=verifying", "info"),
            Tile(_("待人工判定"), states.get("unproven", 0), _("条"), f"{board}?state=unproven", "soon"),
        ],
        units=[
            Bar(f"{one.unit} {one.verified}/{one.found}", round(100 * one.rate), f"{warned}&unit={one.unit_id}")
            for one in rates
        ],
        trend=trend_option(trend),
        trend_title=trend_title(trend),
    )


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _urgent(alert: Any) -> Urgent:
    kind, _state, level = alerts.words(alert)
    badge = web.Badge(LEVEL_TONES[Level(alert.level)], level)
    return Urgent(
        reverse("alerts:detail", args=[alert.pk]), alert.area.name, kind, badge, alert.days_abnormal, alert.raised_at
    )


PHASES: dict[Phase, Callable[[web.Actor, Period, Loop], Body]] = {
    Phase.WHOLE: whole,
    Phase.BEFORE: before,
    Phase.DURING: during,
    Phase.AFTER: after,
}


def map_option(points: Sequence[MapPoint]) -> dict[str, Any]:
    """Stations and areas by the colour of their most urgent alert; an area with an alert opens its page."""
    return web.map_chart([_map_point(point) for point in points], layers=LAYERS)


def _map_point(point: MapPoint) -> dict[str, Any]:
    named = {"name": point.name, "lon": point.lon, "lat": point.lat}
    if point.kind == "station":
        return named | {"layer": "供电所"}
    layer = LEVELS[point.level]
    return named | {
        "layer": layer,
        **({"href": reverse("curves:area", args=[point.id]), "note": layer} if point.level else {}),
    }


def _map_title(points: Sequence[MapPoint]) -> str:
    abnormal, red = sum(point.level > 0 for point in points), sum(point.level == 1 for point in points)
    if not abnormal:
        return _("没有台区在预警中")
    if red:
        return _("%(n)s 个台区在预警中，其中红色 %(red)s 个") % {"n": abnormal, "red": red}
    return _("%s 个台区在预警中，点一下看曲线") % abnormal


def trend_option(trend: Trend) -> dict[str, Any]:
    labels = [f"{day:%m-%d}" for day in trend.days]
    return web.bar_chart(
        labels, [Line(_("预警"), trend.raised, "$soon"), Line(_("核实修复"), trend.verified, "$good")], unit=_("条")
    )


def trend_title(trend: Trend) -> str:
    raised, verified = sum(trend.raised), sum(trend.verified)
    if not raised and not verified:
        return _("这段时间没有预警，也没有待核实的")
    return (
        _("核实跟得上发现：发出 %(r)s，核实 %(v)s") % {"r": raised, "v": verified}
        if verified >= raised
        else _("核实还没跟上发现：发出 %(r)s，核实 %(v)s") % {"r": raised, "v": verified}
    )


def _hands(view: str) -> str:
    return f"{reverse('cockpit:hands')}?view={view}"


def _pressing(people: Sequence[PersonLine]) -> list[Tile]:
    """Late, due within a day, and with nobody: the sums of what everybody has in hand."""
    nobody = sum(line.live for line in people if line.staff_id is None)
    return [
        Tile(_("超期工单"), sum(line.late for line in people), _("单"), _hands("late"), "late"),
        Tile(_("24 小时内到期"), sum(line.soon for line in people), _("单"), _hands("soon"), "soon"),
        Tile(_("未派到人"), nobody, _("单"), _hands("unassigned"), "late"),
    ]


def _rate(span: Period, loop: Loop) -> Tile:
    """Governance rate with its comparison to the period before."""
    was, change, tone = loop.rate_before, "", ""
    if was is not None and loop.rate is not None:
        points = 100 * (loop.rate - was)
        change, tone = _("%s 个百分点") % f"{points:+.0f}".replace("-", "−"), "good" if points >= 0 else "late"
    link = f"{reverse('cockpit:steps', args=['verified'])}?days={span.days}"
    value = None if loop.rate is None else 100 * loop.rate
    return Tile(
        _("治理率"), value, "%", link, "", change, tone, _("较上期") if change else "", _("核实 / 预警"), decimals="0"
    )
