"""The county lives day by day: people work through the day, its curves come in at night; the clock stops at the next morning."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins.services import draft_missing
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.surfaces.simulation.models import Seed
from longzhong.surfaces.simulation.rules.callers import CALL_DAYS
from longzhong.surfaces.simulation.rules.rows import busiest_cell
from longzhong.surfaces.simulation.selectors.county import county_of, seed_row, truth_of
from longzhong.surfaces.simulation.selectors.worlds import world_of
from longzhong.surfaces.simulation.services.crews import Round, work
from longzhong.surfaces.simulation.services.nights import deliver_night, delivered_at
from longzhong.surfaces.simulation.services.phones import Switchboard, switchboard
from longzhong.surfaces.simulation.services.phones import live as ring_on
from longzhong.surfaces.simulation.services.stages import Stages
from longzhong.surfaces.simulation.services.walking import walk

CLOCKS = Actor.machine("simulation.clocks")
LOOKS = (time(8, 30), time(10, 0), time(11, 30), time(14, 30), time(16, 30), time(18, 0))
MORNING = time(8, 0)
LAST_RING = timedelta(hours=23, minutes=30)
ONE_LIFE = 0x4C5A_4441
Done = Callable[[date], None]
Moment = Callable[[datetime], AbstractContextManager[None]]


def advance(*, days: int, done: Done = lambda _day: None, hurried: bool = False) -> dict[str, float]:
    """Let the county live on; afterwards it is the morning after the last night. Returns the seconds of each stage.

    The county's clock goes along for web and workers too. `hurried` is for building, when nobody else is in the
    house: the time is held in this process alone, and commits don't wait for the disk.
    """
    row, stages = seed_row(), Stages()
    first = row.run_to + timedelta(days=1) if row.run_to else row.first_day
    last = first + timedelta(days=days - 1)
    with _alone(), _clockwork(hurried) as moment:
        for day in clock.each_day(first, last):
            if day > row.first_day:
                with stages.stage("日间处置"):
                    _work_day(row, day, last, moment)
            with stages.stage("夜间研判"), moment(at := delivered_at(day=day)):
                deliver_night(world=world_of(row), day=day, at=at)
            with stages.stage("时限巡检"), moment(at + timedelta(minutes=30)):
                _sweep(at + timedelta(minutes=30))
            row.run_to = day
            row.save(update_fields=["run_to"])
            done(day)
        clock.set_county_time(datetime.combine(last + timedelta(days=1), MORNING, clock.CST))
    return stages.seconds


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: two clicks don't live the same day twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ONE_LIFE])
        if not cursor.fetchone()[0]:
            raise Refused("county_busy", _("演示县正在推进，请等它走完这一天。"))
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [ONE_LIFE])


@contextmanager
def _clockwork(hurried: bool) -> Iterator[Moment]:
    """How the time of a step is told: to this process alone, or to everybody by the county's row; it runs on afterwards."""
    if hurried:
        with connection.cursor() as cursor:
            cursor.execute("set synchronous_commit to off")
        yield clock.frozen
        return
    try:
        yield _told
    finally:
        clock.resume_county_time()


@contextmanager
def _told(at: datetime) -> Iterator[None]:
    clock.set_county_time(at, speed=0.0)
    yield


def _work_day(row: Seed, day: date, last: date, moment: Moment) -> None:
    """What people did on the day itself, before its curves came in at night; a morning that is over isn't lived again."""
    county = county_of(row)
    own = county.cells[busiest_cell(county, truth_of(county), row.days)].code
    begun = clock.now() if clock.now().date() == day else clock.day_start(day)
    rung, last_night = begun, clock.day_start(last + timedelta(days=1))
    board = switchboard(county, own, last_night) if _rings_on(row, day) else None
    for look in LOOKS:
        at = datetime.combine(day, look, clock.CST)
        if at < begun:
            continue
        rung = _ring(board, rung, at, moment)
        with moment(at):
            draft_missing(by=CLOCKS, at=at)
            work(look=Round(world_of(row), own, last_night), at=at)
            walk(seed=row.seed, own_cell=own, last_night=last_night, at=at)
            deliver_all()
            _sweep(at)
    _ring(board, rung, clock.day_start(day) + LAST_RING, moment)


def _rings_on(row: Seed, day: date) -> bool:
    """The telephones begin to ring ten days before the built county's last day."""
    return day >= row.first_day + timedelta(days=max(row.days - CALL_DAYS, 0))


def _ring(board: Switchboard | None, since: datetime, until: datetime, moment: Moment) -> datetime:
    """What happens on the telephones until a moment, which is where the next stretch begins."""
    if board is not None:
        ring_on(board, since, until, moment)
    return until


def _sweep(at: datetime) -> None:
    """Warnings and escalations that are due, until none is left."""
    while matters.sweep(by=CLOCKS, at=at).taken:
        deliver_all()
