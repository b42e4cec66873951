"""A machine is its table."""

from collections.abc import Iterator
from enum import StrEnum

import pytest

from longzhong.kit.errors import Refused
from longzhong.kit.machine import MACHINES, Machine, Move


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"


@pytest.fixture
def lamp() -> Iterator[Machine]:
    moves = (
        Move("light", (Lamp.OFF,), Lamp.ON, roles=("keeper",), label="点亮"),
        Move("quench", (Lamp.ON,), Lamp.OFF, roles=("keeper", "guest"), label="熄灭"),
    )
    yield Machine("test.lamp", Lamp, moves)
    del MACHINES["test.lamp"]


def test_a_move_is_found_by_verb_and_state(lamp: Machine) -> None:
    assert lamp.move("light", "off").target is Lamp.ON


def test_a_verb_in_the_wrong_state_is_refused_in_words(lamp: Machine) -> None:
    with pytest.raises(Refused, match="点亮") as refusal:
        lamp.move("light", "on")
    assert refusal.value.code == "wrong_state"


def test_moves_are_offered_by_role(lamp: Machine) -> None:
    assert [move.verb for move in lamp.moves_from("on", {"guest"})] == ["quench"]
    assert lamp.moves_from("off", {"guest"}) == ()


def test_the_drawing_is_the_table(lamp: Machine) -> None:
    assert lamp.drawing().splitlines() == ["stateDiagram-v2", "    off --> on: light", "    on --> off: quench"]
