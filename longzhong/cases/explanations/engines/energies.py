"""Mean energy a day of many meters at once, straight from the lake's columns."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves import selectors as curves
from longzhong.sensing.curves.rules import SLOTS


def mean_energies(codes: Sequence[str], days: Sequence[date], coverage_min: float) -> dict[str, float]:
    """Meter code → mean kWh a day over the days of which enough is known; meters without such a day are missing.

    Phases are added; a slot that a phase misses is unknown, and a day is scaled to 96 slots as in `rules.curves`.
    """
    sums: dict[str, list[float]] = {}
    for day in days:
        for code, load in _loads(codes, day).items():
            known = ~np.isnan(load)
            if known.sum() >= coverage_min * SLOTS:
                sums.setdefault(code, []).append(float(load[known].mean()) * SLOTS / 4)
    return {code: sum(found) / len(found) for code, found in sums.items()}


def _loads(codes: Sequence[str], day: date) -> dict[str, NDArray[np.float64]]:
    """kW of each meter on a day, its phases added (NaN + anything stays NaN)."""
    table = curves.lake().rows("customer", day, list(codes), ["meter", "p"]) if codes else None
    if table is None or not table.num_rows:
        return {}
    flat = table["p"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    loads: dict[str, NDArray[np.float64]] = {}
    for code, row in zip(table["meter"].to_pylist(), flat.reshape(-1, SLOTS).astype(np.float64), strict=True):
        loads[code] = loads[code] + row if code in loads else row
    return loads
