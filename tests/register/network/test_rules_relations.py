"""Dated relations go on: each case by id, and any run of moves against a diary."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longzhong.register.network.rules import EVER, Begin, Span, begin

TODAY = date(2026, 3, 2)
OLD, PAST, SOON, LATE = (TODAY + timedelta(n) for n in (-400, -9, 9, 20))
A, B, C = 1, 2, 3


@pytest.mark.parametrize(
    ("known", "target", "from_on", "step"),
    [
        pytest.param([], A, None, Begin(EVER), id="first, nobody said since when"),
        pytest.param([], A, PAST, Begin(PAST), id="first, since a day"),
        pytest.param([Span(1, A, OLD, None)], A, None, Begin(), id="as it is"),
        pytest.param([Span(1, A, OLD, None)], A, PAST, Begin(), id="as it was then"),
        pytest.param([Span(1, A, OLD, None)], B, None, Begin(TODAY, None, 1), id="moved today"),
        pytest.param([Span(1, A, OLD, None)], B, PAST, Begin(PAST, None, 1), id="moved, told late"),
        pytest.param([Span(1, A, OLD, None)], B, SOON, Begin(SOON, None, 1), id="moves later"),
        pytest.param([Span(1, A, OLD, PAST), Span(2, B, PAST, None)], A, PAST, Begin(PAST, None, 2), id="corrected"),
        pytest.param([Span(1, A, OLD, PAST), Span(2, B, PAST, None)], C, OLD, None, id="before a known move"),
        pytest.param([Span(1, A, OLD, PAST), Span(2, B, PAST, None)], A, OLD, Begin(), id="an old file says what was"),
        pytest.param([Span(1, A, OLD, SOON), Span(2, B, SOON, None)], A, None, Begin(), id="a move is planned"),
        pytest.param(
            [Span(1, A, OLD, SOON), Span(2, B, SOON, None)], C, None, Begin(TODAY, SOON, 1), id="until the plan"
        ),
        pytest.param([Span(1, A, PAST, None)], A, OLD, None, id="nothing is put before the first"),
        pytest.param(
            [Span(1, B, TODAY, TODAY), Span(2, A, TODAY, None)], B, None, Begin(TODAY, None, 2), id="back again"
        ),
    ],
)
def test_begin(known: list[Span], target: int, from_on: date | None, step: Begin | None) -> None:
    assert begin(known, target, from_on, TODAY) == step


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([A, B, C]), st.none() | st.integers(-8, 8)), max_size=14))
def test_one_target_a_day_whatever_comes(moves: list[tuple[int, int, int | None]]) -> None:
    spans: list[Span] = []
    today = TODAY
    for number, (wait, target, offset) in enumerate(moves):
        today += timedelta(wait)
        day = None if offset is None else today + timedelta(offset)
        before = {one: at(spans, one) for one in window()}
        step = begin(spans, target, day, today)
        if step is not None and step.from_on is not None:
            spans = [Span(s.id, s.target, s.from_on, step.from_on) if s.id == step.ends else s for s in spans]
            spans.append(Span(number, target, step.from_on, step.to_on))
        if step is not None and spans:
            first = step.from_on or day or today
            assert at(spans, first) == target
            assert all(at(spans, one) == before[one] for one in window() if one < first)
        else:
            assert {one: at(spans, one) for one in window()} == before


def window() -> list[date]:
    return [TODAY + timedelta(n) for n in range(-12, 110)]


def at(spans: list[Span], day: date) -> int | None:
    found = [span.target for span in spans if span.holds_on(day)]
    assert len(found) <= 1
    return found[0] if found else None
