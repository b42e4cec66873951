"""The vital few (帕累托, S2-05, S0-15): classes by size with the running share; the head is what makes four fifths of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
HEAD = 0.8


@dataclass(frozen=True)
class Bar(Generic[Key]):
    """One class: its count, its share, the share of all up to it, and whether it belongs to the head."""

    key: Key
    count: int
    share: float
    running: float
    head: bool


def pareto(counts: Mapping[Key, int]) -> list[Bar[Key]]:
    """The classes with at least one, the largest first; equal ones in the order given."""
    whole = sum(counts.values())
    bars, sofar = [], 0
    for key, count in sorted(((k, n) for k, n in counts.items() if n), key=lambda one: -one[1]):
        head = sofar < HEAD * whole
        sofar += count
        bars.append(Bar(key, count, count / whole, sofar / whole, head))
    return bars
