"""How the clocks of other houses went wrong, each by its name, against the real engine in the database (issue 3, item 1)."""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock, PauseReason, Verdict
from longzhong.dispatch.matters.services import sweeping
from longzhong.kit.models import Fact
from longzhong.register.policies.services import change_policy
from tests.dispatch.make import MORNING, SYSTEM, County, at

M = "tests.thing:1"
OWN = "longzhong.project.settings"
WAIT = PauseReason.AWAIT_CUSTOMER
LONG_AFTER = at("2026-03-20 00:00")


def start(
    county: County, limit: Limit | None = None, when: datetime = MORNING, matter: str = M, owner: str | None = "zhang"
) -> Clock:
    """A clock of four hours, or another limit."""
    new = NewClock(
        matter, "reply", "答复", county.station, county.staff[owner] if owner else None,
        promise=limit or Limit(4, Measure.HOURS),
    )  # fmt: skip
    return services.start_clocks(clocks=[new], by=SYSTEM, at=when)[0]


def pause(county: County, when: str) -> None:
    services.pause_clocks(matter=M, names=None, reason=WAIT, note="等客户回家", by=county.zhang, at=at(when))


def promise(county: County, hours: float, when: str) -> Clock:
    new = NewClock(M, "reply", "答复", county.station, county.staff["zhang"], promise=Limit(hours, Measure.HOURS))
    return services.supersede_clock(new=new, reason="改期", by=county.head, at=at(when))


def swept(when: datetime, limit: int = 100) -> services.Swept:
    return services.sweep(by=SYSTEM, at=when, limit=limit)


def late_told() -> list[tuple[str, int]]:
    rows = Escalation.objects.filter(kind="late").order_by("clock__matter", "level")
    return list(rows.values_list("clock__matter", "level"))


# ---- what pausing and promising lose ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pending_time_lost_on_change_of_promise(county: County) -> None:
    """Elsewhere the new limit counted from the old start with the pauses forgotten."""
    start(county)
    pause(county, "2026-03-02 10:00")
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-02 15:00"))
    second = promise(county, 2, "2026-03-02 15:10")
    assert (second.started_at, second.due_at) == (MORNING, at("2026-03-02 16:00"))  # an hour was used before the pause
    third = promise(county, 6, "2026-03-02 15:20")
    assert (third.started_at, third.due_at) == (MORNING, at("2026-03-02 20:00"))  # again and again
    assert "等待客户配合" in "\n".join(selectors.clock_cards(M, at("2026-03-02 15:30"))[0].why)


@pytest.mark.django_db
def test_a_change_of_promise_while_pending_goes_on_pending(county: County) -> None:
    start(county)
    pause(county, "2026-03-02 10:00")
    second = promise(county, 2, "2026-03-02 11:00")
    assert (second.state, second.due_at, second.next_at) == ("paused", None, None)
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-03 08:00"))
    second.refresh_from_db()
    assert second.due_at == at("2026-03-03 09:00")


@pytest.mark.django_db
def test_violated_while_pending(county: County) -> None:
    """Elsewhere a matter that waited for the customer was late, and escalated, in the middle of waiting."""
    start(county)
    pause(county, "2026-03-02 12:59")
    assert swept(LONG_AFTER) == services.Swept()
    assert late_told() == []
    (card,) = selectors.clock_cards(M, LONG_AFTER)
    assert (card.verdict, card.due_at) == (Verdict.OPEN, None)
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=LONG_AFTER) == {"reply": "met"}


@pytest.mark.django_db
def test_a_pause_after_the_deadline_doesnt_wash_the_clock_clean(county: County) -> None:
    start(county)
    assert swept(at("2026-03-02 13:01")).late == 1
    pause(county, "2026-03-02 13:30")
    second = promise(county, 100, "2026-03-02 14:00")
    assert Clock.objects.exclude(pk=second.pk).get().verdict == Verdict.LATE  # the old one keeps what it was
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-02 15:00"))
    swept(at("2026-03-07 00:00"))
    assert late_told() == [(M, 1)]  # the new promise is broken too, yet the station was told of this line already
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-07 00:00")) == {"reply": "late"}


@pytest.mark.django_db
def test_customers_note_not_starting_the_clock(county: County) -> None:
    """Elsewhere the customer had answered and the matter slept on, because only a handler's press woke it."""
    start(county)
    pause(county, "2026-03-02 10:00")
    (clock,) = services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 22:00"))
    clock.refresh_from_db()
    assert (clock.state, clock.due_at) == ("running", at("2026-03-03 01:00"))
    assert swept(at("2026-03-03 01:01")).late == 1
    assert services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-03 02:00")) == []


@pytest.mark.django_db
def test_the_customers_note_wakes_nothing_that_waits_for_something_else(county: County) -> None:
    start(county)
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_OUTAGE, note="等停电", by=county.head, at=at("2026-03-02 10:00")
    )
    assert services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 22:00")) == []
    assert Clock.objects.get().state == "paused"


# ---- what the calendar gets wrong -------------------------------------------------------------------------------------

CALENDAR = [
    ("lunch break", Limit(60, Measure.WORKING_MINUTES), "2026-03-02 11:30", "2026-03-02 14:30"),
    ("used up at noon sharp", Limit(30, Measure.WORKING_MINUTES), "2026-03-02 11:30", "2026-03-02 12:00"),
    ("Spring Festival, make-up Saturday before", Limit(2, Measure.WORKING_DAYS), "2026-02-12 10:00", "2026-02-15 00:00"),
    ("Spring Festival, make-up Saturday after", Limit(7, Measure.WORKING_DAYS), "2026-02-12 10:00", "2026-03-01 00:00"),
    ("working hours over Spring Festival", Limit(8, Measure.WORKING_HOURS), "2026-02-14 17:00", "2026-02-25 09:00"),
    ("minutes don't rest at Spring Festival", Limit(45, Measure.MINUTES), "2026-02-17 23:30", "2026-02-18 00:15"),
    ("year end, hours", Limit(2, Measure.HOURS), "2025-12-31 23:00", "2026-01-01 01:00"),
    ("year end, working days over New Year", Limit(2, Measure.WORKING_DAYS), "2025-12-30 10:00", "2026-01-05 00:00"),
    ("year end, calendar days", Limit(3, Measure.DAYS), "2025-12-30 10:00", "2026-01-03 00:00"),
    ("started after hours on a Friday", Limit(30, Measure.WORKING_MINUTES), "2026-03-06 20:00", "2026-03-09 09:00"),
    ("started before hours", Limit(30, Measure.WORKING_MINUTES), "2026-03-06 05:00", "2026-03-06 09:00"),
    ("started on a Sunday", Limit(1, Measure.WORKING_DAYS), "2026-03-08 10:00", "2026-03-10 00:00"),
    ("started in the lunch break", Limit(10, Measure.WORKING_MINUTES), "2026-03-02 12:40", "2026-03-02 14:10"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "begin", "due"), [row[1:] for row in CALENDAR], ids=[row[0] for row in CALENDAR])
def test_the_calendar(county: County, limit: Limit, begin: str, due: str) -> None:
    clock = start(county, limit, at(begin))
    assert clock.due_at == at(due)
    assert not clock.provisional
    assert swept(at(due)).late == 0  # the last moment is in time
    assert swept(at(due) + timedelta(seconds=1)).late == 1


# ---- the sweep ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_shares_of_warning_and_escalation_are_policies_of_the_day_of_the_start(county: County) -> None:
    change = {"unit_id": None, "edition": "", "from_on": at("2026-03-02 00:00").date(), "reason": "试点", "by": SYSTEM}
    change_policy(key="clock.warn_at", value=[0.25, 0.9], at=at("2026-03-01 10:00"), **change)
    change_policy(key="clock.late_at", value=[1.0, 1.25, 3.0], at=at("2026-03-01 10:00"), **change)
    start(county)
    assert swept(at("2026-03-02 10:01")).warned == 1
    assert swept(at("2026-03-02 12:35")) == services.Swept()
    assert swept(at("2026-03-02 12:37")).warned == 1
    assert swept(at("2026-03-02 13:01")).late == 1
    assert swept(at("2026-03-02 14:01")).late == 1
    assert swept(at("2026-03-02 20:59")) == services.Swept()
    assert swept(at("2026-03-02 21:01")).late == 1


@pytest.mark.django_db
def test_an_edit_resets_nothing(county: County) -> None:
    """Elsewhere another owner, priority or promise began the clock anew."""
    start(county)
    assert swept(at("2026-03-02 13:01")).late == 1
    services.give_clocks(matter=M, owner_id=county.staff["li"], by=SYSTEM, at=at("2026-03-02 13:10"))
    for minute in (20, 30, 40):
        promise(county, 4, f"2026-03-02 13:{minute}")
    assert swept(at("2026-03-02 13:41")).late == 0
    assert {clock.started_at for clock in Clock.objects.all()} == {MORNING}
    assert swept(LONG_AFTER).late == 2
    assert late_told() == [(M, 1), (M, 2), (M, 3)]


@pytest.mark.django_db
def test_unassigned_work_isnt_forgotten(county: County) -> None:
    start(county, owner=None)
    assert swept(at("2026-03-02 12:20")).warned == 1
    assert Escalation.objects.get().staff_ids == [county.staff["head"]]
    assert swept(LONG_AFTER).late == 3


@pytest.mark.django_db
def test_starvation_of_a_batch_by_unescalatable_rows(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere the oldest hundred could never be told, were taken first every minute, and nobody else had a turn."""
    for number in range(12):
        start(county, matter=f"tests.thing:{number:02}", when=MORNING + timedelta(minutes=number))
    real = sweeping._note

    def fail(mark: sweeping._Told, *args: object) -> None:
        if mark.clock.matter < "tests.thing:10":
            raise RuntimeError("no unit above it")
        real(mark, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_note", fail)
    rounds = [swept(LONG_AFTER + timedelta(seconds=n), limit=4) for n in range(3)]
    assert [(done.failed, done.late) for done in rounds] == [(4, 0), (4, 0), (2, 6)]
    again = [swept(LONG_AFTER + timedelta(minutes=6, seconds=n), limit=4).failed for n in range(3)]
    assert again == [4, 4, 2]  # they are tried again, more and more seldom
    assert Clock.objects.filter(failures=2, failure="RuntimeError").count() == 10
    monkeypatch.setattr(sweeping, "_note", real)
    assert swept(LONG_AFTER + timedelta(hours=1)).late == 30


@pytest.mark.django_db(transaction=True)
def test_two_workers_sweeping_at_once(county: County) -> None:
    for number in range(30):
        start(county, matter=f"tests.thing:{number:02}")
    gate, done = threading.Barrier(3), list[int]()

    def work() -> None:
        try:
            gate.wait(10)
            while (round_ := swept(LONG_AFTER, limit=4)).taken:
                done.append(round_.late)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [worker.start() for worker in workers]
    [worker.join(60) for worker in workers]
    assert sum(done) == len(late_told()) == len(set(late_told())) == 90
    assert Fact.objects.filter(name="ClockLate").count() == 90
    assert list(selectors.broken_links()) == []


DOOMED = """
import sys, time, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from datetime import datetime
from longzhong.dispatch.matters import services
from longzhong.dispatch.matters.services import sweeping
from longzhong.kit.actor import Actor
real, notes = sweeping._note, []
def note(*args):
    real(*args)
    notes.append(1)
    if len(notes) == 10:  # the first batch of two clocks, six levels, is committed; this is in the middle of the second
        print("in the middle", flush=True)
        time.sleep(60)
sweeping._note = note
while services.sweep(by=Actor.machine("tests"), at=datetime.fromisoformat(sys.argv[2]), limit=2).taken:
    pass
"""


@pytest.mark.django_db(transaction=True)
def test_sweep_killed_half_way(county: County) -> None:
    """A worker dies by SIGKILL in the middle of a batch: what it had committed stays, the rest is told once, by the next."""
    for number in range(6):
        start(county, matter=f"tests.thing:{number}", when=MORNING + timedelta(minutes=number))
    word = [sys.executable, "-c", DOOMED, connection.settings_dict["NAME"], LONG_AFTER.isoformat()]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", OWN)}
    with subprocess.Popen(word, stdout=subprocess.PIPE, text=True, env=env) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "in the middle"
        assert len(late_told()) == 6  # of the batch at work nobody sees anything yet
        other = swept(LONG_AFTER, limit=1)  # and meanwhile others go on with what it doesn't hold
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(10) == -signal.SIGKILL
    assert (other.taken, other.late) == (1, 3)
    _until_rolled_back()
    while swept(LONG_AFTER, limit=2).taken:
        pass
    assert late_told() == [(f"tests.thing:{number}", level) for number in range(6) for level in (1, 2, 3)]
    assert Fact.objects.filter(name="ClockLate").count() == 18
    assert not Clock.objects.filter(next_at__isnull=False).exists()
    assert list(selectors.broken_links()) == []


def _until_rolled_back() -> None:
    """The database notices by itself that the dead worker's line is cut; its locks are gone then."""
    for _try in range(100):
        if not Clock.objects.exclude(pk__in=_free()).exists():
            return
        threading.Event().wait(0.05)
    raise AssertionError("the dead worker's locks are still held")


def _free() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM matters_clock FOR UPDATE SKIP LOCKED")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_a_stopped_server_tells_each_level_once_when_it_comes_back(county: County) -> None:
    start(county)
    done = swept(LONG_AFTER)
    assert (done.warned, done.late) == (0, 3)
    assert swept(LONG_AFTER + timedelta(days=30)) == services.Swept()
