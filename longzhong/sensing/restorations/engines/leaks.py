"""Columns that know the answer: functions of the restoration (a duration, an end time, a class of duration), and mere numbers
of rows.

Nobody has them when a forecast is asked for, so they are taken away and said. Judged on the known rows only.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.restorations.engines.frames import Row, number

Numbers = NDArray[np.float64]

NEAR_ONE = 0.97
_LEAST = 20
_JOINT = 0.9995  # so much of the durations explained by a straight line of several columns is arithmetic, not nature


def leaking(rows: Sequence[Row], names: Sequence[str], starts: Numbers, minutes: Numbers) -> dict[str, str]:
    """Column → why it is taken away."""
    found: dict[str, str] = {}
    numeric: dict[str, Numbers] = {}
    for name in names:
        cells = [row.get(name) for row in rows]
        given = [cell for cell in cells if cell not in (None, "")]
        if not given:
            found[name] = "整列为空"
            continue
        values = np.array([number(cell) for cell in cells])
        if np.mean(~np.isnan(values)) >= 0.9 * len(given) / len(cells):
            if why := _number_leaks(values, starts, minutes):
                found[name] = why
            else:
                numeric[name] = values
        elif why := _words_leak([str(cell or "") for cell in cells], minutes):
            found[name] = why
    return {**found, **_jointly(numeric, minutes)}


def _number_leaks(values: Numbers, starts: Numbers, minutes: Numbers) -> str:
    here = ~np.isnan(values)
    if here.sum() < _LEAST or np.ptp(values[here]) == 0:
        return "" if here.sum() < _LEAST else "只有一个值"
    own, at, took = values[here], starts[here], minutes[here]
    straight = max(
        abs(_corr(own, took)), abs(_corr(_ranks(own), _ranks(took))), abs(_corr(_ranks(own), _ranks(took), tails=True))
    )
    if straight >= NEAR_ONE:
        return f"与停电时长相关 {straight:.3f}，是结果而不是原因"
    rest = own - np.polyval(np.polyfit(at - at.mean(), own, 1), at - at.mean())
    apart = abs(_corr(rest, took)) if np.ptp(rest) > 1e-9 * max(1.0, float(np.abs(own).max())) else 0.0
    return f"减去开始时间后与停电时长相关 {apart:.3f}，是恢复时间的另一种写法" if apart >= NEAR_ONE else ""


def _words_leak(cells: Sequence[str], minutes: Numbers) -> str:
    kinds, codes = np.unique(np.array(cells, dtype=object).astype(str), return_inverse=True)
    if len(kinds) > max(30, 0.5 * len(cells)):
        return "几乎每行一个值（编号或自由文本）"
    spans = sorted(
        (float(minutes[codes == one].min()), float(minutes[codes == one].max()), int((codes == one).sum()))
        for one in range(len(kinds))
    )
    apart = all(left[1] <= right[0] for left, right in pairwise(spans))
    if len(spans) > 1 and apart and min(size for _low, _high, size in spans) >= 5 and len(cells) >= _LEAST:
        return "各取值的停电时长互不重叠，是时长的分级"
    return ""


def _jointly(numeric: dict[str, Numbers], minutes: Numbers) -> dict[str, str]:
    """Columns that add up to the duration (travel + repair): the nearest ones are taken until the sum is no arithmetic."""
    left, gone = dict(numeric), {}
    while len(left) > 1 and _explained(list(left.values()), minutes) >= _JOINT:
        name = max(left, key=lambda one: abs(_corr(_filled(left[one]), minutes)))
        del left[name]
        gone[name] = "与其他列相加即停电时长"
    return gone


def _explained(columns: Sequence[Numbers], minutes: Numbers) -> float:
    made = np.column_stack([np.ones(len(minutes)), *[_filled(one) for one in columns]])
    if len(minutes) < 3 * made.shape[1] + _LEAST:
        return 0.0
    rest = minutes - made @ np.linalg.lstsq(made, minutes, rcond=None)[0]
    return 1.0 - float(rest.var() / max(minutes.var(), 1e-12))


def _filled(values: Numbers) -> Numbers:
    return np.where(np.isnan(values), np.nanmedian(values), values)


def _ranks(values: Numbers) -> Numbers:
    """Ranks with ties shared."""
    kinds, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middle: Numbers = (ends - (counts - 1) / 2.0)[places] if len(kinds) else values
    return middle


def _corr(a: Numbers, b: Numbers, *, tails: bool = False) -> float:
    """Pearson; with `tails` after the best and worst hundredth is cut off."""
    if tails and len(a) > 200:
        keep = (b > np.quantile(b, 0.01)) & (b < np.quantile(b, 0.99))
        a, b = a[keep], b[keep]
    if len(a) < 3 or a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])
