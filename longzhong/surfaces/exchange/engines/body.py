"""The body of a sheet: the rows under the header, merged cells filled, blank rows passed over, the rest checked for shape."""

from collections.abc import Iterator, Sequence
from itertools import islice

from longzhong.surfaces.exchange.engines import BadLine, Record, Source, tables
from longzhong.surfaces.exchange.rules.cells import Cell
from longzhong.surfaces.exchange.rules.layout import HEAD_ROWS, Layout, Merge, MergedBody, check_row, is_blank
from longzhong.surfaces.exchange.rules.reasons import Bad

Checked = tuple[int, Sequence[Cell], Bad | None]


def head(source: Source, sheet: str, rows: int = HEAD_ROWS) -> list[tuple[int, Sequence[Cell]]]:
    """The first rows with their numbers; lines that can't be read count as empty."""
    return [(number, _cells(record)) for number, record in islice(tables.rows(source, sheet), rows)]


def body(source: Source, sheet: str, layout: Layout, merges: Sequence[Merge]) -> Iterator[Checked]:
    """Each row read: its number, its cells, and what is wrong with its shape."""
    merged: MergedBody | None = None
    for number, record in islice(tables.rows(source, sheet), layout.body, None):
        merged = merged or MergedBody(merges, number - 1)
        if isinstance(record, BadLine):
            yield number, [record.shown], Bad(record.code)
            continue
        blank = is_blank(record)
        cells = merged.fill(number - 1, record)
        if not blank:
            yield number, cells, _shape(cells, layout, source)


def _shape(cells: Sequence[Cell], layout: Layout, source: Source) -> Bad | None:
    try:
        check_row(cells, layout.headers)
        if source.kind == "text" and len(cells) < len(layout.headers) and _is_cut(cells, layout):
            raise Bad("column_count", found=len(cells), expected=len(layout.headers))
    except Bad as problem:
        return problem
    return None


def _is_cut(cells: Sequence[Cell], layout: Layout) -> bool:
    """A line that ends early was cut; only blank columns without a header may be left out at the end."""
    return any(header not in (None, "") for header in layout.headers[len(cells) :])


def _cells(record: object) -> Sequence[Cell]:
    return [] if isinstance(record, BadLine) else record  # type: ignore[return-value]


__all__ = ["Checked", "Record", "body", "head"]
