"""How good forecasts were: errors in minutes, and how often the truth lay within the interval."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def errors(said: Numbers, truth: Numbers) -> tuple[float, float]:
    """Median and mean absolute error (minutes)."""
    off = np.abs(said - truth)
    return round(float(np.median(off)), 2), round(float(np.mean(off)), 2)


def judged(low: Numbers, said: Numbers, high: Numbers, truth: Numbers) -> dict[str, Any]:
    """The figures of a card."""
    median, mean = errors(said, truth)
    return {
        "median_abs_error_min": median,
        "mae_min": mean,
        "coverage": round(float(np.mean((truth >= low) & (truth <= high))), 4),
        "width_min": round(float(np.median(high - low)), 2),
        "mean_width_min": round(float(np.mean(high - low)), 2),
        "late_share": round(float(np.mean(truth > high)), 4),
    }
