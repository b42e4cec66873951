"""The collection system's wide form (采集系统导出宽表): one row a meter, day and quantity, with 96 columns of values.

Pure knowledge, shared by the importer and by `longzhong curves judge`: which column is which slot, which words mean which
quantity and phase, which cells mean "missing". Slot columns come as `00:00`…`23:45` (start of the slot), `00:15`…`24:00`
(its end; some systems write the last one as `00:00`) or numbered `V1`…`V96`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from longzhong.sensing.curves.rules.words import SLOT_MINUTES, SLOTS

META: Final[dict[str, tuple[str, ...]]] = {
    "meter": (
        "meter", "meter_code", "meter_id", "meter_no", "mp_id", "device", "表号", "电表号", "电能表号", "电表编号", "资产编号",
        "电表资产号", "电能表资产号", "表计资产编号", "表计编号", "计量点编号", "测量点编号", "终端编号", "设备编号",
    ),
    "day": ("day", "date", "data_date", "stat_date", "日期", "数据日期", "数据时间", "统计日期", "冻结日期", "采集日期", "数据日"),
    "quantity": ("quantity", "item", "data_type", "type", "数据项", "数据项名称", "数据类型", "量", "类型", "项目", "曲线类型"),
    "phase": ("phase", "相", "相别", "相位", "相序", "数据相别"),
    "wiring": ("wiring", "接线方式", "接线", "供电相数"),
    "kva": ("kva", "额定容量", "变压器容量", "配变容量", "容量"),
    "ratio": ("ratio", "倍率", "综合倍率"),
    "received_at": ("received_at", "入库时间", "召测时间", "接收时间"),
}  # fmt: skip
MISSING: Final = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "/",
        "\\",
        "—",
        "——",
        "null",
        "none",
        "nan",
        "na",
        "n/a",
        "#n/a",
        "#null!",
        "无",
        "空",
        "缺",
        "*",
    }
)
QUANTITIES: Final[dict[str, tuple[str, ...]]] = {
    "u": ("u", "v", "voltage", "电压", "相电压", "电压曲线", "电压数据", "volt", "volts", "线电压"),
    "i": ("i", "current", "电流", "电流曲线", "相电流", "amp", "amps"),
    "p": (
        "p", "active_power", "power", "kw", "有功", "有功功率", "瞬时有功", "瞬时有功功率", "总有功功率", "总有功", "功率",
        "功率曲线", "有功功率曲线",
    ),
    "q": ("q", "reactive_power", "kvar", "无功", "无功功率", "瞬时无功", "瞬时无功功率", "总无功功率", "总无功", "无功功率曲线"),
}  # fmt: skip
LINE_PAIRS: Final = {"ab": 1, "bc": 2, "ca": 3, "ac": 3, "cb": 2, "ba": 1}
UNIT_FACTORS: Final = {"v": 1.0, "kv": 1000.0, "a": 1.0, "kw": 1.0, "w": 0.001, "kvar": 1.0, "var": 0.001, "mw": 1000.0}
ROOT3: Final = 3.0**0.5

_CLOCK = re.compile(r"^(?:t|h|v|u|i|p)?_?(\d{1,2})[:：时.]?(\d{2})(?:[:：]00)?分?$")
_COLON = re.compile(r"^(\d{1,2})[:：时](\d{2})(?:[:：]00)?分?$")
_NUMBER = re.compile(r"^(?:[a-z]{1,5}_?|data|value|val|point|点|数据|第)?0*(\d{1,2})(?:点|点值)?$")
_BRACKET = re.compile(r"[(（\[](.*?)[)）\]]")
_DAY = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]0{1,2}:?00(?::?00(?:\.0+)?)?)?$")


class WideformError(ValueError):
    """A file that isn't a wide form; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class SlotColumns:
    """`columns[slot]` is the index of the column that holds the slot; `labels` is start, end or number."""

    columns: tuple[int, ...]
    labels: str


@dataclass(frozen=True)
class Reading:
    """What a row holds: quantity u, i, p or q (V, A, kW, kvar after `factor`), phase 1 2 3, or 0 for the whole meter."""

    quantity: str
    phase: int
    factor: float = 1.0


def plain(text: object) -> str:
    """A header or word without width, case, byte-order mark and spaces: "Ｍeter " → "meter"."""
    return re.sub(r"[\s﻿\"']+", "", unicodedata.normalize("NFKC", str(text))).lower()


def meta_columns(header: Sequence[object]) -> dict[str, int]:
    """Index of every known describing column; the first wins where a name is repeated."""
    words = {plain(word).replace("_", ""): name for name, options in META.items() for word in options}
    found: dict[str, int] = {}
    for index, text in enumerate(header):
        name = words.get(_BRACKET.sub("", plain(text)).replace("_", ""))
        if name is not None:
            found.setdefault(name, index)
    return found


def slot_columns(header: Sequence[object]) -> SlotColumns:
    """Find the 96 slot columns, or refuse with the number that was found."""
    words = [plain(text) for text in header]
    for pattern in (_COLON, _CLOCK):
        clocks = [(index, match) for index, word in enumerate(words) if (match := pattern.match(word))]
        minutes = {index: int(match[1]) * 60 + int(match[2]) for index, match in clocks}
        if len(minutes) >= SLOTS:
            return _by_clock({i: m for i, m in minutes.items() if m % SLOT_MINUTES == 0 and m <= 1440})
    numbers: dict[int, int] = {}
    for index, word in enumerate(words):
        if (match := _NUMBER.match(word)) and 1 <= int(match[1]) <= SLOTS:
            numbers.setdefault(int(match[1]), index)
    if len(numbers) == SLOTS:
        return SlotColumns(tuple(numbers[point] for point in range(1, SLOTS + 1)), "number")
    raise WideformError("not_96_points", f"需要 96 个时点列, 找到 {len(numbers)} 个")


def _by_clock(minutes: dict[int, int]) -> SlotColumns:
    """Labels are ends if 24:00 is among them, or if 00:00 stands after 23:45 (an end written as the next midnight)."""
    places: dict[int, int] = {}
    for index, minute in minutes.items():
        places.setdefault(minute, index)
    if 1440 not in places and places.get(0, -1) > places.get(1425, SLOTS * 10**6):
        places[1440] = places.pop(0)
    ends = 1440 in places
    offset = SLOT_MINUTES if ends else 0
    wanted = [slot * SLOT_MINUTES + offset for slot in range(SLOTS)]
    if any(minute not in places for minute in wanted):
        raise WideformError("not_96_points", f"需要 96 个时点列, 找到 {len(places)} 个")
    return SlotColumns(tuple(places[minute] for minute in wanted), "end" if ends else "start")


def phase_number(text: object) -> int | None:
    """1, 2, 3 for A, B, C; 0 for the whole meter (blank, 总, 0); None: not a phase."""
    word = plain(text).removesuffix("相")
    if word in {"", "0", "总", "合", "abc", "total", "none", "null", "nan", "-"}:
        return 0
    for number, names in enumerate((("a", "1", "l1"), ("b", "2", "l2"), ("c", "3", "l3")), start=1):
        if word in names:
            return number
    return None


def reading(quantity: object, phase: object = "") -> Reading | None:
    """Meaning of a row's quantity and phase words; None: not one of ours. `Uab` and 线电压 become phase voltage."""
    word = plain(quantity)
    unit = _BRACKET.search(word)
    factor = UNIT_FACTORS.get(unit[1], 1.0) if unit else 1.0
    word = _BRACKET.sub("", word)
    given = LINE_PAIRS.get(plain(phase).removesuffix("相"))
    number = phase_number(phase) if given is None else given
    if number is None:
        return None
    line = given is not None or word == "线电压"
    if len(word) == 3 and word[0] in "uv" and word[1:] in LINE_PAIRS:
        return Reading("u", LINE_PAIRS[word[1:]], factor / ROOT3)
    found = _quantity(word)
    if found is None:
        return None
    name, own = found
    return Reading(name, own or number, factor / ROOT3 if line and name == "u" else factor)


def _quantity(word: str) -> tuple[str, int] | None:
    """A quantity word, maybe with its phase inside: A相电压, ua, current_b."""
    for name, options in QUANTITIES.items():
        if word in options:
            return name, 0
    inside = re.match(r"^([abc])相?(.+)$", word) or None
    if inside and (found := _bare(inside[2])):
        return found, "abc".index(inside[1]) + 1
    after = re.match(r"^(.+?)_?([abc])相?$", word)
    if after and (found := _bare(after[1])):
        return found, "abc".index(after[2]) + 1
    return None


def _bare(word: str) -> str | None:
    return next((name for name, options in QUANTITIES.items() if word.strip("_") in options), None)


def number(text: object) -> float:
    """A cell's value; NaN where it says "missing". Raises ValueError for anything else that is no number."""
    word = str(text).strip().lower()
    if word in MISSING or text is None:
        return float("nan")
    value = float(word.replace(",", "")) if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", word) else float(word)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"not a number: {text!r}")
    return value


def civil_day(text: object) -> date:
    """2026-10-01, 2026/10/1, 20261001, 2026年10月1日, with or without a midnight. Raises ValueError for impossible dates."""
    match = _DAY.match(unicodedata.normalize("NFKC", str(text)).strip())
    if match is None:
        raise ValueError(f"not a date: {text!r}")
    return date(int(match[1]), int(match[2]), int(match[3]))


def decode(raw: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8 or UTF-16 by their marks, UTF-8, else GB18030 (holds GBK)."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16"), "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise WideformError("unknown_encoding", "无法识别文件编码（需 UTF-8 或 GBK）")
