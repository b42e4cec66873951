"""Columns of a recipe (导入方案的列) and how a file's headers find them.

A header is compared without case, width, spaces, brackets and marks: `*户号(必填)`, `户 号` and `户号` are one. A recipe knows each
column's synonyms; what isn't recognised stays unmapped and is shown before anything is written.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from longzhong.surfaces.exchange.rules import cells
from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing
from longzhong.surfaces.exchange.rules.reasons import Bad, BadFile

Reader = Callable[[Cell, str], Any]
Places = dict[str, tuple[int, ...]]

_BRACKETS = re.compile(r"[(\[{【〔<][^)\]}】〕>]*[)\]}】〕>]")
_MARKS = re.compile(r"[\s*_\-:/.、,;'\"“”‘’#?!·]+")


@dataclass(frozen=True)
class Column:
    """One thing that a row says. `read` turns a cell into a value or raises Bad; an empty value means missing."""

    role: str
    title: str
    read: Reader = cells.text
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Recipe:
    """One kind of table: its columns, and which of them name a row (`key`)."""

    code: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    about: str = ""
    names: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {plain(name): one.role for one in self.columns for name in (one.title, one.role, *one.synonyms)}
        object.__setattr__(self, "names", names)

    def column(self, role: str) -> Column:
        return next(one for one in self.columns if one.role == role)


def plain(header: Cell) -> str:
    """The comparable form of a header; a header that is all bracket keeps its inside."""
    flat = half(cells.raw(header)).lower()
    bare = _MARKS.sub("", _BRACKETS.sub("", flat))
    return bare or _MARKS.sub("", re.sub(r"[()\[\]{}【】]", "", flat))


def unique_names(headers: Sequence[Cell]) -> list[str]:
    """Headers for people: blanks get a number (`列3`), doubles a count (`户号 (2)`)."""
    seen: dict[str, int] = {}
    names = []
    for place, header in enumerate(headers, 1):
        name = re.sub(r"\s+", " ", half(cells.raw(header)))[:100] if not is_missing(header) else f"列{place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def match(headers: Sequence[Cell], recipe: Recipe) -> Places:
    """Which columns of the file play which role; doubles keep all their places."""
    places: Places = {}
    for place, header in enumerate(headers):
        role = recipe.names.get(plain(header)) if not is_missing(header) else None
        if role:
            places[role] = (*places.get(role, ()), place)
    return places


def lacking(places: Mapping[str, Sequence[int]], recipe: Recipe) -> list[str]:
    """Titles of required columns that no header plays."""
    return [one.title for one in recipe.columns if one.required and not places.get(one.role)]


def need_columns(places: Mapping[str, Sequence[int]], recipe: Recipe) -> None:
    if missing := lacking(places, recipe):
        raise BadFile("columns_missing", columns="、".join(missing))


def fingerprint(headers: Iterable[Cell], recipe: str) -> str:
    """Names a layout of headers, so that a mapping chosen once is offered again."""
    joined = "\x1f".join(plain(header) for header in headers)
    return hashlib.sha256(f"{recipe}\x1e{joined}".encode("utf-8", "replace")).hexdigest()[:32]


def pick(row: Sequence[Cell], places: Sequence[int], title: str) -> Cell:
    """The cell of a role. Where a header is doubled, the cells must agree or be empty."""
    found = [row[place] for place in places if place < len(row) and not is_missing(row[place])]
    if len(found) > 1 and len({half(cells.raw(cell)) for cell in found}) > 1:
        raise Bad("duplicate_conflict", column=title)
    return found[0] if found else None


def parse(row: Sequence[Cell], places: Mapping[str, Sequence[int]], recipe: Recipe) -> dict[str, Any]:
    """The values of a row by role; columns that the file doesn't have are absent. The first bad cell refuses the row."""
    values = {}
    for column in recipe.columns:
        where = places.get(column.role)
        if not where:
            continue
        value = column.read(pick(row, where, column.title), column.title)
        if column.required and value in (None, ""):
            raise Bad("missing", column=column.title)
        values[column.role] = value
    return values
