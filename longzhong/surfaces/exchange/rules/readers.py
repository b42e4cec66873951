"""Readers of cells (单元格的读法) that the recipes share: each turns a cell into a value or refuses it with its column's title."""

import re
from collections.abc import Mapping

from longzhong.surfaces.exchange.rules import cells, moments, numbers
from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw, shown
from longzhong.surfaces.exchange.rules.columns import Reader, plain
from longzhong.surfaces.exchange.rules.reasons import Bad

_PHONE = re.compile(r"^(1\d{10}|0\d{2,3}\d{7,8}|\d{5,8}|[48]00\d{7})(?:[,#*转]\d{1,6})?$", re.ASCII)
_LIST = re.compile(r"[、,;/|\s]+")

code: Reader = numbers.identifier
day: Reader = moments.day


def words(limit: int) -> Reader:
    """Free text of at most `limit` characters."""
    return lambda cell, column: cells.text(cell, column, limit)


def codes(cell: Cell, column: str) -> tuple[str, ...]:
    """Several codes in one cell, separated by `、`, commas or spaces."""
    if is_missing(cell):
        return ()
    if not isinstance(cell, str):
        return (numbers.identifier(cell, column),)
    parts = _LIST.split(half(cell))
    return tuple(dict.fromkeys(numbers.identifier(part, column) for part in parts if part))


def choice(known: Mapping[str, str]) -> Reader:
    """One of a few words; `known` maps what the systems write to our code, and every code stands for itself."""
    table = {plain(word): value for word, value in known.items()} | {plain(value): value for value in known.values()}
    listed = "、".join(dict.fromkeys(known))

    def read(cell: Cell, column: str) -> str:
        if is_missing(cell):
            return ""
        value = table.get(plain(cell))
        if value is None:
            raise Bad("bad_choice", column=column, shown=shown(cell), choices=listed)
        return value

    return read


def amount(low: float, high: float, *units: str) -> Reader:
    """A number in a range, 0 counting as missing (a transformer of 0 kVA is an empty field)."""

    def read(cell: Cell, column: str) -> float | None:
        if numbers.number(cell, column, units) == 0:
            return None
        return numbers.ranged(cell, column, low, high, units)

    return read


def count(low: int, high: int) -> Reader:
    """A whole number in a range, 0 counting as missing."""

    def read(cell: Cell, column: str) -> int | None:
        if numbers.number(cell, column) == 0:
            return None
        return numbers.whole(cell, column, low, high)

    return read


def phone(cell: Cell, column: str) -> str:
    """A phone number without spaces and hyphens. The reason never repeats the number."""
    if is_missing(cell):
        return ""
    if isinstance(cell, float):
        cell = numbers.identifier(cell, column)
    digits = re.sub(r"[\s()\-]", "", half(raw(cell)).lstrip("'’‘`"))
    digits = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)
    if not _PHONE.match(digits):
        raise Bad("bad_phone", column=column)
    return digits


latitude = amount(3.0, 54.0, "°")
longitude = amount(73.0, 136.0, "°")
