"""How urgent an alert is (预警等级): how far from the limit, how long, how many meters, and who lives behind it.

Points are ours (confidence U) and explained line by line, so that an office can see why an area is red: severity of the
measurement, persistence, breadth, priority customers (重要/敏感/特殊群体, REFERENCE §3.4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

RED_FROM, AMBER_FROM = 6, 3


class Level(IntEnum):
    """1 is the most urgent."""

    RED = 1
    AMBER = 2
    BLUE = 3

    @property
    def word(self) -> str:
        return {1: "红色", 2: "橙色", 3: "蓝色"}[self]


@dataclass(frozen=True)
class Behind:
    """Priority customers supplied by an area."""

    important: int = 0
    sensitive: int = 0
    special: int = 0


@dataclass(frozen=True)
class Ranking:
    """A level, its points, and each reason with the points that it gave."""

    level: Level
    points: int
    reasons: tuple[str, ...]


def rank(*, beyond_pct: float, days_abnormal: int, meters: int, behind: Behind) -> Ranking:
    """Level of an alert; `beyond_pct` is the worst value's distance beyond its limit in percent of the limit."""
    parts = [(points, reason) for points, reason in _parts(beyond_pct, days_abnormal, meters, behind) if points]
    points = sum(part for part, _reason in parts)
    level = Level.RED if points >= RED_FROM else Level.AMBER if points >= AMBER_FROM else Level.BLUE
    return Ranking(level, points, tuple(f"{reason}（+{part}）" for part, reason in parts))


def _parts(beyond_pct: float, days: int, meters: int, behind: Behind) -> Iterator[tuple[int, str]]:
    yield _steps(beyond_pct, (5, 10, 20)), f"最严重值超限 {beyond_pct:.0f}%"
    yield _steps(days, (3, 5)), f"窗口内异常 {days} 天"
    yield _steps(meters, (5, 20)), f"涉及 {meters} 个计量点"
    yield 3 * bool(behind.important), f"重要客户 {behind.important} 户"
    yield 2 * bool(behind.special), f"特殊群体 {behind.special} 户"
    yield bool(behind.sensitive), f"敏感客户 {behind.sensitive} 户"


def _steps(value: float, bounds: tuple[float, ...]) -> int:
    return sum(value >= bound for bound in bounds)
