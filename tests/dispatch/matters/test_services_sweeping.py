"""The sweep (扫描): levels told once, batches that aren't starved, two workers, killed half way."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock, Verdict
from longzhong.dispatch.matters.services import sweeping
from longzhong.kit.models import Fact
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.matters.make import M, start, swept, told


@pytest.mark.django_db
def test_the_ladder_climbs_station_county_city_and_the_owner_stays(county: County) -> None:
    clock = start(county, 10)
    assert swept(at("2026-03-02 14:00")).taken == 0  # a mark is passed only after its moment
    assert swept(at("2026-03-02 14:01")).warned == 1
    assert swept(at("2026-03-02 17:30")).warned == 1
    assert swept(at("2026-03-02 19:01")).late == 1
    assert swept(at("2026-03-02 19:02")).taken == 0
    assert swept(at("2026-03-03 00:01")).late == 1
    assert swept(at("2026-03-03 05:01")).late == 1
    assert swept(at("2026-05-01 00:00")).taken == 0
    units = list(Escalation.objects.filter(kind="late").order_by("level").values_list("unit_id", "staff_ids"))
    people = [[county.staff["head"]], [county.staff["boss"]], [county.staff["chief"]]]
    assert units == list(zip([county.station, county.county, county.city], people, strict=True))
    clock.refresh_from_db()
    assert (clock.owner_id, clock.verdict, clock.next_at) == (county.staff["zhang"], Verdict.LATE, None)
    assert [step.verb for step in selectors.steps(M)] == ["clock_late"] * 3 + ["clock_warned"] * 2


@pytest.mark.django_db
def test_after_a_stopped_server_all_levels_are_told_once_and_old_warnings_not(county: County) -> None:
    start(county, 10)
    done = swept(at("2026-03-20 00:00"))
    assert (done.warned, done.late) == (0, 3)
    assert told() == [("late", 1), ("late", 2), ("late", 3)]
    assert Fact.objects.filter(name="ClockLate").count() == 3


@pytest.mark.django_db
def test_of_several_warnings_passed_at_once_the_last_is_told(county: County) -> None:
    start(county, 10)
    assert swept(at("2026-03-02 18:00")).warned == 1
    assert told() == [("warn", 2)]
    assert swept(at("2026-03-02 18:01")).taken == 0


@pytest.mark.django_db
def test_unassigned_work_escalates_and_warns_the_station(county: County) -> None:
    new = NewClock(M, "accept", "接单", county.station, None, promise=Limit(1, Measure.HOURS))
    services.start_clocks(clocks=[new], by=SYSTEM, at=MORNING)
    assert swept(at("2026-03-02 09:31")).warned == 1
    assert Escalation.objects.get().staff_ids == [county.staff["head"]]
    assert swept(at("2026-03-02 10:01")).late == 1


@pytest.mark.django_db
def test_rows_that_cant_be_told_dont_starve_the_others(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        start(county, 10, matter=f"tests.thing:{number}", when=MORNING + timedelta(minutes=number))
    real = sweeping._note

    def fail(mark: sweeping._Told, *args: object) -> None:
        if mark.clock.matter < "tests.thing:4":
            raise RuntimeError("no unit")
        real(mark, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_note", fail)
    assert swept(at("2026-03-20 00:00"), limit=2).failed == 2
    assert swept(at("2026-03-20 00:01"), limit=2).failed == 2
    assert swept(at("2026-03-20 00:02"), limit=2).late == 6  # the last two have their turn although four fail for ever
    broken = Clock.objects.filter(failures__gt=0).order_by("id")
    assert [(row.failures, row.failure) for row in broken] == [(1, "RuntimeError")] * 4
    monkeypatch.setattr(sweeping, "_note", real)
    assert swept(at("2026-03-20 01:00")).late == 12
    assert not Clock.objects.filter(failures__gt=0).exists()


@pytest.mark.django_db
def test_a_sweep_killed_half_way_leaves_nothing_and_is_done_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(county, 10)
    start(county, 10, matter="tests.thing:2")
    real, calls = sweeping._note, []

    def killed(*args: object) -> None:
        calls.append(1)
        if len(calls) == 4:
            raise SystemExit("kill")
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_note", killed)
    with pytest.raises(SystemExit), transaction.atomic():
        swept(at("2026-03-20 00:00"))
    assert told() == []
    assert not Fact.objects.filter(name__in=("ClockWarned", "ClockLate")).exists()
    monkeypatch.setattr(sweeping, "_note", real)
    assert swept(at("2026-03-20 00:05")).late == 6
    assert swept(at("2026-03-20 00:06")).taken == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_sweep_and_tell_everything_once(county: County) -> None:
    for number in range(20):
        start(county, 10, matter=f"tests.thing:{number}")
    gate, results = threading.Barrier(2), []

    def work() -> None:
        try:
            gate.wait(10)
            while (done := services.sweep(by=SYSTEM, at=at("2026-03-20 00:00"), limit=3)).taken:
                results.append(done.late)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join(60) for worker in workers]
    assert sum(results) == 60
    assert Escalation.objects.count() == 60
    assert list(selectors.broken_links()) == []


@pytest.mark.django_db(transaction=True)
def test_a_sweep_waits_for_nobody(county: County) -> None:
    start(county, 10)
    start(county, 10, matter="tests.thing:2")
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                services.lock_matter(matter=M)
                held.set()
                go.wait(10)
        finally:
            connection.close()

    person = threading.Thread(target=hold)
    person.start()
    held.wait(10)
    assert swept(at("2026-03-20 00:00")).late == 3  # the other one; this one's owner is at work on it
    go.set()
    person.join(10)
    assert swept(at("2026-03-20 00:00")).late == 3
