"""Every cell of the three machines, from the table; and what the state of the customer's case means."""

import pytest

from longzhong.cases.complaints.rules import DONE, LIVE, MACHINES, UNSETTLES, Kind, State
from longzhong.cases.complaints.rules.following import wanted
from longzhong.cases.hotline.rules.machine import State as Case
from longzhong.kit.errors import Refused

VERBS = sorted({row.verb for machine in MACHINES.values() for row in machine.moves})
A, D, I, R, V, C, N, X, W, O = (  # noqa: E741
    State.ACCEPTED, State.DISPATCHED, State.INVESTIGATING, State.REPLIED, State.REVIEWED, State.DECIDED, State.ANSWERED,
    State.CLOSED, State.WITHDRAWN, State.VOID,
)  # fmt: skip
COMMON = {
    "dispatch": {A: D},
    "redispatch": {D: D, I: D},
    "refuse": {D: A, I: A},
    "regrade": {A: A, D: D, I: I, R: R, V: V},
    "name": {A: A, D: D, I: I, R: R, V: V},
    "hide": {A: A, D: D, I: I, R: R, V: V, C: C, N: N},
    "contact": {D: I, I: I},
    "find": {I: I},
    "reply": {I: R},
    "return": {R: I},
    "pass": {R: V},
    "send_back": {V: R},
    "answer": {C: N},
    "close": {N: X},
    "come_back": {N: I, X: I, W: I},
    "withdraw": {A: W, D: W, I: W, R: W, V: W},
    "void": {A: O, D: O, I: O, R: O, V: O, C: O, N: O},
}
EXPECTED = {
    Kind.COMPLAINT: {**COMMON, "decide": {V: C}},
    Kind.REPORT: {**COMMON, "decide": {V: C}},
    Kind.OPINION: {**COMMON, "decide": {}, "answer": {V: N}},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", Kind)
def test_every_cell(kind: Kind, verb: str, state: State) -> None:
    target = EXPECTED[kind][verb].get(state)
    if target is None:
        with pytest.raises(Refused, match=r"^wrong_state: "):
            MACHINES[kind].move(verb, state)
    else:
        assert MACHINES[kind].move(verb, state).target is target


def test_the_table_knows_no_other_verbs() -> None:
    assert set(VERBS) == set(EXPECTED[Kind.COMPLAINT])
    assert set(LIVE) | set(DONE) == set(State)


FOLLOWED = {
    (A, Case.VOID): "void", (D, Case.VOID): "void", (N, Case.VOID): "void",
    (N, Case.CLOSED): "close", (N, Case.FINAL): "close",
    (N, Case.HANDLING): "come_back", (X, Case.HANDLING): "come_back", (W, Case.HANDLING): "come_back",
    (D, Case.TAKEN): "refuse", (I, Case.TAKEN): "refuse",
    (I, Case.VOID): "void", (R, Case.VOID): "void", (V, Case.VOID): "void", (C, Case.VOID): "void",
}  # fmt: skip


@pytest.mark.parametrize("case", Case)
@pytest.mark.parametrize("state", State)
def test_what_the_case_means(state: State, case: Case) -> None:
    assert wanted(state, case) == FOLLOWED.get((state, case), "")


def test_a_verdict_is_unsettled_by_these_verbs_and_no_other() -> None:
    assert frozenset({"come_back", "void"}) == UNSETTLES
