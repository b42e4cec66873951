"""The indices against worked checks and a minute-by-minute truth; levels, gaps, seasons."""

import random
from datetime import date, timedelta
from math import exp, isclose, log

import pytest

from longzhong.assessment.reliability.rules import (
    Level,
    Limits,
    Piece,
    Sums,
    asai_pct,
    indices,
    joined,
    level_of,
    sums,
    sustained,
    t_med,
)
from longzhong.assessment.reliability.rules.guarantees import PlanLimits, Standing, gaps, is_amber
from longzhong.assessment.reliability.rules.seasons import upcoming
from longzhong.sensing.curves.rules import Span
from tests.dispatch.make import at

FIRST, LAST = at("2026-03-01 00:00"), at("2026-04-01 00:00")
MINUTE = timedelta(minutes=1)


def piece(area: int, start: str, end: str | None, *, outage: int = 1, accounts: int = 10) -> Piece:
    return Piece(outage, "fault", area, 7, accounts, at(f"2026-{start}"), at(f"2026-{end}") if end else None)


def test_the_references_worked_check() -> None:
    assert round(asai_pct(7.83, 8760), 4) == 99.9106
    assert round(asai_pct(9.10, 8760), 3) == 99.896


def test_the_four_of_a_small_month() -> None:
    felt = joined([piece(1, "03-02 08:00", "03-02 10:00"), piece(2, "03-02 08:00", "03-02 09:00", accounts=30)], LAST)
    got = indices(sums(felt, FIRST, LAST, 100), 744)
    assert got.saidi_h == pytest.approx((2 * 10 + 1 * 30) / 100)
    assert got.saifi == pytest.approx(40 / 100)
    assert got.caidi_h == pytest.approx(0.5 / 0.4)
    assert got.asai_pct == pytest.approx(100 * (1 - 0.5 / 744))


def test_nothing_supplied_and_nothing_happened() -> None:
    assert indices(Sums(), 744).saidi_h is None and indices(Sums(accounts=5), 0).asai_pct is None
    quiet = indices(Sums(accounts=5), 744)
    assert (quiet.saidi_h, quiet.saifi, quiet.caidi_h, quiet.asai_pct) == (0, 0, None, 100)


@pytest.mark.parametrize(
    ("pieces", "spans"),
    [
        ([("03-02 08:00", "03-02 10:00"), ("03-02 09:00", "03-02 12:00")], [("03-02 08:00", "03-02 12:00")]),
        ([("03-02 08:00", "03-02 12:00"), ("03-02 09:00", "03-02 10:00")], [("03-02 08:00", "03-02 12:00")]),
        ([("03-02 08:00", "03-02 10:00"), ("03-02 10:00", "03-02 11:00")], [("03-02 08:00", "03-02 11:00")]),
        ([("03-02 08:00", "03-02 10:00"), ("03-02 10:01", "03-02 11:00")],
         [("03-02 08:00", "03-02 10:00"), ("03-02 10:01", "03-02 11:00")]),
        ([("03-02 08:00", None)], [("03-02 08:00", "04-01 00:00")]),
        ([("03-02 08:00", "03-02 08:00")], []),
    ],
)  # fmt: skip
def test_overlapping_outages_of_an_area_are_one(pieces: list[tuple[str, str]], spans: list[tuple[str, str]]) -> None:
    felt = joined([piece(1, *one, outage=number) for number, one in enumerate(pieces, 1)], LAST)
    assert [(one.start, one.end) for one in felt] == [(at(f"2026-{a}"), at(f"2026-{b}")) for a, b in spans]
    apart = joined([piece(number, *one) for number, one in enumerate(pieces, 1)], LAST)
    assert len(apart) == sum(a != b for a, b in pieces), "other areas are never joined"


def test_borders_cut_the_hours_and_count_where_it_began() -> None:
    felt = joined(
        [piece(1, "02-28 23:00", "03-01 02:00"), piece(2, "03-31 22:00", "04-01 05:00")], at("2026-05-01 00:00")
    )
    march = sums(felt, FIRST, LAST, 100)
    assert (march.account_hours, march.account_times, march.times) == (40, 10, 1)
    february = sums(felt, at("2026-02-01 00:00"), FIRST, 100)
    april = sums(felt, LAST, at("2026-05-01 00:00"), 100)
    assert february.account_hours + march.account_hours + april.account_hours == 10 * 10
    assert february.times + march.times + april.times == 2


def test_short_ones_are_left_out_as_a_whole() -> None:
    felt = joined([piece(1, "03-02 08:00", "03-02 08:03"), piece(2, "03-02 08:00", "03-02 08:04")], LAST)
    assert [one.area_id for one in sustained(felt, 3)] == [2]
    two = joined([piece(1, "03-02 08:00", "03-02 08:03"), piece(1, "03-02 08:02", "03-02 08:05", outage=2)], LAST)
    assert [one.minutes for one in sustained(two, 3)] == [5]


@pytest.mark.parametrize("seed", range(20))
def test_against_a_truth_by_the_minute(seed: int) -> None:
    rng = random.Random(seed)
    pieces = []
    for number in range(25):
        start = FIRST + timedelta(minutes=rng.randrange(-600, 3000))
        span = timedelta(minutes=rng.randrange(1, 400))
        pieces.append(Piece(number, "fault", rng.randrange(4), 1, 10, start, start + span))
    last = FIRST + timedelta(minutes=2400)
    off: dict[int, set[int]] = {}
    for one in pieces:
        begin, end = ((moment - FIRST) // MINUTE for moment in (one.start, one.end or last))
        off.setdefault(one.area_id, set()).update(range(begin, end))
    minutes = sum(len([m for m in marks if 0 <= m < 2400]) for marks in off.values())
    begins = sum(1 for marks in off.values() for m in marks if m - 1 not in marks and 0 <= m < 2400)
    got = sums(joined(pieces, at("2026-06-01 00:00")), FIRST, last, 100)
    assert isclose(got.account_hours, minutes / 60 * 10) and got.times == begins


def test_major_event_days() -> None:
    daily = [1.0, 2.0, 4.0, 0.0]
    mean, spread = log(2), log(2)
    assert t_med(daily) == pytest.approx(exp(mean + 2.5 * spread))
    assert t_med([0.0, 3.0]) is None


@pytest.mark.parametrize(("times", "level"), [(0, None), (1, None), (2, Level.AMBER), (3, Level.RED), (9, Level.RED)])
def test_levels_of_frequent_outage(times: int, level: Level | None) -> None:
    assert level_of(times, Limits()) is level


DAY = date(2026, 3, 2)
WHOLE = Standing("first", 2, 120, 100, True, date(2026, 6, 1), (True, True))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, ""), ({"grade": "supreme"}, "应不少于 3 路"), ({"sources": 1}, "应不少于 2 路"), ({"generator_kw": 119.9}, "120 kW"),
        ({"security_kw": 0}, "没有核定保安负荷"), ({"has_contact": False}, "没有联系人"), ({"done": (True, False)}, "还有 1 项"),
        ({"to_on": date(2026, 3, 1)}, "已到期"), ({"grade": "temporary", "sources": 1}, ""),
    ],
)  # fmt: skip
def test_what_a_plan_lacks(changes: dict[str, object], word: str) -> None:
    found = gaps(Standing(**{**WHOLE.__dict__, **changes}), PlanLimits(), DAY)
    assert (len(found) == 1 and word in found[0]) if word else found == []


def test_amber_thirty_days_before_the_end() -> None:
    assert is_amber(date(2026, 4, 1), PlanLimits(), DAY) and not is_amber(date(2026, 4, 2), PlanLimits(), DAY)


def test_the_next_season_is_a_year_later() -> None:
    winter = Span("迎峰度冬", date(2025, 12, 1), date(2026, 2, 28))
    assert upcoming(winter) == Span("迎峰度冬", date(2026, 12, 1), date(2027, 2, 28))
    assert upcoming(Span("x", date(2024, 2, 29), date(2024, 3, 1))).first == date(2025, 2, 28)
