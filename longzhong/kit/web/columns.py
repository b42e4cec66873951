"""The tables that a list is written from: columns and filters as rows, and what a template draws of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet

from longzhong.kit.clock import day_start, next_month

Kind = Literal["text", "number", "day", "moment", "badge", "countdown", "share", "code"]
Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True)
class Column:
    """One column. `get`: attribute path (`"area.name"`) or function of the row. `sort`: ORM name(s) to order by, "": none.

    Kinds: text, number, day (of a moment too: its day in the county; an export keeps the moment), moment, badge
    (value is a `Badge`), countdown (value is the due moment), share (0..1), code.
    `phone=False` hides it on a phone card; `note` gives a second grey line.
    """

    key: str
    label: str
    get: str | Callable[[Any], Any] = ""
    kind: Kind = "text"
    sort: str | tuple[str, ...] = ""
    href: Callable[[Any], str] | None = None
    note: str | Callable[[Any], Any] = ""
    phone: bool = True
    decimals: int | None = None

    def value(self, row: Any) -> Any:
        return read(row, self.get or self.key)


@dataclass(frozen=True)
class Filter:
    """One filter of the bar: choice, text, day or switch. `apply(rows, value)` narrows them; `choices` are (value, label)."""

    key: str
    label: str
    apply: Callable[[Any, str], Any]
    kind: Literal["choice", "text", "day", "month", "switch"] = "choice"
    choices: Sequence[tuple[str, str]] = ()
    first: str = ""

    def accepts(self, value: str) -> bool:
        if self.kind == "choice":
            return any(value == str(key) for key, _label in self.choices)
        return bool(value)


@dataclass(frozen=True)
class Cell:
    """What a template draws: the column, the value, where it leads and its second line."""

    column: Column
    value: Any
    href: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Head:
    column: Column
    href: str
    order: Literal["", "ascending", "descending"]


@dataclass(frozen=True)
class Field:
    filter: Filter
    value: str


def read(row: Any, path: str | Callable[[Any], Any]) -> Any:
    """An attribute path or a function of a row; dicts by key, methods called (`get_kind_display`); "" for what is missing."""
    if callable(path):
        return path(row)
    for part in path.split("."):
        if row is None:
            return ""
        row = row.get(part, "") if isinstance(row, dict) else getattr(row, part)
    row = row() if callable(row) else row
    return "" if row is None else row


def in_month(path: str) -> Callable[[Any, str], Any]:
    """A filter's `apply`: the rows whose moment at `path` lies in a month ("2026-03"); what isn't one narrows nothing."""

    def narrowed(rows: Any, month: str) -> Any:
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            return rows
        return rows.filter(**{f"{path}__gte": day_start(first), f"{path}__lt": day_start(next_month(first))})

    return narrowed
