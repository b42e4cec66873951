"""The rules of estate transfers, cell by cell."""

from datetime import date

import pytest

from longzhong.cases.transfers.rules import LIVE, MACHINE, ROAD, DefectState, State, all_verified, is_overdue
from longzhong.kit.errors import Refused

S, D, R, A, C, H, Q, X = (
    State.SURVEY, State.DEFECTS, State.RECTIFYING, State.ACCEPTANCE, State.CONTRACT, State.HANDED_OVER, State.DISPUTED,
    State.STOPPED,
)  # fmt: skip
TABLE = {
    "add_defect": {S: S, D: D, R: R},
    "list_defects": {S: D},
    "clear": {S: A},
    "notify": {D: R},
    "fix": {R: R},
    "verify": {R: R},
    "unfix": {R: R},
    "submit": {R: A},
    "fail": {A: R},
    "accept": {A: C},
    "hand_over": {C: H},
    "dispute": dict.fromkeys(ROAD, Q),
    "settle_survey": {Q: S},
    "settle_rectify": {Q: R},
    "settle_accept": {Q: A},
    "settle_handed": {Q: H},
    "stop": dict.fromkeys(LIVE, X),
    "restart": {X: S},
    "attach": {one: one for one in (*LIVE, H)},
    "tie": {one: one for one in LIVE},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(TABLE))
def test_every_cell_of_the_machine(verb: str, state: State) -> None:
    if state in TABLE[verb]:
        assert MACHINE.move(verb, state).target is TABLE[verb][state]
    else:
        with pytest.raises(Refused):
            MACHINE.move(verb, state)


def test_the_table_has_no_other_verb() -> None:
    assert {row.verb for row in MACHINE.moves} == set(TABLE)


O, F, V = DefectState.OPEN, DefectState.FIXED, DefectState.VERIFIED  # noqa: E741


@pytest.mark.parametrize(
    ("states", "done"), [((), True), ((V, V), True), ((V, F), False), ((O,), False), ((F,), False), ((V, O), False)]
)
def test_nothing_is_left_to_put_right(states: tuple[str, ...], done: bool) -> None:
    assert all_verified(states) is done


@pytest.mark.parametrize(
    ("state", "day", "overdue"),
    [(O, 10, False), (O, 11, True), (O, 9, False), (F, 11, False), (V, 11, False)],
)
def test_overdue_after_its_day(state: DefectState, day: int, overdue: bool) -> None:
    assert is_overdue(state, date(2026, 3, 10), date(2026, 3, day)) is overdue
