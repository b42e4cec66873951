"""Reading a wide CSV (采集系统宽表) into arrays: encodings, title rows, synonyms, missing words; bad rows are told, not lost."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from longzhong.sensing.curves.rules.assemble import Wide
from longzhong.sensing.curves.rules.wideform import (
    MISSING,
    Reading,
    SlotColumns,
    WideformError,
    civil_day,
    decode,
    meta_columns,
    number,
    reading,
    slot_columns,
)
from longzhong.sensing.curves.rules.words import SLOTS

TITLE_ROWS = 20
NEEDED = ("meter", "day", "quantity")
NULLS = sorted({variant for word in MISSING for variant in (word, word.upper(), word.capitalize(), "NaN", "N/A")})


@dataclass(frozen=True)
class WideFile:
    """`refused` names line numbers (1 = first line of the file) and reasons; `kva` the rated power of meters, where told."""

    wide: Wide
    refused: list[tuple[int, str]]
    kva: dict[str, float]


@dataclass(frozen=True)
class _Head:
    line: int
    names: list[str]
    delimiter: str
    meta: dict[str, int]
    slots: SlotColumns


def read_wide(raw: bytes) -> WideFile:
    text, _ = decode(raw)
    head = _head(text)
    try:
        told, values = _read_fast(text, head)
        lines = list(range(head.line + 2, head.line + 2 + len(values)))
        refused: list[tuple[int, str]] = []
    except pa.ArrowInvalid:
        told, values, lines, refused = _read_patiently(text, head)
    return _understood(told, values, lines, refused)


def _head(text: str) -> _Head:
    """The header is the first line that names meter, day and quantity and has 96 slots; titles may stand before it."""
    error = WideformError("no_header", "找不到表头: 需要表号、日期、数据项和 96 个时点列")
    for line, row in enumerate(text.splitlines()[:TITLE_ROWS]):
        delimiter = max(",\t;", key=row.count)
        names = next(csv.reader([row], delimiter=delimiter), [])
        meta = meta_columns(names)
        if not all(name in meta for name in NEEDED):
            continue
        try:
            return _Head(line, names, delimiter, meta, slot_columns(names))
        except WideformError as found:
            error = found
    raise error


def _read_fast(text: str, head: _Head) -> tuple[dict[str, list[str]], NDArray[np.float32]]:
    names = [str(index) for index in range(len(head.names))]
    slots = [names[index] for index in head.slots.columns]
    told = {name: names[index] for name, index in head.meta.items()}
    types = {name: pa.float64() for name in slots} | {name: pa.string() for name in told.values()}
    table = arrow_csv.read_csv(
        io.BytesIO(text.encode()),
        read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=head.line + 1, block_size=1 << 24),
        parse_options=arrow_csv.ParseOptions(delimiter=head.delimiter, newlines_in_values=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types=types, null_values=NULLS, strings_can_be_null=False, include_columns=[*told.values(), *slots]
        ),
    )
    values = np.empty((table.num_rows, SLOTS), dtype=np.float32)
    for slot, name in enumerate(slots):
        values[:, slot] = table[name].to_numpy()
    return {name: table[column].to_pylist() for name, column in told.items()}, values


def _read_patiently(
    text: str, head: _Head
) -> tuple[dict[str, list[str]], NDArray[np.float32], list[int], list[tuple[int, str]]]:
    """Cell by cell, so that one bad cell costs one row."""
    told: dict[str, list[str]] = {name: [] for name in head.meta}
    rows: list[list[float]] = []
    lines: list[int] = []
    refused: list[tuple[int, str]] = []
    for line, row in enumerate(csv.reader(io.StringIO(text), delimiter=head.delimiter), start=1):
        if line <= head.line + 1 or not any(cell.strip() for cell in row):
            continue
        try:
            full = [*row, *[""] * (len(head.names) - len(row))]
            rows.append([number(full[index]) for index in head.slots.columns])
        except ValueError as error:
            refused.append((line, str(error)))
            continue
        lines.append(line)
        for name, index in head.meta.items():
            told[name].append(full[index])
    return told, np.array(rows, dtype=np.float32).reshape(-1, SLOTS), lines, refused


def _understood(
    told: dict[str, list[str]], values: NDArray[np.float32], lines: list[int], refused: list[tuple[int, str]]
) -> WideFile:
    """Give every row its day and meaning; rows of quantities or days that make no sense are refused."""
    phases = told.get("phase", [""] * len(values))
    days = {text: _day(text) for text in set(told["day"])}
    pairs = list(zip(told["quantity"], phases, strict=True))
    meanings = {pair: reading(*pair) for pair in set(pairs)}
    kept: list[int] = []
    kept_days: list[date] = []
    kept_readings: list[Reading] = []
    for row, pair in enumerate(pairs):
        day, meaning = days[told["day"][row]], meanings[pair]
        if not told["meter"][row].strip():
            refused.append((lines[row], "表号为空"))
        elif day is None:
            refused.append((lines[row], f"日期无效: {told['day'][row]}"))
        elif meaning is None:
            refused.append((lines[row], f"数据项无法识别: {' '.join(pair)}".rstrip()))
        else:
            kept.append(row)
            kept_days.append(day)
            kept_readings.append(meaning)
    wide = Wide([told["meter"][row].strip() for row in kept], kept_days, kept_readings, values[kept])
    return WideFile(wide, sorted(refused), _rated(told, wide.meters, kept))


def _rated(told: dict[str, list[str]], meters: Sequence[str], kept: list[int]) -> dict[str, float]:
    if "kva" not in told:
        return {}
    found = {}
    for meter, row in zip(meters, kept, strict=True):
        try:
            found[meter] = number(told["kva"][row])
        except ValueError:
            continue
    return found


def _day(text: str) -> date | None:
    try:
        return civil_day(text)
    except ValueError:
        return None
