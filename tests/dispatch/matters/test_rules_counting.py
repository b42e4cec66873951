"""Clocks against a minute-by-minute oracle, and the failures known of others (issue 3, item 1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longzhong.dispatch.matters.rules.counting import (
    CST,
    Limit,
    Measure,
    Run,
    due_at,
    elapsed,
    is_provisional,
)
from longzhong.dispatch.matters.rules.ladder import LATE_AT, WARN_AT, MarkKind, marks, outstanding, overseer
from longzhong.dispatch.matters.rules.verdicts import Verdict, final_verdict, paused, relimited, resumed, verdict_at
from longzhong.dispatch.matters.rules.words import limit_words
from longzhong.kit.errors import Refused
from longzhong.register.org.rules.hours import OFFICE_HOURS, ROUND_THE_CLOCK, Hours
from tests.dispatch.matters import oracle
from tests.dispatch.matters.oracle import CALENDAR
from tests.sample import PROVE

CASES = 100_000 if PROVE else 300
OFFICES = (OFFICE_HOURS, Hours(((480, 720), (870, 1050))), ROUND_THE_CLOCK)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CST)


LIMITS = st.one_of(
    st.builds(Limit, st.integers(1, 3000), st.just(Measure.MINUTES)),
    st.builds(Limit, st.integers(1, 96), st.just(Measure.HOURS)),
    st.builds(Limit, st.integers(1, 20), st.just(Measure.DAYS)),
    st.builds(Limit, st.integers(1, 20), st.just(Measure.WORKING_DAYS)),
    st.builds(Limit, st.integers(1, 3000), st.just(Measure.WORKING_MINUTES), st.sampled_from(OFFICES)),
    st.builds(Limit, st.integers(1, 50), st.just(Measure.WORKING_HOURS), st.sampled_from(OFFICES)),
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Limit, Limit, datetime, list[int]]:
    """A limit, the limit that supersedes it, a start in 2026 (edges of the year included) and growing steps in minutes."""
    start = draw(st.one_of(st.integers(0, 365 * 1440 - 1), st.integers(357 * 1440, 365 * 1440 - 1)))
    steps = draw(st.lists(st.one_of(st.integers(0, 400), st.integers(0, 5 * 1440)), min_size=0, max_size=8))
    return draw(LIMITS), draw(LIMITS), oracle.ORIGIN + timedelta(minutes=start), steps


@settings(
    max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=CASES < 1000, database=None
)
@given(lives())
def test_a_clock_equals_the_minute_by_minute_oracle(life: tuple[Limit, Limit, datetime, list[int]]) -> None:
    limit, second, started_at, steps = life
    run, moment, stretches = Run(limit, started_at), started_at, list[tuple[datetime, datetime | None]]()
    for index, step in enumerate(steps):
        moment += timedelta(minutes=step)
        if index % 2 == 0:
            run, stretches = paused(run, moment, "await_customer"), [*stretches, (moment, None)]
        else:
            run, stretches = resumed(run, moment), [*stretches[:-1], (stretches[-1][0], moment)]
    check(run, stretches, moment)
    check(relimited(run, second), stretches, moment)


def check(run: Run, stretches: list[tuple[datetime, datetime | None]], moment: datetime) -> None:
    limit, started_at = run.limit, run.started_at
    minutes = int(limit.budget.total_seconds() // 60)
    slow = oracle.Oracle.of(limit, started_at, stretches)
    due = slow.reached(minutes)
    assert due_at(run, CALENDAR) == due
    later = moment + timedelta(minutes=777)
    assert elapsed(run, CALENDAR, later) == timedelta(minutes=slow.elapsed(later))
    assert (verdict_at(run, CALENDAR, later) is Verdict.LATE) == (due is not None and later > due)
    shares = {(MarkKind.WARN, 1): 0.5, (MarkKind.LATE, 1): 1.0, (MarkKind.LATE, 2): 1.5}
    for mark in marks(run, CALENDAR, (0.5,), (1.0, 1.5)):
        share = shares[mark.kind, mark.level]
        whole = -(-minutes * int(share * 2) // 2)
        expected = slow.reached(whole)
        assert expected is not None and timedelta() <= expected - mark.at < timedelta(minutes=1)


# ---- the failures known of others --------------------------------------------------------------------------------------

NAMED = [
    ("minutes at night run on", Limit(45, Measure.MINUTES), "2026-02-17 23:30", "2026-02-18 00:15"),
    ("24 hours over a weekend", Limit(24, Measure.HOURS), "2026-03-06 15:00", "2026-03-07 15:00"),
    ("day of the start isn't counted", Limit(7, Measure.DAYS), "2026-03-02 09:00", "2026-03-10 00:00"),
    (
        "one working day from Friday ends Monday midnight",
        Limit(1, Measure.WORKING_DAYS),
        "2026-03-06 15:00",
        "2026-03-10 00:00",
    ),
    (
        "started on Sunday, outside any working day",
        Limit(1, Measure.WORKING_DAYS),
        "2026-03-08 10:00",
        "2026-03-10 00:00",
    ),
    (
        "make-up Saturday before Spring Festival counts",
        Limit(2, Measure.WORKING_DAYS),
        "2026-02-12 10:00",
        "2026-02-15 00:00",
    ),
    ("over Spring Festival, back on Tuesday", Limit(3, Measure.WORKING_DAYS), "2026-02-12 10:00", "2026-02-25 00:00"),
    (
        "make-up Saturday after Spring Festival counts",
        Limit(7, Measure.WORKING_DAYS),
        "2026-02-12 10:00",
        "2026-03-01 00:00",
    ),
    ("National Day and its make-up Saturday", Limit(4, Measure.WORKING_DAYS), "2026-09-30 10:00", "2026-10-13 00:00"),
    ("lunch break", Limit(60, Measure.WORKING_MINUTES), "2026-03-02 11:30", "2026-03-02 14:30"),
    (
        "used up exactly at noon, not after lunch",
        Limit(30, Measure.WORKING_MINUTES),
        "2026-03-02 11:30",
        "2026-03-02 12:00",
    ),
    ("started in the lunch break", Limit(10, Measure.WORKING_MINUTES), "2026-03-02 12:40", "2026-03-02 14:10"),
    ("started after hours on a Friday", Limit(30, Measure.WORKING_MINUTES), "2026-03-06 18:30", "2026-03-09 09:00"),
    ("started before hours", Limit(30, Measure.WORKING_MINUTES), "2026-03-06 06:00", "2026-03-06 09:00"),
    ("over a whole holiday", Limit(480, Measure.WORKING_MINUTES), "2026-02-14 17:00", "2026-02-25 09:00"),
    ("year end", Limit(2, Measure.HOURS), "2026-12-31 23:00", "2027-01-01 01:00"),
]


@pytest.mark.parametrize(("limit", "start", "due"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_named_deadlines(limit: Limit, start: str, due: str) -> None:
    assert due_at(Run(limit, at(start)), CALENDAR) == at(due)


def test_past_the_published_calendar_the_deadline_is_provisional_and_says_so() -> None:
    run = Run(Limit(3, Measure.WORKING_DAYS), at("2026-12-30 10:00"))
    due = due_at(run, CALENDAR)
    assert due == at("2027-01-06 00:00")  # 12-31, then as far as can be assumed: without New Year, without the weekend
    assert is_provisional(run, CALENDAR, due)
    assert not is_provisional(
        Run(Limit(1, Measure.WORKING_DAYS), at("2026-12-30 10:00")), CALENDAR, at("2027-01-01 00:00")
    )


def test_pending_time_is_not_lost_when_the_promise_changes() -> None:
    run = Run(Limit(4, Measure.HOURS), at("2026-03-02 08:00"))
    run = resumed(paused(run, at("2026-03-02 09:00"), "await_customer"), at("2026-03-02 12:00"))
    assert due_at(run, CALENDAR) == at("2026-03-02 15:00")
    sooner = relimited(run, Limit(2, Measure.HOURS))
    assert due_at(sooner, CALENDAR) == at("2026-03-02 13:00")  # start 08:00 + 2 h + the 3 h that waited
    assert elapsed(sooner, CALENDAR, at("2026-03-02 12:30")) == timedelta(minutes=90)


def test_a_change_while_pending_keeps_the_pause_open() -> None:
    run = paused(Run(Limit(4, Measure.HOURS), at("2026-03-02 08:00")), at("2026-03-02 09:00"), "await_customer")
    changed = relimited(run, Limit(2, Measure.HOURS))
    assert due_at(changed, CALENDAR) is None
    assert due_at(resumed(changed, at("2026-03-03 09:00")), CALENDAR) == at("2026-03-03 10:00")


def test_nothing_is_violated_while_pending() -> None:
    run = paused(Run(Limit(1, Measure.HOURS), at("2026-03-02 08:00")), at("2026-03-02 08:59"), "await_customer")
    assert verdict_at(run, CALENDAR, at("2026-05-01 08:00")) is Verdict.OPEN
    assert final_verdict(run, CALENDAR, at("2026-05-01 08:00")) is Verdict.MET
    assert [mark.level for mark in marks(run, CALENDAR, WARN_AT, LATE_AT)] == [
        1,
        2,
    ]  # both warnings lie before the pause


def test_a_pause_after_the_deadline_doesnt_undo_it() -> None:
    run = paused(Run(Limit(1, Measure.HOURS), at("2026-03-02 08:00")), at("2026-03-02 10:00"), "await_customer")
    assert due_at(run, CALENDAR) == at("2026-03-02 09:00")
    assert final_verdict(run, CALENDAR, at("2026-03-02 11:00")) is Verdict.LATE


def test_stopped_on_the_saturday_after_a_friday_deadline_is_late() -> None:
    run = Run(Limit(1, Measure.WORKING_DAYS), at("2026-03-05 10:00"))
    assert due_at(run, CALENDAR) == at("2026-03-07 00:00")
    assert final_verdict(run, CALENDAR, at("2026-03-07 00:00")) is Verdict.MET
    assert final_verdict(run, CALENDAR, at("2026-03-07 09:00")) is Verdict.LATE


def test_seconds_count_and_time_zones_dont() -> None:
    start = datetime(2026, 3, 2, 3, 29, 59, 500, tzinfo=UTC)  # 11:29:59 in China
    run = Run(Limit(31, Measure.WORKING_MINUTES), start)
    assert due_at(run, CALENDAR) == at("2026-03-02 14:00") + timedelta(seconds=59, microseconds=500)


def test_two_pauses_at_the_same_moment_are_refused() -> None:
    run = Run(Limit(1, Measure.HOURS), at("2026-03-02 08:00"))
    with pytest.raises(Refused, match="clock_paused"):
        paused(paused(run, at("2026-03-02 08:10"), "x"), at("2026-03-02 08:20"), "x")
    with pytest.raises(Refused, match="clock_not_paused"):
        resumed(run, at("2026-03-02 08:20"))
    with pytest.raises(Refused, match="pause_before_start"):
        paused(run, at("2026-03-02 07:00"), "x")


def test_a_calendar_without_working_days_is_a_mistake_not_a_loop() -> None:
    class Never:
        known_until = date(2099, 1, 1)

        def is_working(self, _day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="isn't used up"):
        due_at(Run(Limit(1, Measure.WORKING_DAYS), at("2026-03-02 08:00")), Never())


def test_marks_come_in_order_and_a_level_reached_stays_reached() -> None:
    run = Run(Limit(10, Measure.HOURS), at("2026-03-02 08:00"))
    known = marks(run, CALENDAR, WARN_AT, LATE_AT)
    assert [(mark.kind, mark.level, mark.at.hour) for mark in known] == [
        ("warn", 1, 13), ("warn", 2, 16), ("late", 1, 18), ("late", 2, 23), ("late", 3, 4),
    ]  # fmt: skip
    assert [mark.level for mark in outstanding(known, {1}, (), at("2026-03-02 14:00"))] == [2, 1, 2, 3]
    assert [mark.level for mark in outstanding(known, (), {1}, at("2026-03-02 19:00"))] == [2, 3]
    longer = marks(relimited(run, Limit(40, Measure.HOURS)), CALENDAR, WARN_AT, LATE_AT)
    assert [(mark.kind, mark.level) for mark in outstanding(longer, (), {1}, at("2026-03-02 19:00"))] == [
        ("warn", 1), ("warn", 2), ("late", 2), ("late", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "chain", "told"),
    [
        (1, [(4, "station"), (3, "county"), (2, "city")], 4),
        (2, [(4, "station"), (3, "county"), (2, "city")], 3),
        (3, [(4, "station"), (3, "county"), (2, "city")], 2),
        (1, [(5, "team"), (4, "station"), (3, "county")], 4),
        (1, [(3, "county"), (2, "city")], 3),
        (3, [(4, "station"), (3, "county")], 3),
        (7, [(4, "station"), (3, "county"), (2, "city"), (1, "province")], 2),
        (1, [], None),
    ],
)
def test_who_is_told_at_a_level(level: int, chain: list[tuple[int, str]], told: int | None) -> None:
    assert overseer(level, chain) == told


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(45, Measure.MINUTES), "45 分钟"),
        (Limit(240, Measure.WORKING_MINUTES), "240 工作分钟"),
        (Limit(3, Measure.WORKING_DAYS), "3 个工作日"),
        (Limit(2280, Measure.MINUTES), "1天14小时"),
    ],
)
def test_a_limit_is_said_as_people_count(limit: Limit, words: str) -> None:
    assert limit_words(limit) == words
