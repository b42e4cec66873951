"""Figures, moments and countdowns as INTERFACE.md writes them; charts as JSON takes them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context

from longzhong.kit.templatetags import ui
from longzhong.kit.web.charts import Limit, Line, curve_chart

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
    assert ui.figure(value) == text


def test_moments_are_chinese_civil_time():
    assert ui.stamp(NOW) == "2026-03-01 14:05"
    assert ui.stamp(date(2026, 3, 1)) == "2026-03-01"


def test_a_trend_needs_two_points_and_stays_in_its_box():
    assert ui.spark([1]) == ""
    assert ui.spark([2, 2, 2]) == "0.0,14 48.0,14 96.0,14"
    assert ui.spark([0, 10]) == "0.0,26.0 96.0,2.0"


def test_a_gap_stays_a_gap_and_limits_stay_in_sight():
    option = curve_chart(["00:00", "00:15"], [Line("A", [float("nan"), 220.0])], unit="V", limits=[Limit("下限", 198)])
    assert option["series"][0]["data"] == [None, 220.0]
    assert option["series"][0]["connectNulls"] is False
    assert option["yAxis"][0]["min"] <= 198
