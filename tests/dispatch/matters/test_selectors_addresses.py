"""Matters tied by label: the address of a page is read back to its noun, through its door."""

from collections.abc import Iterator

import pytest

from longzhong.dispatch.matters.rules.nouns import NOUNS, register_noun
from longzhong.dispatch.matters.selectors.addresses import Linked, linked, matter_at
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

WHO = Actor(user_id=1, staff_id=1, name="wang")
ALL = ("tests.kite", "tests.boat")


@pytest.fixture(autouse=True)
def nouns() -> Iterator[None]:
    register_noun("tests.kite", door=lambda _who, n: n < 10, title=lambda n: f"风筝 {n}", url=lambda n: f"/kites/{n}/")
    register_noun(
        "tests.boat", door=lambda _who, _n: True, title=lambda n: f"船 {n}", url=lambda n: f"/lake/1/boats/{n}/"
    )
    yield
    for prefix in ALL:
        NOUNS.pop(prefix)


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("tests.kite:7", "tests.kite:7"),
        ("/kites/7/", "tests.kite:7"),
        (" https://county.example/kites/7/?tab=2#top ", "tests.kite:7"),
        ("/kites/7/steps/", "tests.kite:7"),
        ("/lake/1/boats/12/", "tests.boat:12"),
        ("/kites/7", "tests.kite:7"),
    ],
)
def test_read(address: str, label: str) -> None:
    assert matter_at(WHO, address, ALL) == label


@pytest.mark.parametrize(
    "address", ["", "/kites/11/", "tests.kite:11", "/kites/", "tests.plane:1", "https://weibo.com/7/"]
)
def test_unknown_or_behind_a_closed_door(address: str) -> None:
    with pytest.raises(Refused, match="address_unknown"):
        matter_at(WHO, address, ALL)


def test_only_the_nouns_that_may_be_tied() -> None:
    with pytest.raises(Refused, match="address_unknown"):
        matter_at(WHO, "/kites/7/", ("tests.boat",))


def test_shown_by_title_or_only_by_number() -> None:
    assert linked(WHO, ["tests.kite:7", "tests.kite:11", "gone.noun:3"]) == [
        Linked("tests.kite:7", "风筝 7", "/kites/7/"),
        Linked("tests.kite:11", "（不在您的管辖范围内）11", ""),
        Linked("gone.noun:3", "gone.noun:3", ""),
    ]
