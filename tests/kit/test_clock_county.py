"""One clock: real time in production, a county's own time in one database row."""

from datetime import UTC, date, datetime, timedelta

import pytest

from longzhong.kit import clock
from longzhong.kit.models import CountyClock

THEN = datetime(2026, 2, 1, 8, 0, tzinfo=clock.CST)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    clock.forget()


def test_without_a_row_the_county_lives_in_real_time() -> None:
    assert abs(clock.now() - clock.real_now()) < timedelta(seconds=5)


def test_a_county_runs_on_from_where_it_was_set() -> None:
    clock.set_county_time(THEN)
    assert timedelta(0) <= clock.now() - THEN < timedelta(seconds=5)


def test_a_stopped_county_stands_still_and_goes_on() -> None:
    clock.set_county_time(THEN, speed=3600)
    clock.stop_county_time()
    stood = clock.now()
    assert clock.now() == stood
    clock.resume_county_time()
    assert stood <= clock.now() < stood + timedelta(seconds=5)


def test_a_killed_county_goes_on_from_the_last_time_written_down() -> None:
    clock.set_county_time(THEN)
    CountyClock.objects.update(real_at=clock.real_now() - timedelta(minutes=10))
    clock.forget()
    clock.note_county_time()
    CountyClock.objects.update(real_at=clock.real_now() - timedelta(days=3))  # three days lie dead
    clock.resume_county_time()
    assert timedelta(minutes=10) <= clock.now() - THEN < timedelta(minutes=11)


def test_the_county_never_goes_back() -> None:
    clock.set_county_time(THEN, speed=0)
    with pytest.raises(ValueError, match="doesn't go back"):
        clock.set_county_time(THEN - timedelta(minutes=1))


def test_a_frozen_moment_is_read_by_everybody_in_this_process() -> None:
    with clock.frozen(THEN):
        assert clock.now() == THEN
        assert clock.today() == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(
            datetime(2026, 1, 1, 15, 59, tzinfo=UTC), date(2026, 1, 1), id="a minute before midnight in China"
        ),
        pytest.param(datetime(2026, 1, 1, 16, 0, tzinfo=UTC), date(2026, 1, 2), id="midnight in China"),
    ],
)
def test_the_civil_day_is_chinas(moment: datetime, day: date) -> None:
    assert clock.civil_day(moment) == day
