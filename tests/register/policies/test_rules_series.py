"""Changes follow what was: cuts of a series, and what a pack may still do. Each case by id."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longzhong.register.policies.rules import Cut, Entry, Held, cut_at, plan_series

TODAY = date(2026, 3, 2)
OLD, SOON, LATE = TODAY - timedelta(400), TODAY + timedelta(30), TODAY + timedelta(60)


def held(pk: int, from_on: date, to_on: date | None = None, value: int = 1, human: bool = False) -> Held:
    return Held(pk, value, "h", "src", "F", from_on, to_on, human)


def entry(value: int = 1, from_on: date = OLD) -> Entry:
    return Entry("k", value, "h", "src", "F", from_on=from_on)


@pytest.mark.parametrize(
    ("series", "from_on", "cut"),
    [
        pytest.param([], TODAY, Cut((), None), id="first"),
        pytest.param([held(1, OLD)], TODAY, Cut((1,), None), id="ends the open one"),
        pytest.param([held(1, OLD, SOON), held(2, SOON)], TODAY, Cut((1,), SOON), id="runs until the planned one"),
        pytest.param([held(1, OLD, SOON), held(2, SOON)], LATE, Cut((2,), None), id="after the planned one"),
        pytest.param([held(1, OLD, SOON), held(2, SOON)], SOON, Cut((2,), None), id="instead of the planned one"),
        pytest.param([held(1, OLD, TODAY), held(2, TODAY)], TODAY, Cut((2,), None), id="twice on one day"),
        pytest.param([held(1, OLD, SOON)], LATE, Cut((), None), id="after a gap"),
        pytest.param([held(1, SOON, SOON), held(2, OLD)], TODAY, Cut((2,), None), id="withdrawn ones don't count"),
    ],
)
def test_where_a_new_row_fits(series: list[Held], from_on: date, cut: Cut) -> None:
    assert cut_at(series, from_on) == cut


@pytest.mark.parametrize(
    ("entries", "series", "opens"),
    [
        pytest.param([entry(2, TODAY), entry(1)], [], [(OLD, 1), (TODAY, 2)], id="empty: the whole history"),
        pytest.param([entry(1)], [held(1, OLD)], [], id="same"),
        pytest.param([entry(2)], [held(1, OLD)], [(TODAY, 2)], id="new value: from today, not from its own day"),
        pytest.param([entry(1), entry(2, SOON)], [held(1, OLD)], [(SOON, 2)], id="planned"),
        pytest.param(
            [entry(1), entry(2, SOON)], [held(1, OLD, SOON), held(2, SOON, None, 2)], [], id="planned already"
        ),
        pytest.param(
            [entry(1), entry(3, SOON)], [held(1, OLD, SOON), held(2, SOON, None, 2)], [(SOON, 3)], id="replanned"
        ),
        pytest.param(
            [entry(5, OLD), entry(1, OLD + timedelta(9))], [held(1, OLD)], [], id="older history is left alone"
        ),
        pytest.param([entry(1, SOON)], [held(1, OLD, None, 7)], [(SOON, 1)], id="only future"),
    ],
)
def test_what_a_pack_opens(entries: list[Entry], series: list[Held], opens: list[tuple[date, int]]) -> None:
    plan = plan_series(entries, series, TODAY)
    assert [(day, one.value) for day, one in plan.opens] == opens
    assert not plan.kept_by_person


@pytest.mark.parametrize(
    "series",
    [
        pytest.param([held(1, OLD, TODAY), held(2, TODAY, None, 9, human=True)], id="present"),
        pytest.param([held(1, OLD, SOON), held(2, SOON, None, 9, human=True)], id="planned"),
    ],
)
def test_a_pack_never_overrides_a_person(series: list[Held]) -> None:
    plan = plan_series([entry(2), entry(3, LATE)], series, TODAY)
    assert plan.kept_by_person
    assert not plan.opens


def test_a_persons_past_change_binds_nobody() -> None:
    series = [held(1, OLD, TODAY - timedelta(9), 9, human=True), held(2, TODAY - timedelta(9))]
    assert [day for day, _entry in plan_series([entry(2)], series, TODAY).opens] == [TODAY]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=12))
def test_any_run_of_changes_leaves_one_value_a_day_and_the_past_as_it_was(changes: list[tuple[int, int]]) -> None:
    """Days go on while changes for today or later come in; an oracle remembers what each past day was judged by."""
    rows: list[Held] = [held(0, OLD)]
    judged: dict[date, int] = {}
    today = TODAY
    for number, (wait, ahead) in enumerate(changes, 1):
        for _ in range(wait):
            judged[today] = on(rows, today)
            today += timedelta(1)
        cut = cut_at(rows, today + timedelta(ahead))
        closed = set(cut.closes)
        rows = [
            Held(
                r.id,
                r.value,
                r.measure,
                r.source,
                r.confidence,
                r.from_on,
                today + timedelta(ahead) if r.id in closed else r.to_on,
            )
            for r in rows
        ]
        rows.append(held(number, today + timedelta(ahead), cut.to_on, number))
    assert {day: on(rows, day) for day in judged} == judged
    assert all(isinstance(on(rows, today + timedelta(n)), int) for n in range(40))


def on(rows: list[Held], day: date) -> int:
    running = [r.value for r in rows if r.from_on <= day and (r.to_on is None or day < r.to_on)]
    assert len(running) == 1
    return running[0]  # type: ignore[return-value]
