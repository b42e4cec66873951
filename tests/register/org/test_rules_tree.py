"""The unit tree, stand-ins and masking, cell by cell."""

import pytest

from longzhong.register.org.rules import UnitKind
from longzhong.register.org.rules.masking import masked_phone
from longzhong.register.org.rules.tree import (
    MAY_STAND_UNDER,
    acting,
    fits,
    ids_of,
    in_tree_order,
    is_within,
    makes_circle,
    path_under,
)

K = UnitKind


@pytest.mark.parametrize(
    ("kind", "parent", "may"),
    [
        (K.PROVINCE, None, True),
        (K.COUNTY, None, True),
        (K.STATION, None, False),
        (K.TEAM, None, False),
        (K.CITY, K.PROVINCE, True),
        (K.PROVINCE, K.CITY, False),
        (K.COUNTY, K.CITY, True),
        (K.STATION, K.COUNTY, True),
        (K.STATION, K.STATION, False),
        (K.TEAM, K.STATION, True),
        (K.TEAM, K.TEAM, False),
        (K.DEPARTMENT, K.COUNTY, True),
        (K.DEPARTMENT, K.STATION, False),
        (K.OFFICE, K.COUNTY, True),
    ],
)
def test_which_kind_stands_under_which(kind: UnitKind, parent: UnitKind | None, may: bool) -> None:
    assert fits(kind, parent) is may


def test_the_table_of_kinds_has_no_circle() -> None:
    order: list[UnitKind] = []
    while len(order) < len(K):
        ready = [kind for kind in K if kind not in order and MAY_STAND_UNDER[kind] <= set(order)]
        assert ready
        order += ready


def test_paths() -> None:
    assert path_under(None, 1) == "/1/"
    assert path_under("/1/", 12) == "/1/12/"
    assert ids_of("/1/12/") == [1, 12]
    assert is_within("/1/12/", "/1/")
    assert not is_within("/12/", "/1/")


def test_parents_come_before_children_and_circles_are_left_out() -> None:
    order = in_tree_order({"c": "b", "b": "a", "a": None, "x": "y", "y": "x", "z": "x", "k": "elsewhere"})
    assert set(order) == {"a", "b", "c", "k"}
    assert order.index("a") < order.index("b") < order.index("c")


@pytest.mark.parametrize(
    ("pairs", "acts"),
    [({}, 1), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({1: 2, 2: 1}, None), ({2: 3}, 1)],
)
def test_who_acts(pairs: dict[int, int], acts: int | None) -> None:
    assert acting(1, pairs) == acts


def test_a_circle_of_stand_ins() -> None:
    assert makes_circle(1, 2, [(2, 1)])
    assert makes_circle(1, 2, [(2, 3), (3, 1)])
    assert not makes_circle(1, 2, [(2, 3)])


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("18049531999", "180****1999"), ("09157518479", "0915*****79"), ("95598", "*****"), ("", "")],
)
def test_phones_are_masked_as_the_reference_says(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown
