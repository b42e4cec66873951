"""Tables of web pages saved as `.xls`, which many source systems call an Excel export."""

from collections.abc import Iterator
from html.parser import HTMLParser

from longzhong.surfaces.exchange.engines import BadLine, Record, Source
from longzhong.surfaces.exchange.engines.text import numbered


class _Table(HTMLParser):
    """Collects the rows of all tables; `colspan` repeats empty cells so that columns stay in place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str | None]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            span = dict(attrs).get("colspan") or "1"
            self._cell, self._span = [], min(int(span), 1000) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is None:
            return
        if not self.rows:
            self.rows.append([])
        self.rows[-1] += ["".join(self._cell).strip(), *[None] * (max(self._span, 1) - 1)]
        self._cell = None


def rows(source: Source) -> Iterator[Record]:
    """Rows of the page's tables, finished ones as the page is read."""
    table, number = _Table(), 0
    for _, line in numbered(source.path, source.encoding):
        table.feed(line.shown if isinstance(line, BadLine) else line)
        while len(table.rows) > 1:
            number += 1
            yield number, table.rows.pop(0)
    table.close()
    table.handle_endtag("table")
    for row in table.rows:
        number += 1
        yield number, row
