"""Engines that map the judging rules over a day of the lake. One here (threads); a cluster engine fits the same Protocol.

An engine knows files and arrays only: who a meter belongs to and which limits hold comes in as arrays by file row.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.judged import Found, Judged, Tails
from longzhong.sensing.curves.rules.limits import Bounds

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class CustomerAsk:
    """By row of the day file: set of limits (index into `bounds`), yesterday's tails, number of its area (-1: none)."""

    bounds: Bounds
    which: Ints
    before: Tails
    area_of: Ints | None = None
    areas: int = 0


@dataclass(frozen=True)
class AreaAsk:
    """By row of the day file: sets of limits (the voltage set counts phases as three-phase), rated kVA (NaN: unknown),
    yesterday's tails of the three voltages (n, 3, K, 2) and of the load (n, K, 2)."""

    voltage_bounds: Bounds
    load_bounds: Bounds
    which: Ints
    kva: NDArray[np.float64]
    before_voltage: Tails
    before_load: Tails


@dataclass(frozen=True)
class CustomerScan:
    """`found.row` is the file row. `seen`: sent any reading. `export_kw` (areas, 24): fed back by customers, mean of the hour."""

    judged: Judged
    found: Found
    seen: NDArray[np.bool_]
    export_kw: NDArray[np.float32]


@dataclass(frozen=True)
class AreaScan:
    """`voltage` has three rows a meter. `found.row` is the file row and `phase` 1 2 3, or 0 for the meter as a whole."""

    voltage: Judged
    load: Judged
    found: Found
    phase: NDArray[np.int8]
    seen: NDArray[np.bool_]
    kva_by_hour: NDArray[np.float32]
    export_by_hour: NDArray[np.float32]


class Engine(Protocol):
    def scan_customers(self, day: date, ask: CustomerAsk) -> CustomerScan: ...

    def scan_areas(self, day: date, ask: AreaAsk) -> AreaScan: ...

    def living(self, day: date, area_of: Ints, areas: int, dead_volts: float) -> Ints:
        """(areas, 96): customers with voltage; rows with area -1 are skipped."""
        ...
