"""Read the 95598 table from an XLSX workbook: its first sheet, heads in the first row that has them."""

import io
from collections.abc import Mapping, Sequence
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from longzhong.kit.errors import Refused
from longzhong.sensing.outages.rules.sheet import HEADS, NEEDED

MOST_ROWS = 5_000
HEAD_ROWS = 10


def read_sheet(content: bytes) -> list[tuple[int, Mapping[str, object]]]:
    """(row number as the reader sees it, cells by column code) of every row that isn't empty."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(enumerate(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + HEAD_ROWS), start=1))
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError) as error:
        raise Refused("sheet_unreadable", _("这不是能读的 Excel 文件（.xlsx）；什么都没有改动。")) from error
    begin, columns = _head(rows)
    found: list[tuple[int, Mapping[str, object]]] = []
    for number, cells in rows[begin:]:
        row = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        if any(value not in (None, "") for value in row.values()):
            found.append((number, row))
    if len(found) > MOST_ROWS:
        raise Refused("sheet_too_long", _("一次最多导入 %s 行；什么都没有改动。") % MOST_ROWS)
    return found


def _head(rows: Sequence[tuple[int, tuple[object, ...]]]) -> tuple[int, dict[str, int]]:
    for number, cells in rows[:HEAD_ROWS]:
        heads = {str(cell).strip(): place for place, cell in enumerate(cells) if cell is not None}
        columns = {name: heads[key] for name, head in HEADS.items() for key in (head, name) if key in heads}
        if all(name in columns for name in NEEDED):
            return number, columns
    lost = "、".join(HEADS[name] for name in NEEDED)
    raise Refused("sheet_headless", _("前几行里没有这些列名：%s；什么都没有改动。") % lost)
