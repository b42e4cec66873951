"""Made outages whose truth is known: what lengthens a repair is multiplied, and luck is log-normal. They judge code, not the
world.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longzhong.kit.clock import CST

LUCK = 0.35
_BASE = {
    "broken_line": 110.0,
    "fuse": 40.0,
    "transformer": 260.0,
    "tree": 85.0,
    "cable": 330.0,
    "meter": 30.0,
    "unknown": 75.0,
}
_WEATHER = {"fine": 1.0, "rain": 1.15, "thunder": 1.5, "snow": 1.9}
_SITE = {"urban": 1.0, "rural": 1.25, "remote": 1.7}
_ROAD = {"road": 1.0, "rough": 1.3, "foot": 2.2}
_CREW = {"ready": 1.0, "busy": 1.45, "none": 2.0}
_START = datetime(2023, 1, 1, tzinfo=CST)


@dataclass(frozen=True)
class Made:
    """Rows in order of their start, how long each lasted (minutes), and the middle that a perfect model would say."""

    starts: list[datetime]
    rows: list[dict[str, Any]]
    minutes: NDArray[np.float64]
    perfect: NDArray[np.float64]


def make_outages(seed: int, count: int) -> Made:
    """Two and a half years of faults."""
    rng = np.random.default_rng(seed)
    at = np.sort(rng.uniform(0, 900 * 24 * 60, count))
    starts = [_START + timedelta(minutes=float(one)) for one in at]
    picked = {
        "cause": rng.choice(list(_BASE), count, p=[0.2, 0.25, 0.06, 0.17, 0.06, 0.16, 0.1]),
        "weather": rng.choice(list(_WEATHER), count, p=[0.6, 0.2, 0.14, 0.06]),
        "site": rng.choice(list(_SITE), count, p=[0.45, 0.4, 0.15]),
        "road": rng.choice(list(_ROAD), count, p=[0.82, 0.13, 0.05]),
        "crew": rng.choice(list(_CREW), count, p=[0.6, 0.3, 0.1]),
    }
    customers = np.round(np.exp(rng.normal(4.2, 1.3, count)))
    hours = np.array([one.hour for one in starts])
    factor = np.ones(count)
    for name, table in (("cause", _BASE), ("weather", _WEATHER), ("site", _SITE), ("road", _ROAD), ("crew", _CREW)):
        factor = factor * np.array([table[one] for one in picked[name]])
    factor = factor * np.where((hours < 6) | (hours >= 22), 1.35, 1.0) * (1 + 0.12 * np.log1p(customers / 60))
    minutes = factor * np.exp(rng.normal(0, LUCK, count))
    rows = [
        {
            **{name: str(values[place]) for name, values in picked.items()},
            "customers": float(customers[place]),
            **calendar(starts[place]),
        }
        for place in range(count)
    ]
    for place in rng.choice(count, count // 12, replace=False):
        rows[place]["weather"] = None
    return Made(starts, rows, minutes, factor)


def calendar(start: datetime) -> dict[str, float]:
    """What the moment itself says."""
    return {"hour": start.hour + start.minute / 60, "month": float(start.month), "weekday": float(start.weekday())}
