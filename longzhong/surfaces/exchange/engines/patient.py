"""Curve rows one by one: workbooks, UTF-16, and blocks of a CSV in which something is broken."""

from collections.abc import Iterator, Sequence

import numpy as np

from longzhong.surfaces.exchange.engines import BadLine, Record
from longzhong.surfaces.exchange.engines.plans import Block, Plan, Refusal
from longzhong.surfaces.exchange.rules import numbers
from longzhong.surfaces.exchange.rules.cells import Cell, is_missing, shown
from longzhong.surfaces.exchange.rules.curve_rows import Coded
from longzhong.surfaces.exchange.rules.layout import check_row, is_blank
from longzhong.surfaces.exchange.rules.reasons import Bad

BLOCK_ROWS = 8192


def patient_blocks(plan: Plan, records: Iterator[Record]) -> Iterator[Block]:
    """Row by row, in blocks of a few thousand."""
    lines: list[int] = []
    words: dict[str, list[Cell]] = {role: [] for role in plan.words}
    values: list[list[float]] = []
    refused: list[Refusal] = []
    number = 0
    for number, record in records:
        try:
            row = _one(plan, record)
        except Bad as problem:
            refused.append((number, problem))
        else:
            if row is not None:
                lines.append(number)
                values.append(row)
                for role, place in plan.words.items():
                    words[role].append(record[place] if place < len(record) else None)  # type: ignore[arg-type, index]
        if len(lines) + len(refused) >= BLOCK_ROWS:
            yield _listed(plan, lines, words, values, refused, number)
            lines, words, values, refused = [], {role: [] for role in plan.words}, [], []
    if lines or refused:
        yield _listed(plan, lines, words, values, refused, number)


def _one(plan: Plan, record: Sequence[Cell] | BadLine) -> list[float] | None:
    """The values of a row; None for a blank one."""
    if isinstance(record, BadLine):
        raise Bad(record.code)
    if is_blank(record):
        return None
    check_row(record, plan.headers)
    if plan.source.kind == "text" and len(record) < len(plan.headers):
        raise Bad("column_count", found=len(record), expected=len(plan.headers))
    found = [_float(record[place] if place < len(record) else None, plan.headers[place]) for place in plan.values]
    return None if all(is_missing(cell) for cell in record) else found


def _float(cell: Cell, header: Cell) -> float:
    if isinstance(cell, float) and abs(cell) < 1e38:
        return cell
    value = numbers.number(cell, shown(header))
    if value is None:
        return float("nan")
    if abs(value) >= 1e38:
        raise Bad("bad_number", column=shown(header), shown=shown(cell))
    return value


def _listed(
    plan: Plan,
    lines: list[int],
    words: dict[str, list[Cell]],
    values: list[list[float]],
    refused: list[Refusal],
    seen: int,
) -> Block:
    shape = (len(lines), len(plan.values))
    coded = {role: _code(column) for role, column in words.items()}
    return Block(np.array(lines, np.int32), coded, np.array(values, np.float32).reshape(shape), refused, seen)


def _code(column: list[Cell]) -> Coded:
    places: dict[tuple[type, Cell], int] = {}
    codes = [places.setdefault((type(cell), cell), len(places)) for cell in column]
    return Coded(np.array(codes, np.int32), [cell for _, cell in places])
