"""Walking a network that may be broken or run in circles: every walk ends, and agrees with brute force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.register.network.rules import End, Walk, below, loops, unsupplied, walk_up

TREE = {1: None, 2: 1, 3: 2, 4: 2, 5: None, 6: 5}
LOOP = {1: 3, 2: 1, 3: 2, 4: 3, 5: None}


@pytest.mark.parametrize(
    ("start", "upstream", "walk"),
    [
        pytest.param(3, TREE, Walk((3, 2, 1), End.ROOT), id="to the root"),
        pytest.param(1, TREE, Walk((1,), End.ROOT), id="the root itself"),
        pytest.param(4, LOOP, Walk((4, 3, 2, 1), End.LOOP), id="into a circle"),
        pytest.param(2, LOOP, Walk((2, 1, 3), End.LOOP), id="within a circle"),
        pytest.param(7, {7: 7}, Walk((7,), End.LOOP), id="its own upstream"),
        pytest.param(3, {3: 2}, Walk((3,), End.MISSING), id="torn off"),
    ],
)
def test_walk_up(start: int, upstream: dict[int, int | None], walk: Walk) -> None:
    assert walk_up(start, upstream) == walk


def test_below_is_nearest_first_and_ends_in_circles() -> None:
    assert below([1], TREE) == [1, 2, 3, 4]
    assert below([2, 6], TREE) == [2, 6, 3, 4]
    assert sorted(below([1], LOOP)) == [1, 2, 3, 4]
    assert below([9], TREE) == [9]


@pytest.mark.parametrize(
    ("upstream", "found"),
    [
        (TREE, []),
        (LOOP, [(1, 3, 2)]),
        ({7: 7}, [(7,)]),
        ({1: 2, 2: 1, 3: 4, 4: 3, 5: 1}, [(1, 2), (3, 4)]),
        ({2: 9, 3: 2}, []),
    ],
)
def test_loops(upstream: dict[int, int | None], found: list[tuple[int, ...]]) -> None:
    assert loops(upstream) == found


def test_unsupplied() -> None:
    assert unsupplied(TREE, {1}) == {5, 6}
    assert unsupplied(LOOP, {5}) == {1, 2, 3, 4}


graphs = st.dictionaries(st.integers(1, 12), st.none() | st.integers(1, 14), max_size=12)


@given(graphs)
def test_against_brute_force(upstream: dict[int, int | None]) -> None:
    circles = loops(upstream)
    within = {section for circle in circles for section in circle}
    assert len(within) == sum(map(len, circles))
    for section, above in upstream.items():
        here, steps = above, 0
        while here is not None and here in upstream and here != section and steps < 20:
            here, steps = upstream[here], steps + 1
        assert (section in within) == (here == section)
        behind = below([section], upstream)
        assert len(behind) == len(set(behind))
        assert set(behind) == {one for one in upstream if section in walk_up(one, upstream).sections}
    roots = {one for one, above in upstream.items() if above is None}
    fed = {one for one in upstream if walk_up(one, upstream).end is End.ROOT}
    assert unsupplied(upstream, roots) == set(upstream) - fed
