"""Lists: filtered, sorted, paged by 50, exported with the same filter, and all of it in the address.

A page says what its list is (columns and filters as rows of two tables); the reader says the rest in the query string:
`?state=open&sort=-due&page=2`. Unknown keys and values are ignored, so that an old shared address still opens.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from longzhong.kit.web.columns import Cell, Column, Field, Filter, Head, Rows, read
from longzhong.kit.web.workbook import Book

PER_PAGE = 50
CHUNK = 2000
LONGEST_NUMBER = 10
MOST_COUNTED = 10_000  # beyond, a list says "more than": counting a million rows costs more than showing fifty


@dataclass(frozen=True)
class Listing:
    """A list as it stands in the address. Give it to `<c-list :list="page.table" />`. `more`: there are more than `total`."""

    name: str
    title: str
    columns: tuple[Column, ...]
    fields: tuple[Field, ...]
    rows: Rows
    total: int
    page: int
    per_page: int
    query: QueryDict
    path: str
    dress: Callable[[list[Any]], list[Any]]
    href: Callable[[Any], str] | None
    sort: str
    items: list[Any] = field(default_factory=list)
    more: bool = False

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / self.per_page))

    @property
    def first(self) -> int:
        return (self.page - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * self.per_page, self.total)

    @property
    def filtered(self) -> bool:
        return any(field.value and field.value != field.filter.first for field in self.fields)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address holds (a tab, say): the filter form carries it along."""
        own = {field.filter.key for field in self.fields} | {"page", "export", "sort"}
        return [(key, str(value)) for key, value in self.query.items() if key not in own]

    @property
    def heads(self) -> list[Head]:
        return [Head(column, self._sort_href(column), self._order(column)) for column in self.columns]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """(label, address, chosen) of each order, for phones, where there is no head to press."""
        keys = [(column, way) for column in self.columns if column.sort for way in ("", "-")]
        return [
            (
                f"{column.label} {'↓' if way else '↑'}",
                self.address(sort=f"{way}{column.key}", page=""),
                self.sort == f"{way}{column.key}",
            )
            for column, way in keys
        ]

    @property
    def lines(self) -> list[tuple[str, list[Cell]]]:
        """(address of the row, its cells) for each row of this page."""
        return [(self.href(row) if self.href else "", self._cells(row)) for row in self.items]

    @property
    def previous_href(self) -> str:
        return self.address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_href(self) -> str:
        return self.address(page=str(self.page + 1)) if self.page < self.pages else ""

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """Page numbers around the present one; 0 stands for a gap."""
        near = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        links: list[tuple[int, str]] = []
        for number in near:
            if links and number - links[-1][0] > 1:
                links.append((0, ""))
            links.append((number, self.address(page=str(number))))
        return links

    @property
    def export_href(self) -> str:
        return self.address(export=self.name, page="")

    @property
    def clear_href(self) -> str:
        kept = {field.filter.key: "" for field in self.fields}
        return self.address(page="", **kept)

    def address(self, **changes: str) -> str:
        """This list's address with some keys changed ("" drops a key)."""
        query = self.query.copy()
        query.pop("export", None)
        for key, value in changes.items():
            query.pop(key, None)
            if value:
                query[key] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def workbook(self) -> HttpResponse:
        """All rows of the filtered list as XLSX, in its order."""
        book = Book([column.label for column in self.columns])
        for row in self._all():
            book.add([column.value(row) for column in self.columns])
        return book.response(self.title)

    def _all(self) -> Iterator[Any]:
        for start in count(0, CHUNK):
            rows = list(self.rows[start : start + CHUNK])
            yield from self.dress(rows)
            if len(rows) < CHUNK:
                return

    def _cells(self, row: Any) -> list[Cell]:
        return [
            Cell(
                column,
                column.value(row),
                column.href(row) if column.href else "",
                read(row, column.note) if column.note else "",
            )
            for column in self.columns
        ]

    def _order(self, column: Column) -> Literal["", "ascending", "descending"]:
        if self.sort.lstrip("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def _sort_href(self, column: Column) -> str:
        if not column.sort:
            return ""
        down = self._order(column) == "ascending"
        return self.address(sort=f"-{column.key}" if down else column.key, page="")


def listing(
    request: HttpRequest,
    rows: Rows,
    columns: Sequence[Column],
    filters: Sequence[Filter] = (),
    *,
    title: str,
    sort: str = "",
    name: str = "list",
    href: Callable[[Any], str] | None = None,
    dress: Callable[[list[Any]], list[Any]] | None = None,
    per_page: int = PER_PAGE,
) -> Listing:
    """The list as the address asks for it. `sort` is the column key of the first order ("-due" downwards).

    `dress` turns the rows of one page into what columns read (names fetched in one query, say); `href` opens a row.
    Costs two queries (count and page) besides those of `dress`.
    """
    asked = request.GET
    fields = tuple(Field(row, _asked(row, asked)) for row in filters)
    wanted = asked.get("sort", sort)
    if not any(column.sort and column.key == wanted.lstrip("-") for column in columns):
        wanted = sort
    rows = _sorted(_narrowed(rows, fields), columns, wanted)
    counted = rows.order_by()[: MOST_COUNTED + 1].count() if isinstance(rows, QuerySet) else len(rows)
    total = min(counted, MOST_COUNTED) if isinstance(rows, QuerySet) else counted
    number = _number(asked.get("page", ""), max(1, ceil(total / per_page)))
    put_on = dress or list
    items = put_on(list(rows[(number - 1) * per_page : number * per_page]))
    return Listing(
        name, title, tuple(columns), fields, rows, total, number, per_page, asked.copy(), request.path, put_on, href,
        wanted, items, counted > total,
    )  # fmt: skip


def _narrowed(rows: Rows, fields: Sequence[Field]) -> Rows:
    for each in fields:
        if each.value:
            rows = each.filter.apply(rows, each.value)
    return rows


def _number(asked: str, last: int) -> int:
    return min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else 1


def _asked(row: Filter, asked: QueryDict) -> str:
    value = asked.get(row.key, row.first).replace("\0", "").strip()
    return value if value and row.accepts(value) else ""


def _sorted(rows: Rows, columns: Sequence[Column], wanted: str) -> Rows:
    column = next((one for one in columns if one.key == wanted.lstrip("-")), None)
    down = wanted.startswith("-")
    if column is None:
        return rows
    names = (column.sort,) if isinstance(column.sort, str) else column.sort
    if isinstance(rows, QuerySet):
        return rows.order_by(*(_turned(name, down) for name in names if name), "-id" if down else "id")
    return sorted(rows, key=lambda row: _rank(column.value(row)), reverse=down)


def _turned(name: str, down: bool) -> str:
    if not down:
        return name
    return name[1:] if name.startswith("-") else f"-{name}"


def _rank(value: Any) -> tuple[bool, Any]:
    """Missing values last; badges by their word."""
    return (value in (None, ""), getattr(value, "label", value))
