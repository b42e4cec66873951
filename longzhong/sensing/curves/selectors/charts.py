"""Curves to draw (曲线图): the readings of some days, gaps kept as None."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from longzhong.register.network import selectors as network
from longzhong.sensing.curves.engines.shape import QUANTITIES, matrix
from longzhong.sensing.curves.rules import PHASES, SLOTS, slot_clock
from longzhong.sensing.curves.selectors.places import lake

MOST_DAYS = 31
Values = list[float | None]
NONE: Values = [None] * SLOTS


@dataclass(frozen=True)
class CurveDays:
    """Readings of one meter: `lines` by name ("ua", "p" of an area; "u_A", "p_A" of a customer), all as long as `times`."""

    meter: str
    times: list[str]
    lines: dict[str, Values]

    @property
    def empty(self) -> bool:
        return not any(value is not None for line in self.lines.values() for value in line)


def area_curves(area_id: int, first: date, last: date) -> CurveDays:
    """The area meter's eight curves of some days, both included, at most 31."""
    code = next((code for code, ref in network.meters_of_area(area_id, last) if ref.kind == "area"), "")
    return _curves(code, "area", first, last)


def meter_curves(code: str, first: date, last: date) -> CurveDays:
    """Voltage and power by phase of a customer's meter."""
    return _curves(code, "customer", first, last)


def _curves(code: str, kind: str, first: date, last: date) -> CurveDays:
    days = [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]
    times = [f"{day:%m-%d} {slot_clock(slot)}" for day in days for slot in range(SLOTS)]
    by_day = [dict(_day_lines(code, kind, day)) for day in days]
    names = sorted({name for lines in by_day for name in lines}) if kind == "customer" else list(QUANTITIES["area"])
    lines = {name: [value for found in by_day for value in found.get(name, NONE)] for name in names}
    return CurveDays(code, times, lines)


def _day_lines(code: str, kind: str, day: date) -> Iterator[tuple[str, Values]]:
    keys = ["meter", "phase"] if kind == "customer" else ["meter"]
    table = lake().rows(kind, day, [code], [*keys, *QUANTITIES[kind]])
    if table is None or not table.num_rows:
        return
    phases = table["phase"].to_pylist() if kind == "customer" else [0]
    for name in QUANTITIES[kind]:
        for phase, values in zip(phases, matrix(table[name]), strict=False):
            label = f"{name}_{PHASES[phase]}" if kind == "customer" else name
            yield label, [None if np.isnan(value) else round(float(value), 3) for value in values]
