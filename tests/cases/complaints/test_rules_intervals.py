"""Intervals against exact values computed elsewhere (scipy), and who may be ranked."""

import pytest
from scipy import stats

from longzhong.cases.complaints.rules.intervals import Interval, events, per, places, ratio, share


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 1), (3, 10), (19, 52), (26, 38), (20, 51), (500, 1000)])
def test_a_share_has_wilsons_interval(part: int, whole: int) -> None:
    exact = stats.binomtest(part, whole).proportion_ci(method="wilson")
    made = share(part, whole)
    assert made is not None
    assert made.value == part / whole
    assert (made.low, made.high) == pytest.approx((exact.low, exact.high), abs=1e-9)


def test_a_share_of_nothing_is_unknown() -> None:
    assert share(0, 0) is None


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 19, 52, 400])
def test_a_count_has_the_exact_interval(count: int) -> None:
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    made = events(count)
    assert made.value == count
    assert made.low == pytest.approx(low, rel=1e-9)
    assert made.high == pytest.approx(high, rel=1e-9)


def test_per_ten_thousand_customers_scales_the_interval() -> None:
    made = per(19, 205_000)
    assert made is not None
    assert made.value == pytest.approx(19 / 20.5)
    assert made.low < made.value < made.high
    assert per(3, 0) is None


def test_the_places_of_numbers_that_dont_overlap_are_their_ranks() -> None:
    far = [Interval(1, 0.9, 1.1), Interval(3, 2.9, 3.1), Interval(2, 1.9, 2.1)]
    assert places(far) == [(1, 1), (3, 3), (2, 2)]


def test_small_numbers_have_everybodys_place() -> None:
    small = [events(count).times(1.0) for count in (1, 3, 2)]
    assert places(small) == [(1, 3)] * 3


def test_who_has_no_customers_has_no_place() -> None:
    assert places([None, Interval(1, 0.9, 1.1), Interval(5, 4, 6)]) == [None, (1, 1), (2, 2)]


def test_overlapping_neighbours_share_a_range() -> None:
    assert places([Interval(1, 0.5, 1.5), Interval(2, 1.4, 2.6), Interval(9, 8, 10)]) == [(1, 2), (1, 2), (3, 3)]


@pytest.mark.parametrize(("now", "before"), [(19, 48), (0, 3), (3, 0), (1, 1), (30, 60), (200, 190)])
def test_the_ratio_of_two_rates_has_clopper_and_pearsons_interval(now: int, before: int) -> None:
    exact = stats.binomtest(now, now + before).proportion_ci(method="exact")
    made = ratio(now, 30, before, 60)
    assert made is not None
    assert made.low == pytest.approx(exact.low / (1 - exact.low) * 2)
    if before:
        assert made.value == pytest.approx(now / before * 2)
        assert made.high == pytest.approx(exact.high / (1 - exact.high) * 2)
    else:
        assert made.high == float("inf")


def test_two_empty_spans_cant_be_compared() -> None:
    assert ratio(0, 30, 0, 30) is None
    assert ratio(3, 0, 3, 30) is None
