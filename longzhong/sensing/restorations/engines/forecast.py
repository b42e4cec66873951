"""How long an outage will last: a middle and an 80 % interval in minutes, learned from rows in order of their start.

Everything is learned on log(1 + minutes). Who says the middle (trees towards the mean or the median, a straight line, half
and half, or the
plain median of all) is chosen on the later quarter of the known rows. The interval is conformal (split, each side for itself;
Romano et al.
2019): trees for the 10 % and 90 % quantiles, or the middle with even room, whichever is narrower, shifted so that of that
later quarter
a tenth lay below and a tenth above. Then all trees learn from all known rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.restorations.engines.frames import Row, Schema, learn_schema, matrix, one_hot
from longzhong.sensing.restorations.engines.trees import Plan, Trees, grow

Numbers = NDArray[np.float64]

SHARE = 0.8
LEAST = 60  # fewer rows: the plain median with the room that the rows themselves show
_LATER = 0.25
_RIDGE = 3.0
_PLANS = {"mean": Plan(), "median": Plan(quantile=0.5), "deep": Plan(trees=350, rate=0.04, leaves=31)}
_LOW, _HIGH = Plan(quantile=(1 - SHARE) / 2, trees=100), Plan(quantile=(1 + SHARE) / 2, trees=100)
MIDDLES = ("flat", "line", "mean", "median", "deep", "mean+line", "deep+line")
PRODUCTION = ("flat", "line", "mean", "mean+line")


@dataclass(frozen=True)
class Line:
    """A straight line over the one-hot columns, weights for standardised columns."""

    middle: Numbers
    spread: Numbers
    weights: Numbers

    def ask(self, asked: Numbers) -> Numbers:
        made: Numbers = np.clip((asked - self.middle) / self.spread, -8, 8) @ self.weights
        return made


@dataclass(frozen=True)
class Forecast:
    """A learned model. `voices` say the middle together (their mean); `even`: the interval is the middle with even room."""

    schema: Schema
    base: float
    reach: float
    middle: str
    even: bool
    down: float
    up: float
    voices: Mapping[str, Trees]
    line: Line | None

    def logs(self, rows: Sequence[Row]) -> tuple[Numbers, Numbers, Numbers]:
        """Low, middle, high as log(1 + minutes)."""
        asked = matrix(self.schema, rows)
        middle = self._middle(asked, rows)
        low = middle if self.even else self.voices["low"].ask(asked)
        high = middle if self.even else self.voices["high"].ask(asked)
        low, high = low - self.down, high + self.up
        return np.minimum(low, middle), middle, np.maximum(high, middle)

    def minutes(self, rows: Sequence[Row]) -> tuple[Numbers, Numbers, Numbers]:
        """Low, middle, high in minutes, never below 0 and never beyond twice the longest known."""
        low, middle, high = (np.expm1(np.clip(one, 0, self.reach)) for one in self.logs(rows))
        return low, middle, high

    def reasons(self, row: Row, most: int = 3) -> list[tuple[str, Any, float]]:
        """The features that move this row's middle most: (column, value, times as long as with the usual value)."""
        names = list(dict.fromkeys(column.name for column in self.schema.columns))
        typical = {column.name: column.typical for column in reversed(self.schema.columns)}
        others = [{**row, name: typical[name]} for name in names]
        whole = [row, *others]
        said = self._middle(matrix(self.schema, whole), whole)
        moved = [(name, row.get(name), float(np.exp(said[0] - one))) for name, one in zip(names, said[1:], strict=True)]
        moved.sort(key=lambda one: -abs(np.log(one[2])))
        return [one for one in moved[:most] if abs(np.log(one[2])) > 0.02]

    def _middle(self, asked: Numbers, rows: Sequence[Row]) -> Numbers:
        said = [self._voice(name, asked, rows) for name in self.middle.split("+")]
        middle: Numbers = np.mean(said, axis=0)
        return middle

    def _voice(self, name: str, asked: Numbers, rows: Sequence[Row]) -> Numbers:
        if name == "flat":
            return np.full(len(asked), self.base)
        if name == "line" and self.line is not None:
            return self.base + self.line.ask(one_hot(self.schema, rows))
        return self.voices[name].ask(asked)


def learn(
    rows: Sequence[Row], minutes: Numbers, names: Sequence[str], middles: Sequence[str] = MIDDLES, seed: int = 0
) -> Forecast:
    """A forecast from rows in order of their start."""
    logs = np.log1p(minutes)
    if len(rows) < LEAST:
        return _plain(logs)
    early = len(rows) - int(len(rows) * _LATER)
    first = _grown(rows[:early], logs[:early], names, middles, seed)
    later, truth = rows[early:], logs[early:]
    best = min(middles, key=_error(first, later, truth))
    chosen = _shaped(_with(first, best), later, truth)
    whole = _grown(rows, logs, names, _voices(best), seed)
    return _with(whole, best, chosen)


def _error(first: Forecast, later: Sequence[Row], truth: Numbers) -> Callable[[str], float]:
    """Mean absolute minutes, with the worst twentieth cut so that one catastrophe doesn't choose."""
    asked = matrix(first.schema, later)

    def error(middle: str) -> float:
        said = np.clip(_with(first, middle)._middle(asked, later), 0, first.reach)
        off = np.sort(np.abs(np.expm1(said) - np.expm1(truth)))
        return float(off[: max(1, ceil(0.95 * len(off)))].mean())

    return error


def _shaped(one: Forecast, later: Sequence[Row], truth: Numbers) -> Forecast:
    """The narrower of two intervals, both covering what they say on the later rows."""
    asked = matrix(one.schema, later)
    middle = one._middle(asked, later)
    shapes = []
    for even, low, high in (
        (True, middle, middle),
        (False, one.voices["low"].ask(asked), one.voices["high"].ask(asked)),
    ):
        down, up = conformal(low - truth), conformal(truth - high)
        width = np.expm1(np.clip(high + up, 0, one.reach)) - np.expm1(np.clip(low - down, 0, one.reach))
        shapes.append((float(width.mean()), even, down, up))
    _width, even, down, up = min(shapes)
    return _with(one, one.middle, even=even, down=down, up=up)


def conformal(scores: Numbers, beyond: float = (1 - SHARE) / 2) -> float:
    """The room that leaves the share `beyond` of future scores above it, the usual correction for few scores included."""
    rank = min(len(scores), ceil((len(scores) + 1) * (1 - beyond)))
    return float(np.sort(scores)[rank - 1])


def _grown(rows: Sequence[Row], logs: Numbers, names: Sequence[str], middles: Sequence[str], seed: int) -> Forecast:
    schema = learn_schema(rows, names, logs)
    if not schema.columns:
        return _plain(logs)
    known = matrix(schema, rows)
    wanted = set("+".join(middles).split("+"))
    voices = {name: grow(known, logs, plan, seed) for name, plan in _PLANS.items() if name in wanted}
    voices |= {"low": grow(known, logs, _LOW, seed), "high": grow(known, logs, _HIGH, seed)}
    base = float(np.median(logs)) if wanted == {"flat"} else float(np.mean(logs))
    line = _line(one_hot(schema, rows), logs - base) if "line" in wanted else None
    return Forecast(schema, base, float(logs.max()) + np.log(2), "flat", True, 0.0, 0.0, voices, line)


def _line(known: Numbers, logs: Numbers) -> Line:
    spread = known.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    middle = known.mean(axis=0)
    made = np.clip((known - middle) / spread, -8, 8)
    weights = np.linalg.solve(made.T @ made + _RIDGE * np.eye(made.shape[1]), made.T @ logs)
    return Line(middle, spread, weights)


def _plain(logs: Numbers) -> Forecast:
    base = float(np.median(logs))
    down, up = conformal(base - logs), conformal(logs - base)
    return Forecast(Schema(()), base, float(logs.max()) + np.log(2), "flat", True, down, up, {}, None)


def _voices(middle: str) -> tuple[str, ...]:
    return tuple(middle.split("+"))


def _with(one: Forecast, middle: str, shape: Forecast | None = None, **changed: Any) -> Forecast:
    held = {name: getattr(one, name) for name in Forecast.__dataclass_fields__}
    if shape is not None:
        held |= {"even": shape.even, "down": shape.down, "up": shape.up}
    return Forecast(**{**held, "middle": middle, **changed})
