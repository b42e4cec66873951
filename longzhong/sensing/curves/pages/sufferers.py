"""Which customers of an area were worst off on a day: lowest and highest voltage, and how long beyond the limits."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from longzhong.sensing.curves.pages.asked import Asked
from longzhong.sensing.curves.rules import PHASES, Limits
from longzhong.sensing.curves.selectors.areas import MeterDay

MOST = 12
MINUTES = 15


@dataclass(frozen=True)
class Sufferer:
    """`low_minutes` and `over_minutes` are the time beyond each limit; `missing` counts slots without a reading."""

    meter: str
    phase: str
    lowest: float
    highest: float
    low_minutes: int
    over_minutes: int
    missing: int
    href: str = ""
    chosen: bool = False

    @property
    def is_low(self) -> bool:
        return self.low_minutes > 0

    @property
    def is_over(self) -> bool:
        return self.over_minutes > 0


def sufferers(curves: Collection[MeterDay], limits: Limits, asked: Asked) -> list[Sufferer]:
    """The worst first: time beyond a limit, then distance from the middle of the band."""
    lines = [_line(curve, limits) for curve in curves]
    middle = (limits.low_volts_1p + limits.over_volts_1p) / 2
    lines.sort(
        key=lambda one: (
            -(one.low_minutes + one.over_minutes),
            -max(middle - one.lowest, one.highest - middle),
            one.meter,
        )
    )
    chosen = _chosen(lines, asked)
    return [_linked(line, asked, chosen) for line in lines[:MOST]]


def _chosen(lines: list[Sufferer], asked: Asked) -> str:
    """Whose curve is laid over the area's: the one asked for, else the worst one if it is beyond a limit."""
    if asked.meter or not lines:
        return asked.meter
    return lines[0].meter if lines[0].is_low or lines[0].is_over else ""


def _linked(line: Sufferer, asked: Asked, chosen: str) -> Sufferer:
    return replace(
        line, chosen=line.meter == chosen, href=asked.address(meter="-" if line.meter == chosen else line.meter)
    )


def _line(curve: MeterDay, limits: Limits) -> Sufferer:
    with np.errstate(invalid="ignore"):
        low = int((curve.volts < limits.low_volts_1p).sum())
        over = int((curve.volts > limits.over_volts_1p).sum())
    return Sufferer(
        meter=curve.meter,
        phase=PHASES[curve.phase],
        lowest=curve.lowest,
        highest=curve.highest,
        low_minutes=MINUTES * low,
        over_minutes=MINUTES * over,
        missing=int(np.isnan(curve.volts).sum()),
    )
