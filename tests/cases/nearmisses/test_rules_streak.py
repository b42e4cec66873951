"""The zero-complaint record, cell by cell, and against a day-by-day count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.cases.nearmisses.rules import Mark, MarkKind, Span, Standing, kind_of_type, means_words, streak

TODAY = date(2026, 3, 2)
LONG = Span(date(2012, 3, 2), None)


def complaint(day: date, standing: Standing = Standing.OPEN) -> Mark:
    return Mark(day, MarkKind.COMPLAINT, standing)


def test_fourteen_years_without_a_complaint() -> None:
    found = streak([LONG], [], TODAY)
    assert (found.since, found.years, found.months, found.words) == (date(2012, 3, 2), 14, 0, "14年")
    assert (found.days, found.gap_days, found.in_service, found.broken_on) == (
        (TODAY - LONG.from_on).days + 1,
        0,
        True,
        None,
    )


@pytest.mark.parametrize(
    ("standing", "breaks"),
    [(Standing.OPEN, True), (Standing.UPHELD, True), (Standing.DISMISSED, False), (Standing.WITHDRAWN, False)],
)
def test_only_complaints_that_stand_break_it(standing: Standing, breaks: bool) -> None:
    found = streak([LONG], [complaint(date(2025, 3, 1), standing)], TODAY)
    assert found.since == (date(2025, 3, 2) if breaks else LONG.from_on)
    assert found.words == ("1年" if breaks else "14年")


@pytest.mark.parametrize("kind", [MarkKind.PRAISE, MarkKind.AVERTED])
def test_praise_and_near_misses_never_break_it(kind: MarkKind) -> None:
    assert streak([LONG], [Mark(date(2025, 3, 1), kind, Standing.OPEN)], TODAY).since == LONG.from_on


def test_who_moves_keeps_everything() -> None:
    moved = [Span(date(2012, 3, 2), date(2020, 1, 1)), Span(date(2020, 1, 1), None)]
    assert streak(moved, [], TODAY) == streak([LONG], [], TODAY)


def test_a_gap_is_left_out_not_the_years_before() -> None:
    found = streak([Span(date(2024, 1, 1), date(2024, 7, 1)), Span(date(2025, 1, 1), None)], [], date(2025, 1, 31))
    assert (found.days, found.gap_days, found.since) == (182 + 31, 184, date(2024, 1, 1))
    assert found.words == "6个月"  # 213 days


def test_who_left_stands_still_on_the_last_day() -> None:
    found = streak([Span(date(2024, 1, 1), date(2025, 1, 1))], [], TODAY)
    assert (found.days, found.words, found.in_service) == (366, "1年", False)


def test_a_complaint_after_they_left_leaves_nothing() -> None:
    found = streak([Span(date(2024, 1, 1), date(2025, 1, 1))], [complaint(date(2025, 6, 1))], TODAY)
    assert (found.days, found.words, found.since) == (0, "0天", date(2025, 6, 2))


def test_nobody_without_a_post_has_one() -> None:
    found = streak([], [complaint(date(2025, 1, 1))], TODAY)
    assert (found.since, found.days, found.words, found.service_days) == (None, 0, "–", 0)
    assert streak([Span(date(2027, 1, 1), None)], [], TODAY).since is None


DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(1, 400)), max_size=4), st.lists(DAYS, max_size=3))
def test_it_counts_as_one_counts_on_fingers(posts: list[tuple[date, int]], complaints: list[date]) -> None:
    today = date(2021, 12, 31)
    spans = [Span(first, first + timedelta(days=days)) for first, days in posts]
    found = streak(spans, [complaint(day) for day in complaints], today)
    last = max((day for day in complaints if day <= today), default=date(2019, 1, 1))
    each = (last + timedelta(days=n) for n in range(1, (today - last).days + 1))
    assert found.days == sum(any(one.from_on <= day < (one.to_on or day) for one in spans) for day in each)


@pytest.mark.parametrize(
    ("case_type", "kind"),
    [("complaint", MarkKind.COMPLAINT), ("praise", MarkKind.PRAISE), ("repair", None), ("opinion", None), ("report", None),
     ("enquiry", None), ("suggestion", None), ("application", None), ("query", None), ("other", None)],
)  # fmt: skip
def test_which_cases_leave_a_mark(case_type: str, kind: MarkKind | None) -> None:
    assert kind_of_type(case_type) == kind


def test_means_are_told_in_the_table_order() -> None:
    assert means_words(["helped", "explained"]) == "耐心解释、义务帮办"
