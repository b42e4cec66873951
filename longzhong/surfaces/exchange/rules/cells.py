"""What a cell says (单元格): missing marks, full-width characters, stray spaces and marks of the spreadsheet.

Text keeps its own characters (a full-width bracket in an address is right); codes, numbers and dates are read half-width.
Missing is written in many ways by the source systems: empty, `-`, `--`, `/`, `null`, `NaN`, `\\N`, `#N/A`, `无`.
"""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from longzhong.surfaces.exchange.rules.reasons import Bad

Cell = str | int | float | bool | date | datetime | time | timedelta | None

MISSING = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "/", "\\", "\\n", "null", "(null)", "<null>", "none", "nan", "nil"}
    | {"n/a", "#n/a", "na", "#null!", "#value!", "#ref!", "#div/0!", "#name?", "#num!", "无", "空", "暂无", "缺失"}
)
LONGEST = 2000
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x00AD])
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def raw(cell: Cell) -> str:
    """A cell as the text that a person sees. Whole floats lose their `.0`, days lose their midnight."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def half(text: str) -> str:
    """Full width to half width (NFKC), invisible characters away, ends trimmed: for codes, numbers, dates and headers."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip()


def is_missing(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    if cell is None:
        return True
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, str) and (not cell or half(cell).lower() in MISSING)


def text(cell: Cell, column: str = "", limit: int = LONGEST) -> str:
    """Free text on one line, empty when missing. Control characters and over-long cells are refused, not cut."""
    if is_missing(cell):
        return ""
    plain = raw(cell)
    if not plain.isascii():
        plain = plain.translate(_INVISIBLE)
    if _CONTROL.search(plain):
        raise Bad("control_character", column=column)
    plain = _SPACES.sub(" ", plain).strip()
    if len(plain) > limit:
        raise Bad("too_long", column=column, limit=limit)
    return plain


def shown(cell: Cell) -> str:
    """A short quotation of a cell for a reason."""
    plain = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", raw(cell)))
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
