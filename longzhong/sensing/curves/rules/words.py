"""The words of curve judging (曲线研判): kinds of findings, the three verdicts, and how they are numbered in arrays.

A slot covers 15 minutes: slot i of a civil day (UTC+8) is [i*15 min, (i+1)*15 min), 96 slots a day.
Kinds follow REFERENCE §4.2. Electric kinds speak of the grid; quality kinds speak of the meter, so that a bad meter is
never dispatched as a bad grid.
"""

from enum import StrEnum
from typing import Final

SLOTS: Final = 96
SLOT_MINUTES: Final = 15
RULE_VERSION: Final = "curves-1"


class Kind(StrEnum):
    LOW_VOLTAGE = "low_voltage"
    OVER_VOLTAGE = "over_voltage"
    HEAVY_LOAD = "heavy_load"
    OVERLOAD = "overload"
    UNBALANCE = "unbalance"
    NEUTRAL = "neutral"
    DEAD = "dead"
    GAP = "gap"
    FLAT = "flat"
    SPIKE = "spike"
    NEGATIVE = "negative"
    ZERO = "zero"
    MULTIPLIER = "multiplier"


class Verdict(StrEnum):
    ABNORMAL = "abnormal"
    NORMAL = "normal"
    UNDETERMINED = "undetermined"


KINDS: Final = tuple(Kind)  # findings carry a kind as its number here

KIND_NAMES: Final[dict[str, str]] = {
    Kind.LOW_VOLTAGE: "低电压",
    Kind.OVER_VOLTAGE: "过电压",
    Kind.HEAVY_LOAD: "重载",
    Kind.OVERLOAD: "过载",
    Kind.UNBALANCE: "三相不平衡",
    Kind.NEUTRAL: "零线异常",
    Kind.DEAD: "停运",
    Kind.GAP: "数据缺失",
    Kind.FLAT: "数据不变",
    Kind.SPIKE: "数据突变",
    Kind.NEGATIVE: "负值",
    Kind.ZERO: "零值",
    Kind.MULTIPLIER: "倍率错误",
}
VERDICT_NAMES: Final[dict[str, str]] = {
    Verdict.ABNORMAL: "异常",
    Verdict.NORMAL: "正常",
    Verdict.UNDETERMINED: "待定",
}

ELECTRIC: Final = (
    Kind.LOW_VOLTAGE,
    Kind.OVER_VOLTAGE,
    Kind.HEAVY_LOAD,
    Kind.OVERLOAD,
    Kind.UNBALANCE,
    Kind.NEUTRAL,
    Kind.DEAD,
)
QUALITY: Final = (Kind.GAP, Kind.FLAT, Kind.SPIKE, Kind.NEGATIVE, Kind.ZERO, Kind.MULTIPLIER)

# One voltage curve (a phase of a customer or of an area) is judged for these, in this order of columns.
VOLTAGE_KINDS: Final = (Kind.LOW_VOLTAGE, Kind.OVER_VOLTAGE, *QUALITY)
# The eight curves of an area meter together are judged for these.
LOAD_KINDS: Final = (
    Kind.HEAVY_LOAD,
    Kind.OVERLOAD,
    Kind.UNBALANCE,
    Kind.NEUTRAL,
    Kind.DEAD,
    Kind.GAP,
    Kind.NEGATIVE,
    Kind.MULTIPLIER,
)
# These count slots anywhere in the day; all others need an unbroken run.
COUNTED: Final = (Kind.SPIKE, Kind.NEGATIVE)
# A day found with one of these proves nothing about the grid (a gap is left to the three values).
UNTRUSTED: Final = (Kind.FLAT, Kind.SPIKE, Kind.NEGATIVE, Kind.ZERO, Kind.MULTIPLIER)

NORMAL: Final = 0
ABNORMAL: Final = 1
UNDETERMINED: Final = 2
UNJUDGED: Final = 3  # the rule could not be asked at all, e.g. the rated power is unknown
VERDICTS: Final = (Verdict.NORMAL, Verdict.ABNORMAL, Verdict.UNDETERMINED)

PHASES: Final = ("", "A", "B", "C")  # 0 = the meter as a whole
UNKNOWN_TAIL: Final = 255  # tail of a day that is not there


BY_SHARE: Final = (Kind.HEAVY_LOAD, Kind.OVERLOAD, Kind.UNBALANCE)


def worst_words(kind: str, worst: float | None) -> str:
    """The worst value with its unit: loads and unbalance in %, voltages in V."""
    return "–" if worst is None else f"{worst:.1f} {'%' if kind in BY_SHARE else 'V'}"


def slot_clock(slot: int) -> str:
    """Start of a slot as a clock time: 0 → "00:00", 95 → "23:45", 96 → "24:00"."""
    return f"{slot // 4:02d}:{slot % 4 * SLOT_MINUTES:02d}"
