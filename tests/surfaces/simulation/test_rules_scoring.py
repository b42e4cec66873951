"""Recall and precision are counted, and every miss is explained, from figures alone."""

from datetime import date, timedelta

import pytest

from longzhong.surfaces.simulation.rules.faults import Fault, FaultKind
from longzhong.surfaces.simulation.rules.scoring import Need, Seen, Truth, explain, most_in_window, score, why_words

FIRST, LAST = date(2026, 8, 6), date(2026, 8, 31)
NEED = Need(grid_days=3, meter_days=2, window=7)


def days(*offsets: int) -> frozenset[date]:
    return frozenset(FIRST + timedelta(days=n) for n in offsets)


def fault(kind: FaultKind = FaultKind.OVERLOAD, area: int = 1, customer: int = -1, from_day: date = FIRST) -> Fault:
    return Fault(1, kind, area, customer, from_day, 2.0, 1.1)


def truth(
    shown: frozenset[date] = frozenset(),
    *,
    broken: frozenset[date] = frozenset(),
    mended: frozenset[date] = frozenset(),
) -> Truth:
    over = {
        kind: {1: shown if kind == "overload" else frozenset()}
        for kind in ("overload", "heavy_load", "low_voltage", "unbalance")
    }
    level = {kind: {1: {FIRST: 0.9}} for kind in over}
    return Truth(level, over, {1: broken}, {}, {1: mended}, 31.0)


def alert(
    kind: str, area: int = 1, customer: int = -1, *, quality: bool = False, first: date = FIRST + timedelta(days=4)
) -> Seen:
    return Seen(area, customer, kind, first, first, quality)


@pytest.mark.parametrize(
    ("shown", "mended", "from_day", "why"),
    [
        (days(), days(), FIRST, "never_beyond_limit"),
        (days(0, 9, 18), days(), FIRST, "below_persistence"),
        (days(0, 1), days(), LAST - timedelta(days=1), "too_recent"),
        (days(0, 1), days(2), FIRST, "mended_early"),
        (days(0, 1, 2, 3), days(), FIRST, "not_detected"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_miss_has_its_reason(shown: frozenset[date], mended: frozenset[date], from_day: date, why: str) -> None:
    miss = explain(fault(from_day=from_day), truth(shown, mended=mended), NEED, LAST)
    assert miss.why == why
    assert why_words(miss)


def test_an_alert_of_the_area_and_kind_finds_a_grid_fault() -> None:
    scores, misses, false = score([fault()], [alert("heavy_load")], truth(days(1, 2, 3)), NEED, LAST)
    one = scores[0]
    assert (one.injected, one.found, one.recall, one.precision, misses, false) == (1, 1, 1.0, 1.0, [], [])
    assert one.days_to_alert == [4]


def test_an_alert_beyond_the_table_is_a_side_effect_only_if_the_physics_says_so() -> None:
    confirmed = truth(days(1, 2, 3))
    _scores, _misses, false = score([], [alert("overload"), alert("unbalance")], confirmed, NEED, LAST)
    assert [one.kind for one in false] == ["unbalance"]


def test_a_meter_fault_is_found_by_its_own_meter_only() -> None:
    lying = fault(FaultKind.FLAT, customer=7)
    for customer, found in ((7, 1), (8, 0)):
        seen = [alert("flat", customer=customer, quality=True)]
        scores, _misses, _false = score([lying], seen, truth(broken=days(0, 1, 2)), NEED, LAST)
        assert sum(one.found for one in scores) == found


@pytest.mark.parametrize(("offsets", "most"), [((), 0), ((0,), 1), ((0, 6), 2), ((0, 7), 1), ((0, 3, 6, 7, 9), 4)])
def test_most_days_in_a_window(offsets: tuple[int, ...], most: int) -> None:
    assert most_in_window(sorted(days(*offsets)), 7) == most
