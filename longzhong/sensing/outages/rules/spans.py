"""Questions about times (停电时间): when two outages overlap, which unit answers for one, how far ahead the desk looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise


@dataclass(frozen=True)
class Limits:
    """How far ahead plans are told, and how long a restored outage is still told (hours); ours, U."""

    known_ahead_h: float = 48
    restored_shown_h: float = 2


@dataclass(frozen=True)
class Span:
    """[start, end); no end: it isn't known, so it lasts."""

    start: datetime
    end: datetime | None = None


def overlaps(one: Span, other: Span) -> bool:
    """Whether there is a moment in both."""
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)


def is_ordered(*moments: datetime | None) -> bool:
    """Whether the known ones of these moments don't run backwards."""
    known = [moment for moment in moments if moment is not None]
    return all(earlier <= later for earlier, later in pairwise(known))


def common_unit(units: Iterable[int], chains: Mapping[int, Sequence[int]]) -> int | None:
    """The lowest unit above (or equal to) all of these; `chains` go from a unit up. None if there is none."""
    wanted = [chains.get(unit) or [unit] for unit in dict.fromkeys(units)]
    if not wanted:
        return None
    return next((unit for unit in wanted[0] if all(unit in chain for chain in wanted[1:])), None)
