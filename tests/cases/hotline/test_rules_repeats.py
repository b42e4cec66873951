"""Runs of calls, levels of oversight and what an urge leads to, cell by cell."""

from datetime import datetime, timedelta

import pytest

from longzhong.cases.hotline.rules.repeats import (
    LISTENING,
    RepeatLimits,
    UrgeLimits,
    current_run,
    is_dispatched,
    level_of,
    urge_words,
)
from tests.dispatch.make import MORNING

LIMITS = RepeatLimits()


def days(*numbers: int) -> list[datetime]:
    return [MORNING + timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(("calls", "level"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 3), (6, 3), (40, 3)])
def test_level_of(calls: int, level: int) -> None:
    assert level_of(calls, LIMITS) == level


@pytest.mark.parametrize(
    ("told", "now", "start"),
    [
        ((), 0, 0), ((0,), 0, 0), ((0, 30, 60), 60, 0), ((0, 31, 60), 60, 1), ((0, 10, 20), 51, 3), ((0, 10, 20), 50, 0),
        ((0, 31, 62), 62, 2),
    ],
)  # fmt: skip
def test_current_run(told: tuple[int, ...], now: int, start: int) -> None:
    assert current_run(days(*told), MORNING + timedelta(days=now), LIMITS) == start


@pytest.mark.parametrize(
    ("number", "within", "sent"),
    [(1, True, False), (1, False, True), (2, True, True), (2, False, True), (3, True, False), (3, False, False)],
)
def test_is_dispatched(number: int, within: bool, sent: bool) -> None:
    assert is_dispatched(number, within, UrgeLimits()) is sent
    assert urge_words(number, within, sent)


def test_policies_move_the_bounds() -> None:
    assert is_dispatched(3, False, UrgeLimits(most_n=3))
    assert not is_dispatched(2, True, UrgeLimits(dispatch_from_n=3))
    assert level_of(2, RepeatLimits(escalate_n=2)) == 1


def test_what_we_say_is_never_a_refusal_to_listen() -> None:
    assert "如实记下来" in LISTENING
    assert "单独受理" in LISTENING
