"""What is written of places that went dark, asked for many calls at once."""

import numpy as np

from longzhong.sensing.troubles.engines.spread import FINE, Dark, Ground

ROWS = 1 << 14  # asked at a time


def steps(ground: Ground, late: np.ndarray) -> np.ndarray:
    """Where delays stand in the table; -inf and beyond: the last."""
    safe = np.where(np.isfinite(late), np.maximum(late, 0.0), 1e15)
    return np.asarray(np.minimum((np.log1p(safe / ground.unit_s) * FINE).astype(int), len(ground.density) - 1))


def latest(dark: Dark, v: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last onset at or before each moment at its place (-inf: none), and its group (-1)."""
    onset, group = np.full(len(v), -np.inf), np.full(len(v), -1)
    width = max(int(dark.times.max()), 1) if len(dark.times) else 1
    for low in range(0, len(v), ROWS):
        some, at = v[low : low + ROWS], t[low : low + ROWS]
        began = dark.onset[some, :width]
        live = (np.arange(width)[None] < dark.times[some][:, None]) & (began <= at[:, None])
        rows, last = np.flatnonzero(live.any(1)), live.sum(1) - 1
        onset[low + rows] = began[rows, last[rows]]
        group[low + rows] = dark.group[some[rows], last[rows]]
    return onset, group
