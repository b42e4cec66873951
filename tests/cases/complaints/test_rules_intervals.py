"""Intervals against exact values computed elsewhere (scipy), and who may be ranked."""

from math import comb, exp, factorial, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from longzhong.cases.complaints.rules.intervals import Interval, events, gap, per, places, ratio, share


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


def below_or_at(count: int, mean: float) -> float:
    """P(at most so many events), summed term by term."""
    return sum(exp(-mean) * mean**k / factorial(k) for k in range(count + 1))


@pytest.mark.parametrize("count", [0, 1, 2, 5, 19, 52])
def test_the_ends_of_a_counts_interval_leave_a_fortieth_outside(count: int) -> None:
    """Independent of any library's inverse: the sums themselves."""
    made = events(count)
    assert below_or_at(count, made.high) == pytest.approx(0.025)
    if count:
        assert 1 - below_or_at(count - 1, made.low) == pytest.approx(0.025)
    else:
        assert made.low == 0.0


@pytest.mark.parametrize(("now", "before"), [(0, 5), (1, 9), (19, 48), (6, 0)])
def test_the_ends_of_a_ratios_interval_leave_a_fortieth_outside(now: int, before: int) -> None:
    made, n = ratio(now, 1, before, 1), now + before
    assert made is not None

    def tail(odds: float, first: int, last: int) -> float:
        p = odds / (1 + odds)
        return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(first, last + 1))

    if now:
        assert tail(made.low, now, n) == pytest.approx(0.025)
    if before:
        assert tail(made.high, 0, now) == pytest.approx(0.025)
    assert (made.low == 0.0, made.high == inf) == (now == 0, before == 0)


@pytest.mark.parametrize("whole", [1, 2, 7, 52])
def test_shares_of_none_and_of_all_are_no_certainties(whole: int) -> None:
    """At 0 and n Wilson's ends are z²/(n+z²) away from the edge, in closed form."""
    edge = 1.959963984540054**2 / (whole + 1.959963984540054**2)
    none, everything = share(0, whole), share(whole, whole)
    assert none is not None and everything is not None
    assert (none.low, none.high) == (0.0, pytest.approx(edge))
    assert (everything.low, everything.high) == (pytest.approx(1 - edge), 1.0)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0),
     ((0, 10), (0, 20), -0.1611, 0.2775)],
)  # fmt: skip
def test_a_shares_move_has_newcombes_published_interval(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10."""
    made = gap(*now, *before)
    assert made is not None
    assert (made.low, made.high) == pytest.approx((low, high), abs=5e-5)
    assert gap(1, 1, 0, 0) is None and gap(0, 0, 1, 1) is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), min_size=2, max_size=9))
def test_places_agree_with_each_other(units: list[tuple[int, int]]) -> None:
    """Whoever is surely better has both places before the other's; everybody's true place may be among theirs."""
    rates = [per(count, customers * 1000) for count, customers in units]
    found = places(rates)
    order = sorted(range(len(units)), key=lambda n: rates[n].value if rates[n] else 0)  # type: ignore[union-attr]
    for rank, n in enumerate(order, start=1):
        best, worst = found[n] or (0, 0)
        assert 1 <= best <= rank <= worst <= len(units)
    for n, mine in enumerate(rates):
        for m, its in enumerate(rates):
            if mine and its and mine.high < its.low:
                assert found[n] < found[m] and (found[n] or (0, 0))[1] <= (found[m] or (0, 0))[1]  # type: ignore[operator]
