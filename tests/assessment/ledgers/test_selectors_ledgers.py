"""The ledger against plain SQL, Xiangyang's published year, and numbers that open exactly what they count."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.rules import Days, Dimension, Side, month_of, quarter_of, span_of, year_of
from longzhong.cases.complaints.rules.ledger import Tally, change
from longzhong.kit.clock import CST
from longzhong.sensing.restorations.models import WeatherNote
from tests.assessment.ledgers.make import OFTEN, RUDE, a_row
from tests.cases.hotline.make import Hotline

pytestmark = pytest.mark.django_db
NOW = datetime(2028, 3, 1, 9, tzinfo=CST)


def on(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CST)


def test_xiangyangs_year_in_both_ledgers(hotline: Hotline) -> None:
    """2017: 52 complaints, 19 upheld after successful appeals; 48 upheld the year before: −60.42 % (REFERENCE §1.7)."""
    for number in range(52):
        appealed = "dismissed" if 19 <= number < 40 else ""
        a_row(hotline, on(2027, 1 + number % 12, 1 + number % 28), final=appealed,
              verdict="upheld" if number < 40 else "dismissed")  # fmt: skip
    for number in range(60):
        a_row(hotline, on(2026, 1 + number % 12, 1 + number % 28), verdict="upheld" if number < 48 else "dismissed")
    found = selectors.ledger(hotline.quality, span_of("2027", NOW.date()), NOW)
    assert found.now == Tally(total=52, decided=52, raw=40, final=19, corrected=21)
    assert (found.year_before.total, found.year_before.final) == (60, 48)
    fall = change(found.now.final, found.year_before.final)
    assert fall is not None and f"{fall:.2%}" == "-60.42%"
    assert f"{found.now.final_rate:.1%}" == "36.5%"
    assert sum(one.total for month, one in found.trend if month.start.year == 2027) == 52


def test_deyangs_quarters(hotline: Hotline) -> None:
    """S4-40: 68.42 % → 39.21 % in a quarter: 13 of 19, then 20 of 51."""
    for number in range(19):
        a_row(hotline, on(2027, 1 + number % 3, 5), verdict="upheld" if number < 13 else "dismissed")
    for number in range(51):
        a_row(hotline, on(2027, 4 + number % 3, 5), verdict="upheld" if number < 20 else "dismissed")
    second = selectors.ledger(hotline.quality, quarter_of(date(2027, 5, 1)), NOW)
    assert f"{second.now.final_rate:.2%}" == "39.22%"
    assert f"{second.before.final_rate:.2%}" == "68.42%"


def test_a_verdict_counts_from_the_moment_it_was_given(hotline: Hotline) -> None:
    at = on(2027, 5, 4)
    a_row(hotline, at, verdict="upheld", final="dismissed")  # decided on the 7th, corrected on the 24th
    days = month_of(at.date())

    def seen(day: int) -> tuple[int, int, int, int]:
        one = selectors.ledger(hotline.quality, days, on(2027, 5, day)).now
        return one.total, one.raw, one.final, one.corrected

    assert [seen(day) for day in (5, 8, 23, 25)] == [(1, 0, 0, 0), (1, 1, 1, 0), (1, 1, 1, 0), (1, 1, 0, 1)]


def test_the_ledger_is_what_plain_sql_counts(hotline: Hotline) -> None:
    verdicts = ("upheld", "partly", "dismissed", "")
    for number in range(24):
        a_row(hotline, on(2027, 6, 1 + number), verdict=verdicts[number % 4], code=RUDE if number % 3 else OFTEN,
              final="dismissed" if number % 8 == 0 else "", kind="report" if number == 5 else "complaint")  # fmt: skip
    found = selectors.ledger(hotline.quality, month_of(date(2027, 6, 1)), NOW).now
    with connection.cursor() as cursor:
        cursor.execute(
            """select count(*), count(decided_at), count(*) filter (where verdict in ('upheld', 'partly')),
                      count(*) filter (where final_verdict in ('upheld', 'partly')), count(*) filter (where corrected_by <> '')
               from complaints_complaint
               where kind = 'complaint' and accepted_at >= '2027-06-01 00:00+08' and accepted_at < '2027-07-01 00:00+08'"""
        )
        assert (found.total, found.decided, found.raw, found.final, found.corrected) == cursor.fetchone()


@pytest.mark.parametrize("by", list(Dimension))
def test_every_number_opens_exactly_what_it_counts(hotline: Hotline, by: Dimension) -> None:
    verdicts, causes = ("upheld", "dismissed", "partly", ""), ("attitude", "supply", "temper")
    units = (hotline.county.station, hotline.county.other_station)
    for number in range(30):
        a_row(hotline, on(2027, 6, 1 + number % 28, 8 + number % 10), verdict=verdicts[number % 4], cause=causes[number % 3],
              code=RUDE if number % 3 else OFTEN, unit=units[number % 2], final="dismissed" if number % 8 == 0 else "",
              about=hotline.county.staff["zhang"] if number % 5 == 0 else None, area=hotline.areas["A1"] if number % 2 else None,
              grade="important" if number % 7 == 0 else "general")  # fmt: skip
    days, who = month_of(date(2027, 6, 1)), hotline.quality
    parts = selectors.breakdown(who, days, NOW, by)
    assert sum(one.tally.total for one in parts) == 30
    sides = {
        Side.ALL: "total",
        Side.DECIDED: "decided",
        Side.RAW: "raw",
        Side.FINAL: "final",
        Side.CORRECTED: "corrected",
    }
    for part in parts:
        assert part.label
        for side, name in sides.items():
            rows = selectors.rows_behind(who, days, NOW, by=by.value, key=part.key, side=side, kinds=("complaint",))
            assert rows.count() == getattr(part.tally, name), (by, part.key, side)


def test_the_weather_is_what_somebody_noted(hotline: Hotline) -> None:
    at = on(2027, 6, 3)
    WeatherNote.objects.create(unit_id=hotline.county.county, kind="thunder", starts_at=at - timedelta(hours=1),
                               ends_at=at + timedelta(hours=1), noted_at=at)  # fmt: skip
    a_row(hotline, at)
    a_row(hotline, at + timedelta(hours=5))
    parts = {
        one.label: one.tally.total
        for one in selectors.breakdown(hotline.quality, month_of(at.date()), NOW, Dimension.WEATHER)
    }
    assert parts == {"雷暴": 1, "未记录": 1}


def test_units_of_one_family_are_ranked_only_where_numbers_tell_them_apart(hotline: Hotline) -> None:
    for number in range(3):
        a_row(hotline, on(2027, 6, 1 + number))
    a_row(hotline, on(2027, 6, 9), unit=hotline.county.other_station)
    lines = {
        one.unit_id: one
        for one in selectors.unit_lines(
            hotline.quality, selectors.ledger(hotline.quality, month_of(date(2027, 6, 1)), NOW)
        )
    }
    county, station = lines[hotline.county.county], lines[hotline.county.station]
    assert (county.tally.total, station.tally.total) == (4, 3)
    assert station.accounts > 0 and station.rate is not None
    assert station.rate.value == pytest.approx(3 / station.accounts * 10_000)
    assert lines[hotline.county.other_station].rate is None or station.place == (1, 2)


def test_the_reader_counts_only_what_they_may_see(hotline: Hotline) -> None:
    a_row(hotline, on(2027, 6, 1))
    a_row(hotline, on(2027, 6, 2), unit=hotline.county.other_station)
    days = month_of(date(2027, 6, 1))
    assert selectors.ledger(hotline.quality, days, NOW).now.total == 2
    assert selectors.ledger(hotline.head, days, NOW).now.total == 1


def test_a_span_of_a_year_has_the_days_of_a_year() -> None:
    assert year_of(date(2027, 8, 3)) == Days(date(2027, 1, 1), date(2028, 1, 1))
