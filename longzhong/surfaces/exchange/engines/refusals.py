"""The workbook of refused rows (拒收清单): the file's own columns, and before them the line and the reason of each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

SHEET_ROWS = 1_000_000
LONGEST = 32_000  # characters that a spreadsheet's cell holds


@dataclass(frozen=True)
class Refusal:
    """One row of the workbook."""

    line: int
    reason: str
    cells: Sequence[str]


def write_workbook(
    path: Path, headers: Sequence[str], rows: Iterable[Refusal], summary: Sequence[tuple[str, str]]
) -> None:
    """Row by row, several sheets where one is full; every cell is text, so that nothing is taken for a formula."""
    book = Workbook(write_only=True)
    sheet: Any = None
    count = 0
    for row in rows:
        if sheet is None or count == SHEET_ROWS:
            sheet, count = _sheet(book, headers), 0
        sheet.append([row.line, *(_text(sheet, value) for value in (row.reason, *row.cells))])
        count += 1
    if sheet is None:
        _sheet(book, headers)
    totals = book.create_sheet("汇总")
    for name, value in summary:
        totals.append([_text(totals, name), _text(totals, value)])
    book.save(path)


def _sheet(book: Workbook, headers: Sequence[str]) -> Any:
    sheet = book.create_sheet(f"拒收{len(book.sheetnames) + 1 if book.sheetnames else ''}")
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].width = 60
    cells = [_text(sheet, name) for name in ("行号", "原因", *headers)]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _text(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST])
    cell.data_type = "s"
    return cell
