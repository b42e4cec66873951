"""The working calendar against truth tables and a brute-force oracle."""

from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.register.org.rules import (
    CST,
    OFFICE_HOURS,
    ROUND_THE_CLOCK,
    Calendar,
    CalendarUnknown,
    DayKind,
    Hours,
    Override,
    published_calendar,
)

CALENDAR = published_calendar()
DAYS = st.dates(date(2001, 1, 5), date(2026, 10, 20))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CST)


@pytest.mark.parametrize(
    ("day", "working", "kind"),
    [
        pytest.param(date(2026, 2, 13), True, DayKind.WORKDAY, id="friday before the Spring Festival"),
        pytest.param(date(2026, 2, 14), True, DayKind.MAKE_UP, id="make-up Saturday before the Spring Festival"),
        pytest.param(date(2026, 2, 15), False, DayKind.WEEKEND, id="Sunday"),
        pytest.param(date(2026, 2, 16), False, DayKind.HOLIDAY, id="New Year's Eve, a Monday"),
        pytest.param(date(2026, 2, 23), False, DayKind.HOLIDAY, id="Monday moved from Saturday 28"),
        pytest.param(date(2026, 2, 24), True, DayKind.WORKDAY, id="first day back"),
        pytest.param(date(2026, 2, 28), True, DayKind.MAKE_UP, id="make-up Saturday after"),
        pytest.param(date(2026, 1, 4), True, DayKind.MAKE_UP, id="make-up Sunday after New Year"),
        pytest.param(date(2026, 10, 10), True, DayKind.MAKE_UP, id="make-up Saturday after National Day"),
        pytest.param(date(2026, 12, 31), True, DayKind.WORKDAY, id="last published day"),
    ],
)
def test_days_of_2026(day: date, working: bool, kind: DayKind) -> None:
    mark = CALENDAR.mark(day)
    assert (mark.working, mark.kind) == (working, kind)


def test_the_published_table_ends_with_2026() -> None:
    assert CALENDAR.known_until == date(2026, 12, 31)
    assert CALENDAR.settled_until < CALENDAR.known_until


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 6, 15), date(2031, 1, 1), date(2000, 12, 29)])
def test_an_unpublished_day_is_not_guessed(day: date) -> None:
    with pytest.raises(CalendarUnknown) as refusal:
        CALENDAR.is_working(day)
    assert refusal.value.code == "calendar_unknown"
    assert "2026-12-31" in refusal.value.message


def test_a_period_over_the_published_end_is_not_guessed() -> None:
    with pytest.raises(CalendarUnknown):
        CALENDAR.add_working_days(at("2026-12-30T10:00"), 4)


def test_an_assuming_calendar_says_what_it_assumed() -> None:
    due = CALENDAR.assuming().add_working_days(at("2026-12-30T10:00"), 4)
    assert due == at("2027-01-06T23:59:59")
    days = CALENDAR.assuming().explain(at("2026-12-30T10:00"), due)
    assert [row.mark.assumed for row in days] == [False, False, *[True] * 6]
    assert "推定" in days[-1].reason
    assert "推定" not in days[1].reason
    assert days[2].reason.startswith("元旦")


def test_an_override_wins_and_makes_a_later_day_known() -> None:
    own = MappingProxyType(
        {
            date(2026, 2, 14): Override(False, "暴雪停工", "本单位设定"),
            date(2027, 1, 4): Override(True, "照常上班", "国办发明电"),
        }
    )
    table = Calendar(CALENDAR.holidays, CALENDAR.make_ups, CALENDAR.known_from, CALENDAR.known_until, own)
    assert not table.is_working(date(2026, 2, 14))
    assert table.mark(date(2026, 2, 14)).reason == "暴雪停工"
    assert table.is_working(date(2027, 1, 4))
    with pytest.raises(CalendarUnknown):
        table.is_working(date(2027, 1, 5))


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        pytest.param("2026-02-12T09:00", 1, "2026-02-13", id="the day itself isn't counted"),
        pytest.param("2026-02-12T09:00", 2, "2026-02-14", id="a make-up Saturday counts"),
        pytest.param("2026-02-12T09:00", 3, "2026-02-24", id="over the Spring Festival"),
        pytest.param("2026-02-12T23:59", 3, "2026-02-24", id="late in the evening"),
        pytest.param("2026-02-18T09:00", 1, "2026-02-24", id="from within the festival"),
        pytest.param("2026-02-18T09:00", 0, "2026-02-24", id="no day: put off to the first worked one"),
        pytest.param("2026-02-13T09:00", 0, "2026-02-13", id="no day on a worked day"),
        pytest.param("2025-12-31T09:00", 1, "2026-01-04", id="year end: the make-up Sunday is the first day"),
    ],
)
def test_working_days_are_added_as_the_civil_code_counts(start: str, n: int, due: str) -> None:
    assert CALENDAR.add_working_days(at(start), n) == at(f"{due}T23:59:59")


def test_a_period_may_end_when_the_office_closes() -> None:
    assert CALENDAR.add_working_days(at("2026-03-02T09:00"), 1, closes=time(17, 30)) == at("2026-03-03T17:30")


def test_the_civil_day_is_that_of_china() -> None:
    late = datetime.fromisoformat("2026-03-02T17:00:00+00:00")  # 01:00 on the 3rd in China
    assert CALENDAR.add_working_days(late, 1) == at("2026-03-04T23:59:59")


def test_a_naive_moment_and_a_negative_period_are_errors() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add_working_days(datetime.fromisoformat("2026-03-02T09:00"), 1)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_days(at("2026-03-02T09:00"), -1)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_minutes(at("2026-03-02T09:00"), -1, OFFICE_HOURS)


def test_explain_lists_each_day_with_its_reason() -> None:
    rows = CALENDAR.explain(at("2026-02-12T09:00"), at("2026-02-24T12:00"))
    assert [(row.day.day, row.counted) for row in rows if row.counted] == [(13, True), (14, True), (24, True)]
    assert rows[0].reason == "起始当日不计入"
    assert {row.day.day: row.reason for row in rows}[14] == "调休上班"
    assert {row.day.day: row.reason for row in rows}[17] == "春节"
    assert {row.day.day: row.reason for row in rows}[22] == "周末"


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        pytest.param("2026-03-02T09:00", 60, "2026-03-02T10:00", id="within the morning"),
        pytest.param("2026-03-02T11:30", 60, "2026-03-02T14:30", id="over the lunch break"),
        pytest.param("2026-03-02T12:30", 30, "2026-03-02T14:30", id="from within the break"),
        pytest.param("2026-03-02T11:30", 30, "2026-03-02T12:00", id="ends with the morning, not with the afternoon"),
        pytest.param("2026-03-06T17:00", 60, "2026-03-09T09:00", id="over the weekend"),
        pytest.param("2026-02-13T17:00", 60, "2026-02-14T09:00", id="a make-up Saturday is worked"),
        pytest.param("2026-02-14T17:00", 60, "2026-02-24T09:00", id="over the Spring Festival"),
        pytest.param("2026-03-02T20:00", 0, "2026-03-02T20:00", id="nothing to wait for"),
        pytest.param("2026-03-02T08:00", 420, "2026-03-02T17:30", id="one whole day"),
    ],
)
def test_working_minutes(start: str, minutes: int, due: str) -> None:
    assert CALENDAR.add_working_minutes(at(start), minutes, OFFICE_HOURS) == at(due)


def test_put_off_and_brought_forward() -> None:
    assert CALENDAR.on_or_after(date(2026, 2, 16)) == date(2026, 2, 24)
    assert CALENDAR.on_or_before(date(2026, 2, 16)) == date(2026, 2, 14)
    assert CALENDAR.on_or_after(date(2026, 2, 14)) == date(2026, 2, 14)


@given(start=DAYS, n=st.integers(1, 40), minute=st.integers(0, 1439))
def test_adding_and_counting_days_agree_with_walking(start: date, n: int, minute: int) -> None:
    moment = datetime.combine(start, time(0), tzinfo=CST) + timedelta(minutes=minute)
    left, day = n, start
    while left:
        day += timedelta(days=1)
        if _worked(day):
            left -= 1
    due = CALENDAR.add_working_days(moment, n)
    assert due.date() == day
    assert CALENDAR.working_days_between(moment, due) == n
    assert sum(row.counted for row in CALENDAR.explain(moment, due)) == n


HOURS = st.sampled_from(
    [OFFICE_HOURS, ROUND_THE_CLOCK, Hours.parse("09:00-12:00,13:00-18:00"), Hours.parse("22:00-24:00")]
)


@given(
    start=st.dates(date(2024, 1, 20), date(2026, 10, 1)),
    minute=st.integers(0, 1439),
    need=st.integers(0, 1500),
    hours=HOURS,
)
def test_adding_minutes_agrees_with_a_minute_by_minute_walk(start: date, minute: int, need: int, hours: Hours) -> None:
    moment = datetime.combine(start, time(0), tzinfo=CST) + timedelta(minutes=minute)
    assert CALENDAR.add_working_minutes(moment, need, hours) == _walk(moment, need, hours)


@given(start=DAYS, minute=st.integers(0, 1439), need=st.integers(0, 6000), hours=HOURS)
def test_adding_and_counting_minutes_are_inverse(start: date, minute: int, need: int, hours: Hours) -> None:
    moment = datetime.combine(start, time(0), tzinfo=CST) + timedelta(minutes=minute)
    due = CALENDAR.add_working_minutes(moment, need, hours)
    assert CALENDAR.working_minutes_between(moment, due, hours) == need


def _worked(day: date) -> bool:
    """The oracle's own reading of the tables."""
    return day in CALENDAR.make_ups or (day.weekday() < 5 and day not in CALENDAR.holidays)


def _walk(moment: datetime, need: int, hours: Hours) -> datetime:
    """Minute by minute; whole days without an open minute are stepped over minute by minute too."""
    while need:
        minute = moment.hour * 60 + moment.minute
        if not _worked(moment.date()):
            moment += timedelta(minutes=1440 - minute)
            continue
        need -= any(a <= minute < b for a, b in hours.spans)
        moment += timedelta(minutes=1)
    return moment


@pytest.mark.parametrize(
    "text", ["", "9-12", "12:00-09:00", "09:00-12:00,11:00-13:00", "09:60-10:00", "20:00-25:00", "x"]
)
def test_hours_that_make_no_sense_are_errors(text: str) -> None:
    with pytest.raises(ValueError, match=r"office hours|span|time of day"):
        Hours.parse(text)


def test_hours_are_read_and_written_alike() -> None:
    assert str(OFFICE_HOURS) == "08:30-12:00,14:00-17:30"
    assert OFFICE_HOURS.minutes == 420
