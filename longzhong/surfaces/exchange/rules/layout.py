"""Where the table is on the sheet (版式): title rows, the header in one to three rows, merged cells, phantom rows, totals.

Rows are counted from the first row under the header. A blank or phantom row (formatted, nothing in it) is no row.
Totals (合计, 小计), lines of the print-out (制表人, 导出时间) and repeated headers are rows that are refused aloud.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw
from longzhong.surfaces.exchange.rules.columns import plain
from longzhong.surfaces.exchange.rules.reasons import Bad

HEAD_ROWS = 40
DEEPEST = 3
Row = Sequence[Cell]
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0, inclusive
Known = Callable[[str], bool]

TOTALS = re.compile(
    r"^(本页|本表|全部|总)?(合计|小计|总计|共计|总和|累计)(数|值)?[::]?$|^(grand ?)?(sub)?totals?[::]?$", re.IGNORECASE
)
_FOOTER = re.compile(
    r"^(制表人?|制表单位|填报人|填表人|审核人?|打印时间|打印人|导出时间|导出人|统计时间|备注|说明|注)\s*[::]|^共\s*\d+\s*[条行户页]"
)


@dataclass(frozen=True)
class Layout:
    """The header starts at row `first` (from 0) and is `depth` rows deep; the rows above it are titles."""

    first: int
    depth: int
    headers: tuple[Cell, ...]
    titles: tuple[str, ...] = ()

    @property
    def body(self) -> int:
        return self.first + self.depth


def find_layout(rows: Sequence[Row], known: Known, merges: Sequence[Merge] = ()) -> Layout | None:
    """The rows with most recognised headers; without any, the first row as wide as the table. None where nothing is there."""
    known = lru_cache(maxsize=4096)(known)
    head = [_filled(place, row, merges) for place, row in enumerate(rows[:HEAD_ROWS])]
    tries = [
        (_hits(_joined(head[first : first + depth], known), known), -depth, -first)
        for first in range(len(head))
        for depth in range(1, min(DEEPEST, len(head) - first) + 1)
    ]
    hits, depth, first = max(tries, default=(0, 0, 0))
    if hits == 0 or (hits == 1 and _width(head[-first]) > 3):
        return _widest(head)
    return _layout(head, -first, -depth, known)


def is_blank(row: Row) -> bool:
    """Nothing in it, or spaces and formatting only. A lone mark of missing is still a row."""
    return all(cell is None or cell == "" or (isinstance(cell, str) and not half(cell)) for cell in row)


def check_row(row: Row, headers: Sequence[Cell]) -> None:
    """Refuse what isn't a row of data: totals, print-out lines, a header that comes again, cells beyond the header."""
    first = next((half(raw(cell)) for cell in row if not is_missing(cell)), "")
    if TOTALS.match(first.replace(" ", "")) or _FOOTER.match(first):
        raise Bad("totals_row")
    if _same_header(row, headers):
        raise Bad("repeated_header")
    if any(not is_missing(cell) for cell in row[len(headers) :]):
        raise Bad("column_count", found=len(row), expected=len(headers))


class MergedBody:
    """Carries a value merged over rows to each of them (a unit's name written once for its whole block)."""

    def __init__(self, merges: Sequence[Merge], body: int) -> None:
        self._starts: dict[int, list[Merge]] = {}
        for merge in merges:
            if merge[2] > merge[0] >= body:
                self._starts.setdefault(merge[0], []).append(merge)
        self._open: list[tuple[Merge, Cell]] = []

    def fill(self, place: int, row: Row) -> Row:
        """The row with the values that merged cells above give it."""
        if not self._starts:
            return row
        self._open = [(merge, value) for merge, value in self._open if merge[2] >= place]
        out = list(row)
        for merge, value in self._open:
            if merge[1] < len(out) and is_missing(out[merge[1]]):
                out[merge[1]] = value
        for merge in self._starts.get(place, ()):
            if merge[1] < len(out):
                self._open.append((merge, out[merge[1]]))
        return out


def _filled(place: int, row: Row, merges: Sequence[Merge]) -> list[Cell]:
    """Marks which cells a horizontal merge covers by repeating its value."""
    out = list(row)
    for top, left, _bottom, right in merges:
        if top == place and left < len(out):
            out[left : right + 1] = [out[left]] * (min(right + 1, len(out)) - left)
    return out


def _joined(rows: Sequence[Row], known: Known) -> list[Cell]:
    """One header from several rows: `A相` over `电压` is `A相电压`; a group's name that says nothing is left out."""
    width = max((len(row) for row in rows), default=0)
    names: list[Cell] = []
    for place in range(width):
        column = [row[place] for row in rows if place < len(row) and not is_missing(row[place])]
        parts = [cell for at, cell in enumerate(column) if at == 0 or cell != column[at - 1]]
        if len(parts) < 2:
            names.append(parts[0] if parts else None)
            continue
        whole = "".join(raw(cell) for cell in parts)
        names.append(next((name for name in (whole, raw(parts[-1]), raw(parts[0])) if known(plain(name))), whole))
    return names


def _hits(names: Sequence[Cell], known: Known) -> int:
    return len({plain(name) for name in names if not is_missing(name) and known(plain(name))})


def _width(row: Row) -> int:
    return sum(not is_missing(cell) for cell in row)


def _widest(head: Sequence[Row]) -> Layout | None:
    widths = Counter(width for row in head if (width := _width(row)))
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    first = next(place for place, row in enumerate(head) if _width(row) >= usual)
    return _layout(head, first, 1, frozenset[str]().__contains__)


def _layout(head: Sequence[Row], first: int, depth: int, known: Known) -> Layout:
    headers = _joined(head[first : first + depth], known)
    while headers and is_missing(headers[-1]):
        headers.pop()
    titles = (
        " ".join(dict.fromkeys(raw(cell).strip() for cell in row if not is_missing(cell))) for row in head[:first]
    )
    return Layout(first, depth, tuple(headers), tuple(title for title in titles if title))


def _same_header(row: Row, headers: Sequence[Cell]) -> bool:
    pairs = [(plain(a), plain(b)) for a, b in zip(row, headers, strict=False) if not is_missing(a)]
    return len(pairs) >= 2 and len(pairs) * 2 >= len(headers) and all(a == b for a, b in pairs)
