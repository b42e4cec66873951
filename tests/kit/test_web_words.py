"""Figures, moments and countdowns as INTERFACE.md writes them; charts as JSON takes them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context

from longzhong.kit.templatetags import ui
from longzhong.kit.web import words
from longzhong.kit.web.charts import Limit, Line, curve_chart
from longzhong.kit.web.columns import Cell, Column
from longzhong.kit.web.lines import drawn_lines
from longzhong.kit.web.parts import Badge

NOW = datetime(2026, 3, 1, 6, 5, tzinfo=UTC)
CONTEXT = Context({"shell": SimpleNamespace(now=NOW)})


@pytest.mark.parametrize(
    ("due", "stopped", "tone", "label"),
    [
        (timedelta(minutes=80), None, "soon", "还剩 1小时20分"),
        (timedelta(minutes=-35), None, "late", "超时 35分"),
        (timedelta(hours=30), None, "info", "还剩 1天6小时"),
        (timedelta(0), None, "soon", "还剩 0分"),
        (timedelta(0), timedelta(hours=-1), "good", "按时"),
        (timedelta(0), timedelta(hours=49), "late", "超时 2天1小时"),
    ],
    ids=str,
)
def test_a_deadline_says_how_long(due, stopped, tone, label):
    badge = ui.due_badge(CONTEXT, NOW + due, None if stopped is None else NOW + stopped)
    assert (badge.tone, badge.label) == (tone, label)


def test_no_deadline_no_badge():
    assert ui.due_badge(CONTEXT, None) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345, "12,345"),
        (12.34, "12.3"),
        (12.0, "12"),
        (None, "–"),
        (float("nan"), "–"),
        (0, "0"),
        ("甲", "甲"),
        (-1234.5, "-1,234.5"),
    ],
)
def test_figures(value, text):
    assert words.figure(value) == text


def test_moments_are_chinese_civil_time():
    assert words.stamp(NOW) == "2026-03-01 14:05"
    assert words.stamp(date(2026, 3, 1)) == "2026-03-01"


def test_a_trend_needs_two_points_and_stays_in_its_box():
    assert ui.spark([1]) == ""
    assert ui.spark([2, 2, 2]) == "0.0,14 48.0,14 96.0,14"
    assert ui.spark([0, 10]) == "0.0,26.0 96.0,2.0"


def test_a_gap_stays_a_gap_and_limits_stay_in_sight():
    option = curve_chart(["00:00", "00:15"], [Line("A", [float("nan"), 220.0])], unit="V", limits=[Limit("下限", 198)])
    assert option["series"][0]["data"] == [None, 220.0]
    assert option["series"][0]["connectNulls"] is False
    assert option["yAxis"][0]["min"] <= 198


def test_what_comes_from_data_is_escaped_in_a_drawn_line() -> None:
    evil = '<script>alert("x")</script>'
    cells = [
        Cell(Column("a", evil), evil, note=evil),
        Cell(Column("b", "状态", kind="badge"), Badge("late", evil)),
        Cell(Column("c", "期限", kind="countdown"), NOW + timedelta(hours=1)),
        Cell(Column("d", "户数", kind="number"), 12345),
    ]
    drawn = drawn_lines([('/x/?a="1"', cells)], NOW)
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 6  # label; title and text; the note twice; the badge
    assert 'data-href="/x/?a=&quot;1&quot;"' in drawn
    assert "12,345" in drawn
    assert "data-due" in drawn
