"""What a value may look like (计量单位): every value has a measure, and a change keeps its shape."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from longzhong.register.policies.rules.words import Edition, Value


@dataclass(frozen=True)
class Measure:
    """A unit of measure: its Chinese word and the bounds that no value leaves."""

    code: str
    label: str
    least: float = 0
    most: float = 1_000_000
    whole: bool = False


_ROWS = (
    Measure("s", "秒"),
    Measure("min", "分钟"),
    Measure("h", "小时"),
    Measure("d", "天"),
    Measure("wd", "个工作日"),
    Measure("wmin", "工作分钟"),
    Measure("wh", "工作小时"),
    Measure("week", "周"),
    Measure("month", "个月"),
    Measure("y", "年"),
    Measure("pct", "%", -100, 1000),
    Measure("permille", "‰", 0, 1000),
    Measure("share", "（比例）", 0, 1),
    Measure("ratio", "倍"),
    Measure("count", "次", whole=True),
    Measure("n", "个", whole=True),
    Measure("days", "天", whole=True),
    Measure("slots", "个15分钟点", 0, 96, whole=True),
    Measure("persons", "人", whole=True),
    Measure("meters", "户", whole=True),
    Measure("areas", "个台区", whole=True),
    Measure("levels", "级", 0, 9, whole=True),
    Measure("chars", "位", whole=True),
    Measure("V", "V"),
    Measure("kV", "kV"),
    Measure("A", "A"),
    Measure("kW", "kW"),
    Measure("kvar", "kvar", -1_000_000),
    Measure("kva", "kVA"),
    Measure("kwh", "kWh"),
    Measure("Hz", "Hz"),
    Measure("m", "m"),
    Measure("km", "km"),
    Measure("yuan", "元"),
    Measure("score", "分", -1000, 1000),
    Measure("mb", "MB"),
    Measure("clock", "时刻"),
    Measure("monthday", "月-日"),
    Measure("code", ""),
    Measure("text", ""),
    Measure("flag", ""),
    Measure("edition", ""),
    Measure("plain", "", -1_000_000),
)
MEASURES = {row.code: row for row in _ROWS}
_WORDS = {
    **{row.label: row.code for row in reversed(_ROWS) if row.label},
    "": "plain", "工作日": "wd", "月": "month", "点": "slots", "比例": "share",
}  # fmt: skip


def measure_code(word: str) -> str:
    """The code of a measure that a pack names by code or by its Chinese word; unknown words stay as they are."""
    return word if word in MEASURES else _WORDS.get(word.strip(), word)


class Wrong(StrEnum):
    """Why a value is no value of this policy."""

    MEASURE = "measure"
    SHAPE = "shape"
    WHOLE = "whole"
    BOUNDS = "bounds"
    ORDER = "order"
    EMPTY = "empty"


def why_wrong(
    value: Value, measure: str, *, like: Value | None = None, least: float | None = None, most: float | None = None
) -> Wrong | None:
    """The first reason against a value; `like` is the value it replaces, `least` and `most` the policy's own bounds."""
    if (kind := MEASURES.get(measure)) is None:
        return Wrong.MEASURE
    if _shape(value) is None or (like is not None and _shape(value) != _shape(like)):
        return Wrong.SHAPE
    if isinstance(value, (str, list, tuple)) and not value:
        return Wrong.EMPTY
    if measure == "edition" and value not in (Edition.STATE_GRID, Edition.SOUTHERN_GRID):
        return Wrong.BOUNDS
    low = kind.least if least is None else least
    high = kind.most if most is None else most
    return _wrong_numbers(_numbers(value), kind.whole, low, high) or _wrong_band(value, like)


def _wrong_numbers(numbers: Sequence[float], whole: bool, least: float, most: float) -> Wrong | None:
    if whole and any(number != int(number) for number in numbers):
        return Wrong.WHOLE
    if any(not least <= number <= most for number in numbers):  # NaN fails here too
        return Wrong.BOUNDS
    return None


def _wrong_band(value: Value, like: Value | None) -> Wrong | None:
    """A band (限值带) is two numbers, the lower first, and stays a band."""
    if like is None or not _is_band(like):
        return None
    numbers = _numbers(value)
    return None if len(numbers) == 2 and numbers[0] < numbers[1] else Wrong.ORDER


def _is_band(value: Value) -> bool:
    numbers = _numbers(value)
    return _shape(value) == "numbers" and len(numbers) == 2 and numbers[0] < numbers[1]


def _numbers(value: Value) -> list[float]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return [float(item) for item in items if isinstance(item, (int, float)) and not isinstance(item, bool)]


def _shape(value: Value) -> str | None:
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, (list, tuple)):
        shapes = {_shape(item) for item in value}
        return "texts" if shapes == {"text"} else "numbers" if shapes <= {"number"} else None
    return None


def read_value(text: str, like: Value) -> Value | None:
    """What somebody typed, in the shape of the value that it replaces; None if it can't be read so."""
    text = text.strip()
    if isinstance(like, bool):
        return {"是": True, "否": False}.get(text)
    if isinstance(like, str):
        return text
    if isinstance(like, (int, float)):
        return _number(text)
    parts = [part for part in re.split(r"[\s,，、;；~～—–]+", text) if part]
    if _shape(like) == "texts":
        return parts
    numbers = [number for number in map(_number, parts) if number is not None]
    return numbers if len(numbers) == len(parts) else None


def typed(value: Value) -> str:
    """A value as one types it: `read_value` reads it back."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(item if isinstance(item, str) else f"{item:g}" for item in value)
    return value if isinstance(value, str) else f"{value:g}"


def _number(text: str) -> int | float | None:
    try:
        number = float(unicodedata.normalize("NFKC", text))
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def shown(value: Value, measure: str) -> str:
    """A value with its unit in Chinese: 24 小时, 198–235.4 V, 是."""
    label = MEASURES[measure].label if measure in MEASURES else measure
    if isinstance(value, bool):
        return "是" if value else "否"
    if _is_band(value):
        text = "–".join(f"{number:g}" for number in _numbers(value))
    elif isinstance(value, (list, tuple)):
        text = "、".join(item if isinstance(item, str) else f"{item:g}" for item in value)
    else:
        text = value if isinstance(value, str) else f"{value:g}"
    joint = "" if label in {"%", "‰"} else " "
    return f"{text}{joint}{label}".strip()
