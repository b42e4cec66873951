"""Workbooks (XLSX, XLS, ODS) by calamine. Values come typed; the merged ranges come beside them.

A sheet with one stray cell at XFD1048576 would be spread out to 17 thousand million cells in memory, so its extent
is looked at first.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from longzhong.surfaces.exchange.engines import Record, Source
from longzhong.surfaces.exchange.rules.layout import Merge
from longzhong.surfaces.exchange.rules.reasons import BadFile

LARGEST_DENSE = 60_000_000  # cells
_PLACE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')


def sheets(path: Path) -> tuple[str, ...]:
    """Names of the sheets; those with nothing on them last."""
    book = _open(path)
    try:
        names = tuple(book.sheet_names)
    finally:
        book.close()
    if not names:
        raise BadFile("empty_file")
    return names


def rows(source: Source, sheet: str) -> Iterator[Record]:
    """Rows by their number on the sheet."""
    if source.sparse:
        yield from _sparse_rows(source.path, sheet)
        return
    opened = _sheet(source.path, sheet)
    if opened.start is None:
        return
    for place, row in enumerate(opened.to_python(skip_empty_area=False), 1):
        yield place, [None if cell == "" else cell for cell in row]


def merges(source: Source, sheet: str) -> list[Merge]:
    if source.sparse:
        return []
    found = _sheet(source.path, sheet).merged_cell_ranges or []
    return [(top, left, bottom, right) for (top, left), (bottom, right) in found]


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise BadFile("password") from error
    except (CalamineError, ZipError, OSError) as error:
        raise BadFile("broken_file", detail=str(error)[:80]) from error


def _sheet(path: Path, sheet: str) -> Any:
    book = _open(path)
    if sheet not in book.sheet_names:
        raise BadFile("no_sheet", sheet=sheet)
    try:
        return book.get_sheet_by_name(sheet)
    except (CalamineError, ZipError, OSError) as error:
        raise BadFile("broken_file", detail=str(error)[:80]) from error


def sprawls(path: Path) -> bool:
    """Whether a sheet's extent (not its content) would fill the memory."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_extent(archive, name) > LARGEST_DENSE for name in names)


def _extent(archive: zipfile.ZipFile, name: str) -> int:
    widest = deepest = 0
    with archive.open(name) as file:
        tail = b""
        while block := file.read(1 << 22):
            for letters, digits in _PLACE.findall(tail + block):
                widest = max(widest, _column(letters))
                deepest = max(deepest, int(digits))
            tail = block[-200:]
    return widest * deepest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sparse_rows(path: Path, sheet: str) -> Iterator[Record]:
    """Row by row without spreading the sheet out; only rows that hold something."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        if sheet not in book.sheetnames:
            raise BadFile("no_sheet", sheet=sheet)
        book[sheet].reset_dimensions()  # or every row would be padded to the stray cell's column
        for place, row in enumerate(book[sheet].iter_rows(values_only=True), 1):
            cells: list[Any] = list(row)
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield place, cells
    finally:
        book.close()
