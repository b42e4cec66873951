"""An outside table of outages, as it comes: encodings, separators, missing words, moments in many spellings."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from longzhong.kit.clock import CST

MISSING = frozenset(
    {"", "-", "--", "—", "/", "\\n", "na", "n/a", "nan", "nat", "null", "none", "nil", "?", "无", "空", "未知"}
)
STARTS = (
    "start",
    "start_time",
    "started",
    "started_at",
    "start_at",
    "begin",
    "outage_start",
    "停电开始时间",
    "停电时间",
    "开始时间",
)
ENDS = ("restored", "restored_at", "restore_time", "restore", "restoration", "end", "end_time", "恢复时间", "恢复送电时间",
        "现场送电时间", "送电时间", "停电结束时间", "结束时间")  # fmt: skip
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_ZONE = re.compile(r"(?:([zZ])|([+-])(\d{2}):?(\d{2}))$")
_EXCEL = datetime(1899, 12, 30, tzinfo=CST)
_MOST_COLUMNS = 400


class TableError(Exception):
    """The file can't be used; the words say why."""


@dataclass(frozen=True)
class Table:
    """Cells by column, all texts, "" where missing; `ragged`: rows whose length differs from the head's."""

    columns: dict[str, list[str]]
    rows: int
    ragged: int


def read_table(path: Path) -> Table:
    """A CSV in UTF-8, UTF-16 or GB 18030, separated by comma, tab, semicolon or bar."""
    if not path.is_file():
        raise TableError(f"没有文件 {path}")
    text = _decoded(path.read_bytes())
    first = text.lstrip("\r\n").split("\n", 1)[0]
    mark = max(",\t;|", key=first.count)
    lines = [
        row
        for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark)
        if any(cell.strip() for cell in row)
    ]
    if len(lines) < 2:
        raise TableError(f"{path.name} 没有数据行")
    head = _head(lines[0])
    if len(head) > _MOST_COLUMNS:
        raise TableError(f"{path.name} 有 {len(head)} 列，最多 {_MOST_COLUMNS} 列")
    cells = [[known(cell) for cell in row[: len(head)]] + [""] * (len(head) - len(row)) for row in lines[1:]]
    ragged = sum(len(row) != len(head) for row in lines[1:])
    return Table({name: [row[place] for row in cells] for place, name in enumerate(head)}, len(cells), ragged)


def known(cell: str) -> str:
    """The cell without blanks around it; "" for the words that mean that nothing is known."""
    text = cell.replace("\u3000", " ").strip()
    return "" if text.lower() in MISSING else text


def column_of(table: Table, names: Sequence[str]) -> str:
    """The column of the table that is called one of the names (case and blanks apart); TableError if none is."""
    plain = {re.sub(r"[\s\-]+", "_", name.strip().lower()): name for name in reversed(table.columns)}
    for name in names:
        if name in plain:
            return plain[name]
    raise TableError(f"没有列 {names[0]}；表头是：{', '.join(table.columns)}")


def moments(cells: Sequence[str]) -> list[datetime | None]:
    """The moments of a column, in China's time (a zone that is given is minded); None where there is none.

    Day before month or month before day is decided for the whole column: a first number above 12 anywhere says day first.
    """
    day_first = any(int(found[0]) > 12 for cell in cells if len(found := _short(cell)) == 3)
    return [_moment(cell, day_first=day_first) for cell in cells]


def _short(cell: str) -> list[str]:
    """The three numbers of a date that doesn't begin with its year."""
    found = re.match(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", cell)
    return list(found.groups()) if found else []


def _moment(cell: str, *, day_first: bool) -> datetime | None:
    text = cell.strip()
    if not text:
        return None
    try:
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            return _from_number(text)
        zone = _ZONE.search(text) if ":" in text else None
        plain = text[: zone.start()] if zone else text
        parts = [float(one) for one in _NUMBERS.findall(plain.replace(",", "."))]
        if _short(text):
            first, second, year = parts[:3]
            parts[:3] = [year, second, first] if day_first else [year, first, second]
        afternoon = bool(re.search(r"pm|下午|晚上", plain, re.I)) and len(parts) > 3 and parts[3] < 12
        made = _made(parts) + timedelta(hours=12 * afternoon)
        return made - _offset(zone) + timedelta(hours=8) if zone else made
    except (ValueError, OverflowError, IndexError):
        return None


def _made(parts: Sequence[float]) -> datetime:
    year, month, day = (int(one) for one in parts[:3])
    hour, minute, second = (*parts[3:6], 0.0, 0.0, 0.0)[:3]
    if len(parts) < 3 or not 1900 <= year <= 2200:
        raise ValueError
    return datetime(year, month, day, tzinfo=CST) + timedelta(hours=hour, minutes=minute, seconds=second)


def _from_number(text: str) -> datetime:
    """Compact digits (20260301[080500]), seconds or milliseconds since 1970, or the days of a worksheet."""
    digits = text.split(".", maxsplit=1)[0]
    if len(digits) in (8, 12, 14) and digits[:2] in ("19", "20"):
        cut = [digits[:4], *[digits[at : at + 2] for at in range(4, len(digits), 2)]]
        if 1 <= int(cut[1]) <= 12 and 1 <= int(cut[2]) <= 31:
            return _made([float(one) for one in cut])
    value = float(text)
    if value > 1e11:
        value /= 1000
    if value > 1e8:
        return datetime.fromtimestamp(value, CST)
    if 20_000 <= value <= 80_000:
        return _EXCEL + timedelta(days=value)
    raise ValueError


def _offset(zone: re.Match[str]) -> timedelta:
    if zone[1]:
        return timedelta()
    size = timedelta(hours=int(zone[3]), minutes=int(zone[4]))
    return size if zone[2] == "+" else -size


def _decoded(raw: bytes) -> str:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    for name in ("utf-8", "gb18030"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _head(cells: Sequence[str]) -> list[str]:
    """Names of columns, each once; a nameless one is called by its place."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = cell.replace("\ufeff", "").strip() or f"column{place}"
        names.append(name if name not in names else f"{name}#{place}")
    return names
