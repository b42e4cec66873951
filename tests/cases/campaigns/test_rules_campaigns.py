"""The machine cell by cell, baselines and effects."""

from datetime import date

import pytest

from longzhong.cases.campaigns.rules import MACHINE, Basis, Effect, State, baseline, effect_of, length, reached
from longzhong.cases.complaints.rules.intervals import ratio
from longzhong.kit.errors import Refused

OPEN = {
    "edit": {"draft": "draft"},
    "start": {"draft": "running"},
    "add_measure": {"draft": "draft", "running": "running"},
    "done_measure": {"running": "running", "ended": "ended"},
    "extend": {"running": "running", "ended": "running"},
    "end": {"running": "ended"},
    "judge": {"ended": "judged"},
    "cancel": {"draft": "cancelled", "running": "cancelled"},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(OPEN))
def test_every_cell_of_the_table(verb: str, state: State) -> None:
    if state in OPEN[verb]:
        assert MACHINE.move(verb, state).target == OPEN[verb][state]
    else:
        with pytest.raises(Refused) as refused:
            MACHINE.move(verb, state)
        assert refused.value.code == "wrong_state"


@pytest.mark.parametrize(
    ("first", "last", "basis", "expected"),
    [
        (date(2026, 7, 1), date(2026, 7, 31), Basis.BEFORE, (date(2026, 5, 31), date(2026, 6, 30))),
        (date(2026, 7, 1), date(2026, 7, 1), Basis.BEFORE, (date(2026, 6, 30), date(2026, 6, 30))),
        (date(2026, 7, 1), date(2026, 7, 31), Basis.YEAR, (date(2025, 7, 1), date(2025, 7, 31))),
        (date(2028, 2, 29), date(2028, 3, 10), Basis.YEAR, (date(2027, 2, 28), date(2027, 3, 10))),
    ],
)
def test_the_days_of_the_baseline(first: date, last: date, basis: Basis, expected: tuple[date, date]) -> None:
    assert baseline(first, last, basis) == expected
    if basis is Basis.BEFORE:
        assert length(*expected) == length(first, last)


@pytest.mark.parametrize(
    ("now", "before", "effect"),
    [(19, 48, Effect.LESS), (8, 10, Effect.SAME), (48, 19, Effect.MORE), (0, 0, Effect.UNKNOWN), (0, 3, Effect.SAME)],
)
def test_an_effect_is_only_what_chance_cant_do(now: int, before: int, effect: Effect) -> None:
    assert effect_of(ratio(now, 30, before, 30)) is effect


@pytest.mark.parametrize(("now", "target", "met"), [(29, 40, True), (31, 40, False), (30, 40, True)])
def test_the_target_is_a_fall_of_the_daily_rate(now: int, target: float, met: bool) -> None:
    assert reached(ratio(now, 30, 50, 30), target) is met
    assert reached(None, target) is None
