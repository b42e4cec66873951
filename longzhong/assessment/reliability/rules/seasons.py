"""Seasonal lists (迎峰度夏、迎峰度冬, S2-12): what to have done before the peak comes, one line an area and risk."""

from datetime import date
from enum import StrEnum

from longzhong.sensing.curves.rules import MEASURES, Kind, Span

READERS = ("grid", "crew", "station", "quality", "dept", "leader")
KEEPERS = ("station", "quality", "dept")
RISKY = (Kind.HEAVY_LOAD.value, Kind.OVERLOAD.value, Kind.LOW_VOLTAGE.value)


class Risk(StrEnum):
    HEAVY_LOAD = "heavy_load"
    OVERLOAD = "overload"
    LOW_VOLTAGE = "low_voltage"
    FREQUENT = "frequent"
    IMPORTANT = "important"


RISK_LABELS = {
    Risk.HEAVY_LOAD: "重载", Risk.OVERLOAD: "过载", Risk.LOW_VOLTAGE: "低电压", Risk.FREQUENT: "频繁停电",
    Risk.IMPORTANT: "重要用户",
}  # fmt: skip
MEASURE_OF = {
    **{Risk(kind): MEASURES[kind] for kind in RISKY},
    Risk.FREQUENT: "季前特巡，消除缺陷，落实预防工单",
    Risk.IMPORTANT: "核查保电方案、双电源与自备电源",
}


def upcoming(last: Span) -> Span:
    """The next occurrence of a season whose latest began already."""
    return Span(last.name, _next_year(last.first), _next_year(last.last))


def _next_year(day: date) -> date:
    """The same day a year later; 29 February becomes the 28th."""
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 2, 28)
