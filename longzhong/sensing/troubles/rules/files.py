"""An outside file of calls: a JSON list of {"at", "meter" or "area", "lat", "lon", "truth"}; anything may be null.

`at`: seconds, or an ISO moment; unsorted is well. A call without a truth belongs to nobody else. No topology comes with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from longzhong.sensing.troubles.rules.signals import Group, Heard


class Malformed(ValueError):
    """What is wrong with the file, with the number of the call."""


def calls_of(rows: Any) -> tuple[list[Heard], list[object]]:
    """The calls and their truths; refused with the number of the first call that can't be read."""
    if isinstance(rows, Mapping):
        rows = rows.get("calls", rows)
    if not isinstance(rows, list) or not rows:
        raise Malformed("the file must hold a JSON list of calls, not empty")
    heard: list[Heard] = []
    truth: list[object] = []
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise Malformed(f"call {number}: not an object")
        heard.append(_call(row, number))
        label = row.get("truth")
        truth.append(("alone", number) if label is None else str(label))
    return heard, truth


def _call(row: Mapping[str, Any], number: int) -> Heard:
    try:
        at = _moment(row.get("at"))
        lat, lon = _degrees(row.get("lat")), _degrees(row.get("lon"))
    except (TypeError, ValueError) as wrong:
        raise Malformed(f"call {number}: {wrong}") from wrong
    known = lat is not None and lon is not None and (lat, lon) != (0.0, 0.0)
    return Heard(at, _code(row.get("meter")), _code(row.get("area")), lat if known else None, lon if known else None)


def _moment(value: Any) -> float:
    if isinstance(value, str) and not value.replace(".", "", 1).replace("-", "", 1).isdigit():
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if value is None or isinstance(value, bool) or not isfinite(float(value)):
        raise ValueError(f"'at' is no moment: {value!r}")
    return float(value)


def _degrees(value: Any) -> float | None:
    return None if value in (None, "") or not isfinite(float(value)) else float(value)


def _code(value: Any) -> str | None:
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
