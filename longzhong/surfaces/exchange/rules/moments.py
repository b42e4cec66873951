"""Days and times (日期与时刻) as the source systems write them.

Accepted: 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301, with or without a time, and spreadsheet serials. A
day that doesn't exist (2026-02-30, the serial 60) is refused; 03/04/2026 can be two days, so it is refused too.
24:00 is the end of the day.
"""

import re
from datetime import date, datetime, time, timedelta, timezone

from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw, shown
from longzhong.surfaces.exchange.rules.reasons import Bad

FIRST, LAST = date(1949, 1, 1), date(2199, 12, 31)
SERIAL_ZERO = date(1899, 12, 30)
MINUTES_A_DAY = 24 * 60
_CST = timezone(timedelta(hours=8))
_DAY = re.compile(
    r"^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?!\d)(.*)$",
    re.ASCII | re.DOTALL,
)
_WESTERN = re.compile(r"^\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})(?!\d)", re.ASCII)
_CLOCK = re.compile(
    r"^[T\s]*(\d{1,2})(?::|时|点)(\d{1,2})?(?:(?::|分)(\d{1,2})?(?:\.\d+)?秒?)?\s*(Z|[+-]\d{2}:?\d{2})?$", re.ASCII
)
_COMPACT = re.compile(r"^[T\s]*(\d{2})(\d{2})(\d{2})?$", re.ASCII)
_SERIAL = re.compile(r"^\d{1,6}(\.\d+)?$", re.ASCII)


def day(cell: Cell, column: str = "") -> date | None:
    """The civil day; None when missing. 2026-03-01 24:00 is still the first of March."""
    found = moment(cell, column)
    return None if found is None else found[0]


def moment(cell: Cell, column: str = "") -> tuple[date, int | None] | None:
    """The civil day and the minute in it (0…1440), minute None where the cell has no time; None when missing."""
    if is_missing(cell):
        return None
    if isinstance(cell, datetime):
        return _typed(cell, column)
    if isinstance(cell, date):
        return _sane(cell, cell, column), None
    if isinstance(cell, bool | time | timedelta):
        raise Bad("bad_date", column=column, shown=shown(cell))
    plain = half(raw(cell)).lstrip("'’‘`")
    if match := _DAY.match(plain):
        return _written(match, cell, column)
    if _SERIAL.match(plain):
        return _serial(float(plain), cell, column)
    raise Bad("ambiguous_date" if _WESTERN.match(plain) else "bad_date", column=column, shown=shown(cell))


def minute(cell: Cell, column: str = "") -> int | None:
    """A time of day as minutes from midnight, 24:00 as 1440; None when missing. Seconds are dropped."""
    if is_missing(cell):
        return None
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return _minutes(cell.total_seconds() / 60, cell, column)
    if isinstance(cell, float) and 0 <= cell <= 1:  # a spreadsheet keeps a time as a share of the day
        return _minutes(cell * MINUTES_A_DAY, cell, column)
    found = _clock(half(raw(cell)), cell, column)
    if found is None or found[1] is not None:
        raise Bad("bad_time", column=column, shown=shown(cell))
    return found[0]


def _typed(cell: datetime, column: str) -> tuple[date, int | None]:
    local = cell.astimezone(_CST) if cell.tzinfo else cell
    local += timedelta(milliseconds=500)  # a spreadsheet's 00:15 may be 00:14:59.999
    minutes = local.hour * 60 + local.minute
    return _sane(local.date(), cell, column), minutes


def _written(match: re.Match[str], cell: Cell, column: str) -> tuple[date, int | None]:
    year, *rest, tail = match.groups()
    month, number = (int(part) for part in rest if part is not None)
    try:
        found = date(int(year), month, number)
    except ValueError:
        raise Bad("impossible_date", column=column, shown=shown(cell)) from None
    if not tail.strip():
        return _sane(found, cell, column), None
    clock = _clock(tail, cell, column)
    if clock is None:
        raise Bad("bad_date", column=column, shown=shown(cell))
    minutes, zone = clock
    _sane(found, cell, column)
    if zone is None:
        return found, minutes
    moved = datetime.combine(found, time(), _zone(zone, cell, column)) + timedelta(minutes=minutes)
    return _typed(moved, column)


def _serial(value: float, cell: Cell, column: str) -> tuple[date, int | None]:
    """Days since 1899-12-30; 60 is the 29 February 1900 that never was."""
    if value < 61 or value > 109_574:
        raise Bad("impossible_date" if value < 61 else "bad_date", column=column, shown=shown(cell))
    share = value % 1
    found = _sane(SERIAL_ZERO + timedelta(days=int(value)), cell, column)
    return found, (_minutes(share * MINUTES_A_DAY, cell, column) if share else None)


def _clock(plain: str, cell: Cell, column: str) -> tuple[int, str | None] | None:
    match = _CLOCK.match(plain.strip()) or _COMPACT.match(plain.strip())
    if match is None:
        return None
    hour, minutes = int(match[1]), int(match[2] or 0)
    seconds = int(match[3] or 0)
    if minutes > 59 or seconds > 59 or hour > 24 or (hour == 24 and (minutes or seconds)):
        raise Bad("bad_time", column=column, shown=shown(cell))
    return hour * 60 + minutes, (match[4] if match.re is _CLOCK else None)


def _minutes(value: float, cell: Cell, column: str) -> int:
    rounded = round(value)
    if not 0 <= rounded <= MINUTES_A_DAY:
        raise Bad("bad_time", column=column, shown=shown(cell))
    return rounded


def _zone(text: str, cell: Cell, column: str) -> timezone:
    if text == "Z":
        return timezone(timedelta())
    digits = text[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if away > timedelta(hours=14):
        raise Bad("bad_time", column=column, shown=shown(cell))
    return timezone(-away if text[0] == "-" else away)


def _sane(found: date, cell: Cell, column: str) -> date:
    if not FIRST <= found <= LAST:
        raise Bad("date_range", column=column, shown=shown(cell))
    return found
