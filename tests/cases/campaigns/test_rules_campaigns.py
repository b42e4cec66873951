"""The machine cell by cell, baselines and effects."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from longzhong.cases.campaigns.rules import (
    DOUBT_LABELS,
    MACHINE,
    Basis,
    Doubt,
    Effect,
    Grounds,
    Reached,
    State,
    baseline,
    doubts,
    effect_of,
    length,
    reached,
)
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


@pytest.mark.parametrize(
    ("now", "before", "target", "met"),
    [
        (29, 50, 40, Reached.YES),
        (30, 50, 40, Reached.YES),
        (31, 50, 40, Reached.NO),
        (60, 50, 40, Reached.NO),
        (3, 5, 40, Reached.CHANCE),  # 40 % less, and nobody could tell it from chance
        (0, 3, 40, Reached.CHANCE),
        (0, 9, 40, Reached.YES),
        (0, 0, 40, Reached.UNKNOWN),
    ],
)
def test_the_target_is_a_fall_that_chance_doesnt_make(now: int, before: int, target: float, met: Reached) -> None:
    assert reached(ratio(now, 30, before, 30), target) is met


SINCE = date(2025, 1, 1)
GOOD = Grounds(
    before=False,
    events=67,
    base_from=date(2025, 7, 1),
    since=SINCE,
    rate=ratio(19, 30, 48, 30),
    other=ratio(50, 30, 50, 30),
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ()),
        ({"before": True}, (Doubt.PEAK, Doubt.SEASON)),
        ({"events": 19}, (Doubt.SMALL,)),
        ({"events": 20}, ()),
        ({"events": 20, "least": 21}, (Doubt.SMALL,)),
        ({"since": date(2025, 7, 2)}, (Doubt.YOUNG,)),
        ({"since": date(2025, 7, 1)}, ()),
        ({"since": None}, (Doubt.YOUNG,)),
        ({"other": ratio(20, 30, 50, 30)}, (Doubt.COMMON,)),  # everything fell as much
        ({"other": ratio(900, 30, 1100, 30)}, ()),  # all fell a little, this by far more
        ({"other": None}, ()),
        ({"rate": ratio(40, 30, 48, 30), "other": ratio(20, 30, 50, 30)}, ()),  # no effect, nothing to doubt
        ({"rate": None, "events": 0, "before": True}, (Doubt.PEAK, Doubt.SEASON, Doubt.SMALL)),
    ],
)
def test_what_has_to_be_said_beside_an_effect(changes: dict[str, Any], said: tuple[Doubt, ...]) -> None:
    assert doubts(replace(GOOD, **changes)) == said
    assert all(DOUBT_LABELS[one] for one in said)


def test_a_peak_falls_by_itself() -> None:
    """Regression to the mean, by simulation: forty units with the same true rate for ever; who had most is put right by nobody.
    Against the days before, the exact test finds a significant fall far more often than the one in forty that it promises; against
    an independent year it doesn't. That is why the form offers the year before, and the other basis carries a warning.
    """
    rng = np.random.default_rng(20260302)
    peak, year, rounds = 0, 0, 400
    for _round in range(rounds):
        before, last, after = (rng.poisson(8.0, 40) for _span in range(3))
        worst = int(before.argmax())
        peak += effect_of(ratio(int(after[worst]), 30, int(before[worst]), 30)) is Effect.LESS
        year += effect_of(ratio(int(after[worst]), 30, int(last[worst]), 30)) is Effect.LESS
    assert peak > 0.1 * rounds
    assert year < 0.04 * rounds
    assert doubts(replace(GOOD, before=True))[0] is Doubt.PEAK
