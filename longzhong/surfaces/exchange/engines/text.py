"""CSV, TSV and the like, in any encoding, streamed in lines.

Lines are decoded one by one and strictly: a broken byte costs its line, aloud, and not the file. A quote that is never closed
costs its line too, instead of swallowing the rest of the file into one cell.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import IO

from longzhong.surfaces.exchange.engines import BadLine, Record, Source
from longzhong.surfaces.exchange.rules.cells import Cell

LONGEST_RECORD = 200  # physical lines that one quoted cell may span
LOST = "\N{REPLACEMENT CHARACTER}"
csv.field_size_limit(1 << 24)

Line = tuple[int, str | BadLine]


def rows(source: Source) -> Iterator[Record]:
    """Records with the number of their first line. Blank lines come as empty rows."""
    return _records(numbered(source.path, source.encoding), source.delimiter)


def block_rows(block: bytes, encoding: str, delimiter: str) -> Iterator[Record]:
    """Records of a piece of a file, lines counted from 1."""
    return _records(_numbered(io.BytesIO(block), encoding), delimiter)


def lines_at(source: Source, wanted: Set[int]) -> Iterator[Record]:
    """Only these lines, each cut into cells by itself."""
    for number, line in numbered(source.path, source.encoding):
        if number in wanted:
            yield number, ([line.shown] if isinstance(line, BadLine) else _cells(line, source.delimiter))


def _records(lines: Iterator[Line], delimiter: str) -> Iterator[Record]:
    held: list[Line] = []
    while (first := _next(held, lines)) is not None:
        number, line = first
        if isinstance(line, BadLine):
            yield number, line
        elif number == 1 and line.lower().startswith("sep=") and len(line.strip()) == 5:
            continue
        else:
            yield _record(number, line, lines, held, delimiter)


def numbered(path: Path, encoding: str) -> Iterator[Line]:
    """The lines of a file, decoded strictly; a line that doesn't decode is a BadLine."""
    if encoding.startswith(("utf-16", "utf-32")):
        yield from _transcoded(path, encoding)
        return
    with path.open("rb") as file:
        yield from _numbered(file, encoding)


def _numbered(file: IO[bytes], encoding: str) -> Iterator[Line]:
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    number = 0
    for block in file:
        plain_block = block.removeprefix(codecs.BOM_UTF8) if number == 0 else block
        for line in _physical(plain_block):
            number += 1
            yield number, _decoded(line, plain)


def _physical(block: bytes) -> list[bytes]:
    """Old systems end lines with a lone carriage return."""
    if b"\r" not in block[:-2]:
        return [block]
    return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines(keepends=True)


def _decoded(line: bytes, encoding: str) -> str | BadLine:
    try:
        text = line.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return BadLine("undecodable", line.decode(encoding, "replace").strip()[:500])
    return BadLine("undecodable", text.strip()[:500]) if LOST in text else text


def _transcoded(path: Path, encoding: str) -> Iterator[Line]:
    with path.open("r", encoding=encoding, errors="replace", newline=None) as file:
        for number, line in enumerate(file, 1):
            yield number, (BadLine("undecodable", line.strip()[:500]) if LOST in line else line)


def _record(number: int, line: str, lines: Iterator[Line], held: list[Line], delimiter: str) -> Record:
    """One record from one line, or from several where a quoted cell holds line breaks."""
    if '"' not in line or not _unclosed(line, delimiter):
        return number, _cells(line, delimiter)
    taken: list[Line] = []
    whole = line
    while len(taken) < LONGEST_RECORD and (following := _next(held, lines)) is not None:
        taken.append(following)
        if isinstance(following[1], BadLine):
            break
        whole += following[1]
        if '"' in following[1] and not _unclosed(whole, delimiter):
            if _is_strict(whole, delimiter):
                return number, _cells(whole, delimiter)
            break  # it was closed by the opening quote of another cell: rows were about to be swallowed
    held[:0] = taken
    return number, BadLine("unclosed_quote", line.strip()[:500])


def _next(held: list[Line], lines: Iterator[Line]) -> Line | None:
    return held.pop(0) if held else next(lines, None)


def _unclosed(text: str, delimiter: str) -> bool:
    """Whether a quoted cell is still open at the end."""
    if text.count('"') % 2 == 0:
        return False
    try:
        list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _is_strict(text: str, delimiter: str) -> bool:
    try:
        return len(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _cells(text: str, delimiter: str) -> Sequence[Cell] | BadLine:
    try:
        lines = io.StringIO(text, newline="") if '"' in text else [text]
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return BadLine("unclosed_quote", text.strip()[:500])
