"""Whose turn it is (会签次序), and what a new round keeps of the one that was refused. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from longzhong.cases.rectifications.rules.words import MOST_PARTS, Order, Part, Resign, Sign


@dataclass(frozen=True)
class Slot:
    """A part of the round that ended: whose, and how it stood."""

    part: Part
    state: str


def turns(states: Sequence[str], order: str) -> list[int]:
    """The places whose turn begins now: in parallel all that wait their turn, in order the first once nobody before waits."""
    later = [place for place, state in enumerate(states) if state == Sign.LATER]
    if order == Order.PARALLEL:
        return later
    return later[:1] if Sign.WAITING not in states else []


def is_complete(states: Collection[str]) -> bool:
    """Whether every part of the round is signed."""
    return bool(states) and all(state == Sign.SIGNED for state in states)


def kept(parts: Sequence[Part], before: Sequence[Slot], resign: str) -> list[bool]:
    """For each part of a new round, whether its signature of the round before still stands."""
    if resign != Resign.REFUSER:
        return [False] * len(parts)
    signed = {slot.part for slot in before if slot.state == Sign.SIGNED}
    return [part in signed for part in parts]


def flaw(parts: Sequence[Part]) -> str | None:
    """What is wrong with a list of parts; None where nothing is."""
    if not parts:
        return "parts_missing"
    if len(parts) > MOST_PARTS or len(set(parts)) < len(parts):
        return "parts_wrong"
    return None
