"""Tracing (拓扑追溯): from a place of use up to the substation, and from a piece of line down to everything behind it.

`upstream` maps each section to the next one towards the substation (None: it is the first). Data from outside may be
broken or go in a circle; every walk ends all the same and says how.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """How a walk upstream ended."""

    ROOT = "root"
    MISSING = "missing"
    LOOP = "loop"


@dataclass(frozen=True)
class Walk:
    """The sections passed, the nearest first, and how the walk ended."""

    sections: tuple[int, ...]
    end: End


def walk_up(section: int, upstream: Mapping[int, int | None]) -> Walk:
    passed: dict[int, None] = {}
    here: int | None = section
    while here is not None:
        if here in passed:
            return Walk(tuple(passed), End.LOOP)
        if here not in upstream:
            return Walk(tuple(passed), End.MISSING)
        passed[here] = None
        here = upstream[here]
    return Walk(tuple(passed), End.ROOT)


def below(starts: Iterable[int], upstream: Mapping[int, int | None]) -> list[int]:
    """The sections and all behind them, nearest first, each once."""
    children: dict[int, list[int]] = {}
    for section, above in upstream.items():
        if above is not None:
            children.setdefault(above, []).append(section)
    found: dict[int, None] = dict.fromkeys(starts)
    waiting = list(found)
    for here in waiting:
        for child in children.get(here, ()):
            if child not in found:
                found[child] = None
                waiting.append(child)
    return waiting


def loops(upstream: Mapping[int, int | None]) -> list[tuple[int, ...]]:
    """Every circle, each once, beginning with its smallest id and going upstream."""
    state: dict[int, int] = {}
    found: list[tuple[int, ...]] = []
    for number, start in enumerate(upstream):
        here: int | None = start
        trail: list[int] = []
        while here is not None and here in upstream and here not in state:
            state[here] = number
            trail.append(here)
            here = upstream[here]
        if here is not None and state.get(here) == number and here in trail:
            circle = trail[trail.index(here) :]
            first = circle.index(min(circle))
            found.append(tuple(circle[first:] + circle[:first]))
    return sorted(found)


def unsupplied(upstream: Mapping[int, int | None], roots: Collection[int]) -> set[int]:
    """The sections from which no walk upstream reaches one of `roots` (sections that a substation really feeds)."""
    return set(upstream) - set(below(roots, {one: above for one, above in upstream.items() if one not in roots}))
