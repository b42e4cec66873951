"""The collection system's words (用电信息采集) as the importer needs them, on top of `curves.rules.wideform`.

Added here: 一次值 and 二次值 (readings before and after the meter's transformer), and a header that is doubled,
which is refused instead of one column winning silently.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from longzhong.sensing.curves.rules import wideform
from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw
from longzhong.surfaces.exchange.rules.reasons import BadFile

SLOTS = 96
SYMBOLS = ("u", "i", "p", "q")
_SIDES = re.compile(r"[一二]次(侧|值)?")
_LOOKS_LIKE_A_TIME = re.compile(r"^(\d{1,2}:\d{2}(:00)?|[a-z]{1,2}_?\d{1,2})$", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """What a row measures: u, i, p or q; phase 1…3 (0 where the name doesn't say); the factor to V, A, kW or kvar;
    二次值 or not.
    """

    symbol: str
    phase: int = 0
    scale: float = 1.0
    secondary: bool | None = None


def quantity_of(name: Cell) -> Quantity | None:
    """`A相电压(V)`, `Ua`, `总有功功率`, `二次侧A相电流`… None where the name isn't known."""
    if is_missing(name):
        return None
    flat = half(raw(name))
    found = wideform.reading(_SIDES.sub("", flat))
    if found is None:
        return None
    return Quantity(found.quantity, found.phase, found.factor, side_of(flat))


def slot_columns(headers: Sequence[Cell]) -> tuple[int, ...]:
    """The column of each of the 96 slots, () where the headers aren't a wide form; refuses 48 to 95 of them, and doubles."""
    texts = [_clock(cell) for cell in headers]
    try:
        columns = wideform.slot_columns(texts).columns
    except wideform.WideformError:
        found = len({text for text in texts if _LOOKS_LIKE_A_TIME.match(text) and text[-1].isdecimal()})
        if found >= SLOTS // 4:
            raise BadFile("slots_missing", found=found) from None
        return ()
    plain = [wideform.plain(text) for text in texts]
    doubles = [texts[place] for place in columns if plain.count(plain[place]) > 1]
    if doubles:
        raise BadFile("slots_twice", columns="、".join(doubles[:4]))
    return columns


def is_slot_header(name: str) -> bool:
    """Whether one header alone looks like a time of the wide form."""
    return bool(_LOOKS_LIKE_A_TIME.match(name))


def phase_of(cell: Cell) -> int | None:
    """The phase column: 1 A, 2 B, 3 C; 0 for a total or three-phase; None where it isn't a phase."""
    flat = half(raw(cell))
    return 0 if flat in ("三相", "三") else wideform.phase_number(flat)


def side_of(cell: Cell) -> bool | None:
    """True where a text says 二次值, False for 一次值, None where it says neither."""
    flat = half(raw(cell))
    if "二次" in flat or flat in ("2", "secondary"):
        return True
    return False if "一次" in flat or flat in ("1", "primary") else None


def _clock(cell: Cell) -> str:
    """A header as text; a spreadsheet's time is `00:15`."""
    if hasattr(cell, "hour") and hasattr(cell, "minute"):
        return f"{cell.hour:02d}:{cell.minute:02d}"  # type: ignore[union-attr]
    return "" if is_missing(cell) else raw(cell)
