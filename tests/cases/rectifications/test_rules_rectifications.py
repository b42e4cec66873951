"""The machine cell by cell; turns, rounds, and lists of parts."""

import pytest

from longzhong.cases.rectifications.rules import (
    LIVE,
    MACHINE,
    Order,
    Part,
    Resign,
    Sign,
    Slot,
    State,
    flaw,
    is_complete,
    kept,
    turns,
)
from longzhong.kit.errors import Refused

D, S, R, F, N, C, X = (
    "drafting", "signing", "rectifying", "done", "not_effective", "closed", "superseded",
)  # fmt: skip
OPEN = {
    "edit": {D: D},
    "add_measure": {D: D, N: N},
    "drop_measure": {D: D, N: N},
    "submit": {D: S},
    "sign": {S: S},
    "begin": {S: R},
    "refuse": {S: D},
    "delegate": {S: S},
    "prove": {R: R},
    "finish": {R: F},
    "return_proof": {R: R, F: R},
    "revisit": {R: R, F: F},
    "effective": {F: C},
    "not_effective": {F: N},
    "again": {N: R},
    "supersede": {D: X, S: X, R: X, F: X, N: X, C: X},
    "reopen": {X: D, C: D},
}


def test_the_table_has_no_other_verb() -> None:
    assert {row.verb for row in MACHINE.moves} == set(OPEN)
    assert set(State) - set(LIVE) == {State.CLOSED, State.SUPERSEDED}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(OPEN))
def test_every_cell_of_the_table(verb: str, state: State) -> None:
    if state in OPEN[verb]:
        assert MACHINE.move(verb, state).target == OPEN[verb][state]
    else:
        with pytest.raises(Refused) as refused:
            MACHINE.move(verb, state)
        assert refused.value.code == "wrong_state"


L, W, G = Sign.LATER, Sign.WAITING, Sign.SIGNED


@pytest.mark.parametrize(
    ("states", "order", "expected"),
    [
        ([L, L, L], Order.PARALLEL, [0, 1, 2]),
        ([G, L, L], Order.PARALLEL, [1, 2]),
        ([W, W], Order.PARALLEL, []),
        ([L, L, L], Order.ORDERED, [0]),
        ([W, L, L], Order.ORDERED, []),
        ([G, L, L], Order.ORDERED, [1]),
        ([L, G, L], Order.ORDERED, [0]),
        ([G, G, G], Order.ORDERED, []),
        ([], Order.ORDERED, []),
    ],
)
def test_whose_turn_it_is(states: list[Sign], order: Order, expected: list[int]) -> None:
    assert turns(states, order) == expected


@pytest.mark.parametrize(("states", "complete"), [([G, G], True), ([G, W], False), ([G, L], False), ([], False)])
def test_all_have_signed(states: list[Sign], complete: bool) -> None:
    assert is_complete(states) is complete


ONE, TWO, THREE = Part(1, "station"), Part(2, "dept"), Part(3, "quality")
BEFORE = [Slot(ONE, Sign.SIGNED), Slot(TWO, Sign.REFUSED), Slot(THREE, Sign.DROPPED)]


@pytest.mark.parametrize(
    ("parts", "resign", "expected"),
    [
        ([ONE, TWO, THREE], Resign.ALL, [False, False, False]),
        ([ONE, TWO, THREE], Resign.REFUSER, [True, False, False]),
        ([TWO, ONE], Resign.REFUSER, [False, True]),
        ([Part(1, "leader"), TWO], Resign.REFUSER, [False, False]),  # another role of the unit is another part
    ],
)
def test_which_signatures_stand_after_a_refusal(parts: list[Part], resign: Resign, expected: list[bool]) -> None:
    assert kept(parts, BEFORE, resign) == expected


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([], "parts_missing"),
        ([ONE, ONE], "parts_wrong"),
        ([Part(n, "dept") for n in range(7)], "parts_wrong"),
        ([Part(n, "dept") for n in range(6)], None),
        ([Part(1, "leader"), Part(1, "quality")], None),
    ],
)
def test_a_list_of_parts_that_doesnt_hold(parts: list[Part], code: str | None) -> None:
    assert flaw(parts) == code
