"""An outside file of calls: a JSON list of {"at", "meter" or "area", "lat", "lon", "truth"}; anything but "at" may be null.

`at`: seconds, or an ISO moment; unsorted is well. A call without a truth belongs to nobody else. No topology comes with it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from longzhong.sensing.troubles.rules.signals import Group, Heard

NO_PLACE = (0.0, 0.0)  # what devices write that don't know where they are


class Malformed(ValueError):
    """What is wrong with the file: the number of the call (from 0), the field, and that nothing was grouped."""


def calls_of(rows: Any) -> tuple[list[Heard], list[object]]:
    """The calls and their truths; refused with the number of the first call that can't be read, and its field."""
    if isinstance(rows, Mapping):
        rows = rows.get("calls", rows)
    if not isinstance(rows, list) or not rows:
        raise Malformed("the file must hold a JSON list of calls, not empty; nothing was grouped")
    heard: list[Heard] = []
    truth: list[object] = []
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise _wrong(number, len(rows), f"not an object: {_shown(row)}")
        heard.append(_call(row, number, len(rows)))
        label = row.get("truth")
        truth.append(("alone", number) if label is None else str(label))
    return heard, truth


def has_truth(rows: Any) -> bool:
    """Whether any call says which outage it belongs to; without, there is nothing to score."""
    held = rows.get("calls", rows) if isinstance(rows, Mapping) else rows
    return any(isinstance(row, Mapping) and row.get("truth") is not None for row in held)


def _call(row: Mapping[str, Any], number: int, of: int) -> Heard:
    read: dict[str, Any] = {}
    readers: dict[str, Callable[[Any], Any]] = {
        "at": _moment, "lat": _degrees(90), "lon": _degrees(180), "meter": _code, "area": _code,
    }  # fmt: skip
    for name, reader in readers.items():
        try:
            read[name] = reader(row.get(name))
        except (TypeError, ValueError, OverflowError) as wrong:
            raise _wrong(number, of, f'"{name}" can\'t be read: {_shown(row.get(name))} ({wrong})') from wrong
    lat, lon = read["lat"], read["lon"]
    known = lat is not None and lon is not None and (lat, lon) != NO_PLACE
    return Heard(read["at"], read["meter"], read["area"], lat if known else None, lon if known else None)


def _wrong(number: int, of: int, what: str) -> Malformed:
    return Malformed(f"call {number} of {of} (counted from 0): {what}; nothing was grouped")


def _shown(value: Any) -> str:
    return repr(value)[:60]


def _moment(value: Any) -> float:
    if value is None:
        raise ValueError("lacking")
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            moment = datetime.fromisoformat(value.strip())
            value = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, bool) or not isfinite(float(value)):
        raise ValueError("no moment")
    return float(value)


def _degrees(most: float) -> Callable[[Any], float | None]:
    def read(value: Any) -> float | None:
        if value is None or (isinstance(value, str) and not value.strip()) or not isfinite(float(value)):
            return None
        if isinstance(value, bool) or abs(float(value)) > most:
            raise ValueError(f"degrees between -{most} and {most}")
        return float(value)

    return read


def _code(value: Any) -> str | None:
    if isinstance(value, (list, dict, bool)):
        raise TypeError("a code is a text or a number")
    if isinstance(value, float):
        if not isfinite(value):
            return None
        value = int(value) if value.is_integer() else value
    return str(value).strip() or None if value is not None else None


def pair_score(truth: Sequence[object], groups: Iterable[Group]) -> tuple[float, float, float]:
    """F1, precision and recall over pairs of signals that belong together."""
    label: dict[int, int] = {i: number for number, group in enumerate(groups) for i in group.signals}
    both = _pairs(Counter((one, label[i]) for i, one in enumerate(truth)).values())
    said, real = _pairs(Counter(label.values()).values()), _pairs(Counter(truth).values())
    precision, recall = both / said if said else 1.0, both / real if real else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0, precision, recall


def _pairs(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)
