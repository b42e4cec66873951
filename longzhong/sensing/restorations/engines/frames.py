"""Rows of features as numbers: what a column is (number, word, moment) is decided on the known rows and kept as plain data.

A row is a mapping from the column's name to a text, a number or None. Words become their rank by the smoothed mean log
duration of
their rows, so that trees cut them as they cut numbers and rare words lean on the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = Mapping[str, Any]
Numbers = NDArray[np.float64]

NUMBER, WORD = "number", "word"
_LEAN = 8.0  # a word of 8 rows is believed half
_MOST_WORDS = 60  # rarer words share one place
_NUMERIC = 0.95  # of the known cells must read as numbers
_FEW = 12  # whole numbers of so few kinds may be codes: given as words too


@dataclass(frozen=True)
class Column:
    """One column: for words their scores (mean log duration, leaning to the whole), for numbers nothing but the typical value."""

    name: str
    kind: str
    typical: float | str | None
    scores: Mapping[str, float] = field(default_factory=dict)
    other: float = 0.0


@dataclass(frozen=True)
class Schema:
    """Columns in the order of the matrix."""

    columns: tuple[Column, ...]

    def plain(self) -> list[dict[str, Any]]:
        return [
            {"name": c.name, "kind": c.kind, "typical": c.typical, "scores": dict(c.scores), "other": c.other}
            for c in self.columns
        ]

    @classmethod
    def from_plain(cls, rows: Sequence[Mapping[str, Any]]) -> "Schema":
        return cls(tuple(Column(**row) for row in rows))


def number(value: Any) -> float:
    """A cell as a number, NaN if it isn't one: "1,200", "35%", "12 户" are; True is 1."""
    if value is None or value == "":
        return float("nan")
    if isinstance(value, int | float):
        return float(value)
    text = str(value).replace(",", "").replace("%", "").strip()
    try:
        found = float(text)
    except ValueError:
        return float("nan")
    return found if np.isfinite(found) else float("nan")


def learn_schema(rows: Sequence[Row], names: Sequence[str], logs: Numbers) -> Schema:
    """What each named column is, by the known rows and their log durations."""
    columns = []
    for name in names:
        cells = [row.get(name) for row in rows]
        given = [cell for cell in cells if cell not in (None, "")]
        values = np.array([number(cell) for cell in given])
        numeric = bool(given) and float(np.mean(~np.isnan(values))) >= _NUMERIC
        if numeric:
            columns.append(Column(name, NUMBER, float(np.nanmedian(values))))
            kinds = set(values[~np.isnan(values)].tolist())
            if 2 < len(kinds) <= _FEW and all(float(one).is_integer() for one in kinds):
                columns.append(_words(name, [_word(cell) for cell in cells], logs))
        elif given:
            columns.append(_words(name, [_word(cell) for cell in cells], logs))
    return Schema(tuple(columns))


def matrix(schema: Schema, rows: Sequence[Row]) -> Numbers:
    """(rows, columns): numbers as they are, words by their score; NaN where nothing is known of a number."""
    made = np.empty((len(rows), len(schema.columns)))
    for place, column in enumerate(schema.columns):
        if column.kind == NUMBER:
            made[:, place] = [number(row.get(column.name)) for row in rows]
        else:
            made[:, place] = [column.scores.get(_word(row.get(column.name)), column.other) for row in rows]
    return made


def one_hot(schema: Schema, rows: Sequence[Row]) -> Numbers:
    """The same rows for a straight line: numbers with what is missing filled, their logs, and a 0/1 column a word."""
    parts: list[Numbers] = [np.ones((len(rows), 1))]
    for column in schema.columns:
        if column.kind == NUMBER:
            values = np.array([number(row.get(column.name)) for row in rows])
            missing = np.isnan(values)
            filled = np.where(missing, number(column.typical), values)
            parts.append(np.column_stack([filled, np.sign(filled) * np.log1p(np.abs(filled)), missing]))
        else:
            words = np.array([_word(row.get(column.name)) for row in rows], dtype=object)
            parts.append(
                np.column_stack([words == word for word in column.scores] or [np.zeros(len(rows))]).astype(float)
            )
    return np.hstack(parts)


def _word(cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    value = number(cell)
    return f"{value:g}" if not np.isnan(value) else str(cell).strip()


def _words(name: str, cells: Sequence[str], logs: Numbers) -> Column:
    whole = float(np.mean(logs))
    sums: dict[str, float] = defaultdict(float)
    counts = Counter(cells)
    for cell, log in zip(cells, logs, strict=True):
        sums[cell] += float(log) - whole
    kept = [word for word, _count in counts.most_common(_MOST_WORDS)]
    scores = {word: whole + sums[word] / (counts[word] + _LEAN) for word in sorted(kept)}
    return Column(name, WORD, counts.most_common(1)[0][0], scores, whole)
