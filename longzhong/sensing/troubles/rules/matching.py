"""Which of the new groups is which of the troubles known already (by overlap), so that a trouble keeps its name and its page."""

from collections import Counter
from collections.abc import Mapping, Sequence


def same_troubles(groups: Sequence[Sequence[int]], held: Mapping[int, int]) -> list[int | None]:
    """The trouble of each group, each trouble at most once. `held`: signal → the trouble in which it is.

    The largest overlap decides first; among equals the older trouble, then the earlier group.
    """
    shared: list[tuple[int, int, int]] = []
    for number, group in enumerate(groups):
        counts = Counter(held[signal] for signal in group if signal in held)
        shared += [(-count, trouble, number) for trouble, count in counts.items()]
    found: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for _count, trouble, number in sorted(shared):
        if found[number] is None and trouble not in taken:
            found[number] = trouble
            taken.add(trouble)
    return found
