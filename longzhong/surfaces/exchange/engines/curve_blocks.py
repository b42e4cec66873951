"""Curve files as blocks of arrays: CSV by pyarrow at the speed of the disk, everything else (and every awkward
block) row by row.

A block of the file is cut at line ends. Where it holds only plain lines, pyarrow parses it into float arrays; where
a value isn't a number the block is read again as text; where quotes are broken or bytes don't decode, its lines go
through the patient reader. Memory is bounded by the block.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from longzhong.surfaces.exchange.engines import Record, tables, text
from longzhong.surfaces.exchange.engines.patient import patient_blocks
from longzhong.surfaces.exchange.engines.plans import Block, Floats, Plan
from longzhong.surfaces.exchange.rules import numbers
from longzhong.surfaces.exchange.rules.cells import MISSING, shown
from longzhong.surfaces.exchange.rules.curve_rows import Coded, Ints
from longzhong.surfaces.exchange.rules.reasons import Bad

BLOCK_BYTES = 8 << 20
AHEAD = 2  # blocks that are parsed while another one is understood
_NULLS = sorted({form for mark in MISSING for form in (mark, mark.upper(), mark.capitalize())} | {"NaN", "\\N"})


def blocks(plan: Plan) -> Iterator[Block]:
    """The body of the file from its first row to its last."""
    if plan.source.kind != "text" or plan.source.encoding.startswith(("utf-16", "utf-32")):
        yield from patient_blocks(plan, _from(tables.rows(plan.source, plan.sheet), plan.first_row))
        return
    with ThreadPoolExecutor(AHEAD) as pool:  # pyarrow parses outside the interpreter's lock
        waiting: deque[Future[list[Block]]] = deque()
        for body, first_line in _bodies(plan):
            waiting.append(pool.submit(_fast, plan, body, first_line))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _bodies(plan: Plan) -> Iterator[tuple[bytes, int]]:
    """Pieces of the file below the header, each with the number of its first line."""
    line = 0
    for chunk in _chunks(plan.source.path):
        count = chunk.count(b"\n") + (not chunk.endswith(b"\n"))
        skip = min(max(plan.first_row - 1 - line, 0), count)
        if body := _after(chunk, skip):
            yield body, line + skip + 1
        line += count


def _chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces that end at a line end. A piece never ends inside a quoted cell that is closed soon after."""
    with path.open("rb") as file:
        rest = b""
        while block := file.read(BLOCK_BYTES):
            block = rest + block
            cut = block.rfind(b"\n") + 1
            floor = max(0, cut - 4096)
            while cut and block.count(b'"', 0, cut) % 2 and (earlier := block.rfind(b"\n", floor, cut - 1) + 1):
                cut = earlier
            rest = block[cut:]
            if cut:
                yield block[:cut]
        if rest:
            yield rest


def _after(chunk: bytes, lines: int) -> bytes:
    start = 0
    for _ in range(lines):
        start = chunk.find(b"\n", start) + 1
        if start == 0:
            return b""
    return chunk[start:]


def _fast(plan: Plan, body: bytes, first_line: int) -> list[Block]:
    plain = _utf8(body, plan.source.encoding)
    if plain is None or _is_awkward(plain):
        return list(patient_blocks(plan, _reread(plan, body, first_line)))
    bad: dict[int, int] = {}
    for kind in (pa.float32(), pa.string()):
        try:
            table = _parse(plan, plain, bad, kind)
        except pa.ArrowInvalid:
            bad.clear()
        else:
            return [_block(plan, table, _line_numbers(plain, first_line), bad)]
    return list(patient_blocks(plan, _reread(plan, body, first_line)))


def _parse(plan: Plan, plain: bytes, bad: dict[int, int], kind: pa.DataType) -> pa.Table:
    names = [str(place) for place in range(len(plan.headers))]

    def skip(row: pacsv.InvalidRow) -> str:
        bad[row.number - 1] = row.actual_columns
        return "skip"

    words = {str(place): pa.string() for place in plan.words.values()}
    return pacsv.read_csv(
        pa.BufferReader(plain),
        read_options=pacsv.ReadOptions(column_names=names, use_threads=False, block_size=1 << 22),
        parse_options=pacsv.ParseOptions(delimiter=plan.source.delimiter, invalid_row_handler=skip),
        convert_options=pacsv.ConvertOptions(
            column_types=words | {str(place): kind for place in plan.values},
            include_columns=[*words, *(str(place) for place in plan.values)],
            null_values=_NULLS,
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _block(plan: Plan, table: pa.Table, lines: Ints, bad: dict[int, int]) -> Block:
    width = len(plan.headers)
    refused = [(int(lines[row]), Bad("column_count", found=found, expected=width)) for row, found in bad.items()]
    kept = np.delete(lines, list(bad)) if bad else lines
    values, problems = _values(plan, table)
    words = {role: _coded(table.column(str(place)).combine_chunks()) for role, place in plan.words.items()}
    drop: NDArray[np.bool_] = np.asarray(np.isnan(values).all(axis=1))  # a row without any word and value is blank
    for column in words.values():
        drop &= np.array([word is None for word in column.words] or [True])[column.codes]
    for row, problem in problems.items():
        if not drop[row]:
            refused.append((int(kept[row]), problem))
            drop[row] = True
    if drop.any():
        words = {role: Coded(column.codes[~drop], column.words) for role, column in words.items()}
        kept, values = kept[~drop], values[~drop]
    return Block(kept, words, values, refused, int(lines[-1]) if len(lines) else 0)


def _values(plan: Plan, table: pa.Table) -> tuple[Floats, dict[int, Bad]]:
    """Values (n, k), and the rows in which a cell isn't a number."""
    columns = np.full((len(plan.values), table.num_rows), np.nan, np.float32)
    problems: dict[int, Bad] = {}
    for at, place in enumerate(plan.values):
        column = table.column(str(place)).combine_chunks()
        title = shown(plan.headers[place])
        if pa.types.is_string(column.type):
            columns[at] = _numbers(column, title, problems)
        else:
            columns[at] = _plain(column.fill_null(np.nan) if column.null_count else column, np.float32)
        if np.isinf(columns[at]).any():
            for row in np.flatnonzero(np.isinf(columns[at])):
                problems.setdefault(int(row), Bad("bad_number", column=title, shown=str(columns[at][row])))
    return np.ascontiguousarray(columns.T), problems


def _numbers(column: pa.Array, title: str, problems: dict[int, Bad]) -> Floats:
    """Text that should be numbers, each distinct text once."""
    coded = column.dictionary_encode()
    table = np.full(len(coded.dictionary) + 1, np.nan, np.float64)
    wrong: dict[int, Bad] = {}
    for at, word in enumerate(coded.dictionary.to_pylist()):
        try:
            value = numbers.number(word, title)
            table[at] = np.nan if value is None else min(max(value, -1e39), 1e39)
        except Bad as problem:
            wrong[at] = problem
    codes = _plain(coded.indices.fill_null(len(coded.dictionary)), np.int32)
    for at, found in wrong.items():
        for row in np.flatnonzero(codes == at):
            problems.setdefault(int(row), found)
    with np.errstate(over="ignore"):
        return np.asarray(table.astype(np.float32)[codes])


def _coded(column: pa.Array) -> Coded:
    encoded = column.dictionary_encode(null_encoding="encode")
    return Coded(_plain(encoded.indices, np.int32), encoded.dictionary.to_pylist())


def _plain(column: pa.Array, kind: type[Any]) -> NDArray[Any]:
    """An array without nulls as NumPy sees it. (`to_numpy` would import pandas where that is installed.)"""
    return np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]


def _utf8(body: bytes, encoding: str) -> bytes | None:
    """The same lines in UTF-8, None where a byte doesn't decode."""
    try:
        if body.isascii():
            return body
        decoded = body.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError:
        return None
    if text.LOST in decoded:
        return None
    return body if encoding.startswith("utf-8") else decoded.encode()


def _is_awkward(plain: bytes) -> bool:
    """Quotes that don't close on their line, or line ends of old systems."""
    if b"\r" in plain and plain.count(b"\r") != plain.count(b"\r\n"):
        return True
    if b'"' not in plain:
        return False
    bytes_ = np.frombuffer(plain, np.uint8)
    ends = np.searchsorted(np.flatnonzero(bytes_ == 34), np.flatnonzero(bytes_ == 10))
    return bool((ends % 2).any()) or plain.count(b'"') % 2 == 1


def _line_numbers(plain: bytes, first_line: int) -> Ints:
    """Line numbers of the lines that aren't empty (pyarrow passes over empty ones)."""
    bytes_ = np.frombuffer(plain, np.uint8)
    ends = np.flatnonzero(bytes_ == 10)
    if not len(ends) or ends[-1] != len(bytes_) - 1:
        ends = np.append(ends, len(bytes_))
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    short = np.flatnonzero(lengths == 1)
    lengths[short[bytes_[starts[short]] == 13]] = 0
    return (np.flatnonzero(lengths > 0) + first_line).astype(np.int32)


def _reread(plan: Plan, body: bytes, first_line: int) -> Iterator[Record]:
    """The patient reader over one block."""
    for number, record in text.block_rows(body, plan.source.encoding, plan.source.delimiter):
        yield number + first_line - 1, record


def _from(records: Iterator[Record], first_row: int) -> Iterator[Record]:
    return (record for record in records if record[0] >= first_row)
