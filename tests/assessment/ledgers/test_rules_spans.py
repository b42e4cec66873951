"""Spans: what an address means, what comes before, and that a code is read back as it was written."""

from datetime import date

import pytest

from longzhong.assessment.ledgers.rules import Days, month_of, months_until, pareto, span_of
from longzhong.cases.complaints.rules.ledger import Tally, change, points

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "start", "until", "words"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 4, 1), "2026年3月"),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1), "2026年12月"),
        ("2017q1", date(2017, 1, 1), date(2017, 4, 1), "2017年第1季度"),
        ("2017Q4", date(2017, 10, 1), date(2018, 1, 1), "2017年第4季度"),
        ("2017", date(2017, 1, 1), date(2018, 1, 1), "2017年"),
        ("2026-03-01..2026-03-15", date(2026, 3, 1), date(2026, 3, 16), "2026-03-01 至 2026-03-15"),
    ],
)
def test_an_address_means_a_span_and_is_written_back(text: str, start: date, until: date, words: str) -> None:
    days = span_of(text, TODAY)
    assert (days.start, days.until, days.words) == (start, until, words)
    assert span_of(days.code, TODAY) == days


@pytest.mark.parametrize("text", ["", "x", "2026-13", "2026q5", "0", "2026-03-15..2026-03-01", "..", "99999"])
def test_what_cant_be_read_is_this_month(text: str) -> None:
    assert span_of(text, TODAY) == month_of(TODAY)


@pytest.mark.parametrize(
    ("text", "before", "year"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2026-01", "2025-12", "2025-01"),
        ("2017q2", "2017q1", "2016q2"),
        ("2017", "2016", "2016"),
        ("2026-03-08..2026-03-14", "2026-03-01..2026-03-07", "2025-03-08..2025-03-14"),
    ],
)
def test_the_span_before_and_that_of_the_year_before(text: str, before: str, year: str) -> None:
    days = span_of(text, TODAY)
    assert (days.before.code, days.year_before.code) == (before, year)


def test_the_leap_day_has_a_year_before() -> None:
    assert Days(date(2028, 2, 29), date(2028, 3, 1)).year_before == Days(date(2027, 2, 28), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("2028-02-01..2028-02-28", date(2027, 2, 1), date(2027, 3, 1)),  # ends before the leap day: no day is lost
        ("2028-02", date(2027, 2, 1), date(2027, 3, 1)),
        ("2029-02", date(2028, 2, 1), date(2028, 3, 1)),  # and the leap day of the year before is in its month
        ("2028-02-28..2028-03-01", date(2027, 2, 28), date(2027, 3, 2)),
        ("2028", date(2027, 1, 1), date(2028, 1, 1)),
    ],
)
def test_year_on_year_across_a_leap_day(text: str, start: date, until: date) -> None:
    assert span_of(text, TODAY).year_before == Days(start, until)


@pytest.mark.parametrize(
    ("text", "today", "before", "year"),
    [
        (
            "2026-11",
            date(2026, 11, 22),
            (date(2026, 10, 1), date(2026, 10, 23)),
            (date(2025, 11, 1), date(2025, 11, 23)),
        ),
        ("2026-11", date(2026, 11, 30), (date(2026, 10, 1), date(2026, 11, 1)), (date(2025, 11, 1), date(2025, 12, 1))),
        ("2026-03", date(2026, 3, 30), (date(2026, 2, 1), date(2026, 3, 1)), (date(2025, 3, 1), date(2025, 3, 31))),
        ("2028", date(2028, 2, 29), (date(2027, 1, 1), date(2027, 3, 2)), (date(2027, 1, 1), date(2027, 3, 1))),
        ("2028", date(2028, 2, 28), (date(2027, 1, 1), date(2027, 3, 1)), (date(2027, 1, 1), date(2027, 3, 1))),
        ("2026-10", date(2026, 11, 22), (date(2026, 9, 1), date(2026, 10, 1)), (date(2025, 10, 1), date(2025, 11, 1))),
        ("2027-01", date(2026, 11, 22), (date(2026, 12, 1), date(2027, 1, 1)), (date(2026, 1, 1), date(2026, 2, 1))),
    ],
)
def test_a_span_that_still_runs_is_held_against_as_many_days(
    text: str, today: date, before: tuple[date, date], year: tuple[date, date]
) -> None:
    assert span_of(text, today).against(today) == (Days(*before), Days(*year))


def test_thirteen_months_end_with_the_spans_own() -> None:
    months = months_until(span_of("2017q2", TODAY), 13)
    assert (months[0].code, months[-1].code, len(months)) == ("2016-06", "2017-06", 13)


def test_19_after_48_is_the_published_fall() -> None:
    """REFERENCE §1.7: 52 complaints, 19 upheld after appeal, 48 the year before: −60.42 %."""
    assert f"{change(19, 48):.4f}" == "-0.6042"
    assert change(3, 0) is None


def test_deyangs_share_fell_by_points() -> None:
    assert points(0.3921, 0.6842) == pytest.approx(-29.21)
    assert points(None, 0.5) is None


def test_tallies_add_up() -> None:
    both = Tally(3, 2, 2, 1, 1) + Tally(1, 1, 0, 0, 0)
    assert both == Tally(4, 3, 2, 1, 1)
    assert (both.raw_rate, both.final_rate, Tally().raw_rate) == (0.5, 0.25, None)


def test_the_vital_few_make_four_fifths() -> None:
    bars = pareto({"甲": 50, "乙": 30, "丙": 15, "丁": 5, "无": 0})
    assert [(bar.key, bar.head) for bar in bars] == [("甲", True), ("乙", True), ("丙", False), ("丁", False)]
    assert bars[1].running == pytest.approx(0.8)
    assert pareto({}) == []
