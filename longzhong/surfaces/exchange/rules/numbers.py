"""Numbers and identifiers (数字与编号).

An identifier (户号, 表号) is text: a spreadsheet that showed it as 4.21E+11 has lost digits, and guessing them would hand one
customer's data to another, so it is refused aloud. A number may come as text, with thousands separators, full-width
or with its unit.
"""

import re

from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw, shown
from longzhong.surfaces.exchange.rules.reasons import Bad

EXACT = 2**53  # above this a float can't hold every whole number
_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?[eE]\+?\d+$")
_CODE = re.compile(r"^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._#/():-]*$")
_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$", re.ASCII)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$", re.ASCII)


def identifier(cell: Cell, column: str = "", limit: int = 40) -> str:
    """A code as text; empty when missing."""
    if is_missing(cell):
        return ""
    if isinstance(cell, float) and (not cell.is_integer() or abs(cell) >= min(EXACT, 1e15)):
        raise Bad("digits_lost" if abs(cell) >= 1e15 else "bad_code", column=column, shown=shown(cell))
    plain = half(raw(cell))
    if plain[0] in "'’‘`":
        plain = plain[1:].strip()
    if plain.startswith('="') and plain.endswith('"'):
        plain = plain[2:-1].strip()
    if _SCIENTIFIC.match(plain):
        raise Bad("digits_lost", column=column, shown=plain)
    if plain.endswith(".0") and plain[:-2].isdecimal():
        plain = plain[:-2]
    if len(plain) > limit:
        raise Bad("too_long", column=column, limit=limit)
    if not _CODE.match(plain):
        raise Bad("bad_code", column=column, shown=shown(cell))
    return plain


def number(cell: Cell, column: str = "", units: tuple[str, ...] = ()) -> float | None:
    """A finite number; None when missing. `units` may follow it (`315 kVA`)."""
    if is_missing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Bad("bad_number", column=column, shown=shown(cell))
    if not isinstance(cell, str):
        return _finite(float(cell), cell, column)
    plain = half(cell).lstrip("'’‘`").replace("\N{MINUS SIGN}", "-").replace(" ", "")
    for unit in units:
        if plain.lower().endswith(unit.lower()):
            plain = plain[: -len(unit)]
            break
    if _THOUSANDS.match(plain):
        plain = plain.replace(",", "")
    if not _NUMBER.match(plain):
        raise Bad("bad_number", column=column, shown=shown(cell))
    return _finite(float(plain), cell, column)


def ranged(cell: Cell, column: str, low: float, high: float, units: tuple[str, ...] = ()) -> float | None:
    """A number within its possible range; None when missing."""
    value = number(cell, column, units)
    if value is not None and not low <= value <= high:
        raise Bad("out_of_range", column=column, low=f"{low:g}", high=f"{high:g}", shown=shown(cell))
    return value


def whole(cell: Cell, column: str, low: int, high: int) -> int | None:
    """A whole number within its range; None when missing."""
    value = ranged(cell, column, low, high)
    if value is not None and not value.is_integer():
        raise Bad("not_whole", column=column, shown=shown(cell))
    return None if value is None else int(value)


def _finite(value: float, cell: Cell, column: str) -> float:
    if value in (float("inf"), float("-inf")):
        raise Bad("bad_number", column=column, shown=shown(cell))
    return value
