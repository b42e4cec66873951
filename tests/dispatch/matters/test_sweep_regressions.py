"""How the sweeps of other houses went wrong, each by its name: starved, doubled, killed half way, stopped for days."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.services import sweeping
from longzhong.kit.models import Fact
from tests.dispatch.make import MORNING, County, at
from tests.dispatch.matters.make import late_told, start, swept

OWN = "longzhong.project.settings"


LONG_AFTER = at("2026-03-20 00:00")


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
