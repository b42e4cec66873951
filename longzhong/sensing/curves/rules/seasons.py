"""Seasons (迎峰度夏、迎峰度冬、春灌): their latest span, and what is risky in them (S2-11: reliability and quality are worst then).

A season is "MM-DD/MM-DD name" as the policy `curves.seasons` writes it, and may span New Year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from longzhong.sensing.curves.rules.words import Kind

MEASURES: dict[str, str] = {
    Kind.LOW_VOLTAGE: "核查供电半径与分接档位，季前完成线路改造",
    Kind.OVER_VOLTAGE: "核查光伏接入与分接档位，季前完成调压",
    Kind.HEAVY_LOAD: "季前测负荷，安排增容或切改",
    Kind.OVERLOAD: "季前增容或新增布点，落实错峰预案",
    Kind.UNBALANCE: "季前调整相别，平衡三相负荷",
    Kind.NEUTRAL: "季前检查零线接头",
    Kind.DEAD: "核查停运原因与备品",
}


@dataclass(frozen=True)
class Span:
    """One occurrence of a season, both days included."""

    name: str
    first: date
    last: date


def latest_span(season: str, day: date) -> Span:
    """The occurrence of a season that began last, on `day` or before it."""
    span, _, name = season.partition(" ")
    start, _, end = span.partition("/")
    first = _on(day.year, start)
    if first > day:
        first = _on(day.year - 1, start)
    last = _on(first.year, end)
    return Span(name or span, first, last if last >= first else _on(first.year + 1, end))


def latest_spans(seasons: Iterable[str], day: date) -> list[Span]:
    """The latest occurrence of each season, the most recent first."""
    return sorted((latest_span(season, day) for season in seasons), key=lambda span: span.first, reverse=True)


def _on(year: int, month_day: str) -> date:
    """A day of a year; 02-29 of a common year is the day before March."""
    month, number = (int(part) for part in month_day.split("-"))
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month + 1, 1) - timedelta(days=1)
