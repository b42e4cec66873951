"""Made-up data of the component catalogue: full, empty and overlong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import nan, sin
from typing import Any

from longzhong.dispatch.matters.selectors import ClockCard
from longzhong.kit import web
from longzhong.kit.web import Badge, Bar, Column, Entry, Fact, Filter, Limit, Line, Shade, Stage, StageCount, Tab

LONG = "襄阳市襄州区张家集镇何岗村三组七号台区下方供电半径过长且三相负荷分配严重不平衡的低压分支线路末端用户侧电压"
TREND = (3, 5, 4, 8, 7, 9, 6, 5, 3)
WHY = (
    "时限 3 个工作日（制度 orders.area_fault.deadline，国网版）",
    "从 2026-02-27 16:30 起算；02-28 为调休上班日，计入",
    "暂停 2 小时（等客户在家）",
)
TABS = (
    Tab("全部", "?", 128, True),
    Tab("超期", "?state=late", 3),
    Tab("已核实", "?state=good", 12045),
    Tab("不计数", "?x=1"),
)
STAGES = (
    Stage("预警", "done", "03-01 08:05"),
    Stage("派单", "done", "03-01 08:06"),
    Stage("接单", "now", "今天"),
    Stage("完工", "todo"),
    Stage("核实", "todo"),
)
BARS = (Bar("张三丰", 12, "?"), Bar("诸葛亮（襄州供电服务中心古隆中供电所）", 7, "?"), Bar("李四", 1, "?"))
COLUMNS = (
    Column("name", "台区", sort="name", note="code"),
    Column("state", "状态", kind="badge"),
    Column("volts", "最低电压 V", kind="number", decimals=1, sort="volts"),
    Column("share", "越限占比", kind="share", sort="share"),
    Column("due", "时限", kind="countdown"),
    Column("at", "发现时间", kind="moment", sort="at"),
    Column("text", "说明", phone=False),
)
STATES = (("late", "超期"), ("soon", "将到期"), ("good", "已核实"), ("info", "处理中"), ("closed", "已关闭"))


SWITCH = (Tab("近 7 天", "?"), Tab("近 30 天", "?x=1", None, True), Tab("近 90 天", "?x=2"))


def strip() -> list[dict[str, Any]]:
    tones = ["good"] * 20 + ["late"] * 6 + ["soon", "closed", "good", "good"]
    cells = [{"x": 10 * n, "tone": tone, "title": f"第 {n + 1} 天", "href": "?"} for n, tone in enumerate(tones)]
    return [{"label": "低电压", "words": "异常 6 天", "width": 300, "cells": cells}]


@dataclass(frozen=True)
class Sample:
    switch: tuple[Tab, ...]
    strip: list[dict[str, Any]]
    tabs: tuple[Tab, ...]
    chart: dict[str, Any]
    bars_chart: dict[str, Any]
    map: dict[str, Any]
    entries: list[Entry]
    stages: tuple[Stage, ...]
    facts: list[Fact]
    bars: tuple[Bar, ...]
    funnel: list[StageCount]
    dues: list[tuple[datetime, datetime | None]]
    trend: tuple[int, ...]
    why: tuple[str, ...]
    clocks: tuple[ClockCard, ...]
    long: str


def sample(now: datetime) -> Sample:
    return Sample(
        SWITCH,
        strip(),
        TABS,
        curve(),
        columns_chart(),
        areas_map(),
        entries(now),
        STAGES,
        facts(now),
        BARS,
        funnel(),
        dues(now),
        TREND,
        WHY,
        clocks(now),
        LONG,
    )


def columns_chart() -> dict[str, Any]:
    months = [f"{month}月" for month in range(1, 13)]
    return web.bar_chart(months, [Line("发现", range(40, 52)), Line("核实", range(30, 42), "$good")], unit="台")


def facts(now: datetime) -> list[Fact]:
    return [
        Fact("台区", LONG, "?", "编号 4206070010000123"),
        Fact("容量", "200 kVA"),
        Fact("发现时间", now),
        Fact("客户经理", None),
    ]


def funnel() -> list[StageCount]:
    return [
        StageCount(label, count, LONG if count == 25 else f"近 30 天 {count}", "?", icon)
        for label, count, icon in FUNNEL
    ]


def dues(now: datetime) -> list[tuple[datetime, datetime | None]]:
    ahead = (timedelta(hours=30), timedelta(minutes=80), timedelta(minutes=-35))
    running: list[tuple[datetime, datetime | None]] = [(now + left, None) for left in ahead]
    return [*running, (now, now - timedelta(hours=1)), (now - timedelta(days=3), now)]


def clocks(now: datetime) -> tuple[ClockCard, ...]:
    """One that runs, with a very long name, and one that was kept."""
    due, words = now + timedelta(hours=30), "2026-03-05 24:00"
    return (
        ClockCard(
            1,
            "handle",
            f"处理并回单 · {LONG}",
            "running",
            "open",
            "3 个工作日",
            now,
            due,
            words,
            "还剩 1天6小时",
            "info",
            WHY,
            0,
        ),
        ClockCard(2, "dispatch", "派单", "stopped", "met", "20 分钟", now, due, words, "按时完成", "good", WHY, 0),
    )


FUNNEL = (
    ("感知", 12843, "wave-sine"),
    ("预警", 312, "alert-triangle"),
    ("派单", 298, "send"),
    ("处置", 201, "tool"),
    ("核实", 25, "shield-check"),
)


FILTERS = (
    Filter("state", "状态", lambda rows, value: [r for r in rows if r["state"].tone == value], choices=STATES),
    Filter("q", "台区", lambda rows, value: [r for r in rows if value in r["name"]], "text"),
    Filter("since", "发现日起", lambda rows, value: [r for r in rows if f"{r['at']:%Y-%m-%d}" >= value], "day"),
    Filter("low", "只看低于 190 V", lambda rows, _value: [r for r in rows if r["volts"] < 190], "switch"),
)


def rows(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "name": LONG if n == 20 else f"隆中 {n} 号台区",
            "code": f"42060700{n:04d}",
            "state": Badge(STATES[n % 5][0], STATES[n % 5][1]),  # type: ignore[arg-type]
            "volts": 180 + n * 0.7,
            "share": n / 60,
            "due": now + timedelta(minutes=37 * (n - 20)),
            "at": now - timedelta(hours=n),
            "text": LONG * (n % 3),
        }
        for n in range(57)
    ]


def curve() -> dict[str, Any]:
    times = [f"{i // 4:02d}:{i % 4 * 15:02d}" for i in range(96)]
    values = [nan if 30 <= i < 36 else 214 - 18 * abs(sin(i / 30)) for i in range(96)]
    after = [224 - 6 * abs(sin(i / 30)) for i in range(96)]
    return web.curve_chart(
        times,
        [Line("03-01 修前", values), Line("03-05 修后", after, "$good")],
        unit="V",
        zoom=False,
        limits=[Limit("下限 198", 198), Limit("上限 235.4", 235.4)],
        shades=[Shade("17:00", "22:00", "晚高峰")],
    )


def areas_map() -> dict[str, Any]:
    points = [
        {
            "name": f"台区 {n}",
            "lon": 112.0 + n % 7 * 0.03,
            "lat": 32.0 + n // 7 * 0.025,
            "href": "?",
            "layer": "异常台区" if n % 3 else "正常台区",
            "note": "最低 186.3 V",
        }
        for n in range(40)
    ]
    return web.map_chart(points, layers=[web.Layer("正常台区", "$good", 7), web.Layer("异常台区", "$late", 10)])


def entries(now: datetime) -> list[Entry]:
    return [
        Entry(
            now,
            "核实通过",
            "系统",
            "次日 96 点全部合格，负荷为发现日的 84 %。",
            "good",
            evidence=(("核实曲线", "?"),),
            proof="9f2c…a1",
        ),
        Entry(now - timedelta(hours=5), "完工", "王五", LONG * 2, "info", "tool"),
        Entry(now - timedelta(hours=9), "超期升级到供电所长", "系统", "", "late"),
        Entry(now - timedelta(days=1), "派单", "系统", "按网格派给客户经理王五。", "closed", "send"),
    ]
