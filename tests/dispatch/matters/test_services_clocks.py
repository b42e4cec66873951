"""Clocks in the database: snapshots, pauses, superseding, sweeping."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock, PauseReason, Verdict
from longzhong.dispatch.matters.services import sweeping
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.org import selectors as org
from longzhong.register.org.services import publish_year
from longzhong.register.policies.services import change_policy
from tests.dispatch.make import MORNING, SYSTEM, County, at

M = "tests.thing:1"


def start(county: County, hours: float = 10, matter: str = M, name: str = "reply", when: datetime = MORNING) -> Clock:
    new = NewClock(matter, name, "答复", county.station, county.staff["zhang"], promise=Limit(hours, Measure.HOURS))
    return services.start_clocks(clocks=[new], by=SYSTEM, at=when)[0]


def by_policy(county: County, key: str = "orders.area_fault.normal.finish") -> NewClock:
    return NewClock(M, "finish", "完成", county.station, None, policy_key=key)


def swept(when: str, limit: int = 100) -> services.Swept:
    return services.sweep(by=SYSTEM, at=at(when), limit=limit)


def wait(county: County, when: str) -> None:
    """Pause for the customer."""
    reason = PauseReason.AWAIT_CUSTOMER
    services.pause_clocks(matter=M, names=None, reason=reason, note="", by=county.zhang, at=at(when))


def told() -> list[tuple[str, int]]:
    return list(Escalation.objects.order_by("id").values_list("kind", "level"))


@pytest.mark.django_db
def test_a_clock_takes_the_policy_of_its_day_and_a_later_edition_never_touches_it(county: County) -> None:
    (clock,) = services.start_clocks(clocks=[by_policy(county)], by=SYSTEM, at=MORNING)
    assert (clock.value, clock.measure, clock.due_at) == (7, "wd", at("2026-03-12 00:00"))
    change_policy(
        key="orders.area_fault.normal.finish", value=2, unit_id=None, edition="", from_on=at("2026-03-03 00:00").date(),
        reason="压缩时限", by=SYSTEM, at=at("2026-03-02 10:00"),
    )  # fmt: skip
    services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-11 23:00"))
    clock.refresh_from_db()
    assert (clock.value, clock.verdict) == (7, Verdict.MET)
    (later,) = services.start_clocks(clocks=[by_policy(county)], by=SYSTEM, at=at("2026-03-12 09:00"))
    assert later.value == 2
    why = "\n".join(selectors.clock_cards(M, at("2026-03-12 10:00"))[0].why)
    assert "orders.area_fault.normal.finish" in why
    assert "2 个工作日" in why
    assert "待确认" not in why  # somebody decided it


@pytest.mark.django_db
def test_why_this_deadline_names_policy_days_and_pauses(county: County) -> None:
    services.start_clocks(clocks=[by_policy(county)], by=SYSTEM, at=at("2026-02-11 09:00"))
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_OUTAGE, note="等停电", by=county.head, at=at("2026-02-12 00:00")
    )
    services.resume_clocks(matter=M, names=None, note="", by=county.head, at=at("2026-02-13 00:00"))
    (card,) = selectors.clock_cards(M, at("2026-02-13 08:00"))
    why = "\n".join(card.why)
    assert "计入 8 个工作日：02-12 至 02-14、02-24 至 02-28，其中 02-14" in why
    assert "跳过：" in why
    assert "春节" in why
    assert "挂起：2026-02-11 24:00 至 2026-02-12 24:00，等待停电计划，1天不计时。" in why
    assert card.due == "2026-02-28 24:00"
    assert "待确认" in why


@pytest.mark.django_db
def test_one_live_clock_of_a_name(county: County) -> None:
    start(county)
    with pytest.raises(Refused, match="clock_running"):
        start(county)
    with pytest.raises(Refused, match="clock_without_limit"):
        services.start_clocks(clocks=[NewClock(M, "x", "x", county.station)], by=SYSTEM, at=MORNING)


@pytest.mark.django_db
def test_pausing_needs_somebody_who_may_approve_the_reason(county: County) -> None:
    start(county)
    with pytest.raises(Refused, match="not_allowed"):
        services.pause_clocks(
            matter=M, names=None, reason=PauseReason.AWAIT_MATERIAL, note="x", by=county.zhang, at=MORNING
        )
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_CUSTOMER, note="x", by=county.zhang, at=MORNING
    )
    with pytest.raises(Refused, match="no_clock_running"):
        services.pause_clocks(
            matter=M, names=None, reason=PauseReason.AWAIT_CUSTOMER, note="x", by=county.head, at=MORNING
        )
    assert swept("2027-01-01 00:00").taken == 0  # nothing is told of a clock that stands still
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-05 09:00"))
    assert Clock.objects.get().due_at == at("2026-03-05 19:00")
    with pytest.raises(Refused, match="no_clock_paused"):
        services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=MORNING)


@pytest.mark.django_db
def test_the_customers_note_lets_the_clock_run_again(county: County) -> None:
    start(county)
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_CUSTOMER, note="x", by=county.zhang, at=MORNING
    )
    assert len(services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 20:00"))) == 1
    assert Clock.objects.get().due_at == at("2026-03-03 06:00")
    assert services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 20:30")) == []


@pytest.mark.django_db
def test_superseding_keeps_start_pauses_verdict_and_levels(county: County) -> None:
    first = start(county)
    wait(county, "2026-03-02 10:00")
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-02 12:00"))
    assert swept("2026-03-02 22:00").late == 1  # 09:00 + 10 h + 2 h = 21:00
    new = NewClock(M, "reply", "答复", county.station, None, promise=Limit(30, Measure.HOURS))
    second = services.supersede_clock(new=new, reason="改为一般", by=county.head, at=at("2026-03-02 22:30"))
    first.refresh_from_db()
    assert (first.state, first.verdict) == ("superseded", Verdict.LATE)
    assert (second.started_at, second.due_at, second.lineage) == (MORNING, at("2026-03-03 17:00"), first.pk)
    swept("2026-03-03 18:00")
    assert [row for row in told() if row[0] == "late"] == [("late", 1)]  # reached once by the line, whoever edits
    swept("2026-03-04 09:00")
    assert [row for row in told() if row[0] == "late"] == [("late", 1), ("late", 2)]
    with pytest.raises(Refused, match="clock_unknown"):
        services.supersede_clock(new=NewClock(M, "none", "", county.station), reason="", by=SYSTEM, at=MORNING)


@pytest.mark.django_db
def test_an_open_pause_goes_along_when_the_promise_changes(county: County) -> None:
    start(county)
    wait(county, "2026-03-02 10:00")
    new = NewClock(M, "reply", "答复", county.station, None, promise=Limit(2, Measure.HOURS))
    second = services.supersede_clock(new=new, reason="", by=SYSTEM, at=at("2026-03-02 15:00"))
    assert (second.state, second.due_at) == ("paused", None)
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-03 10:00"))
    second.refresh_from_db()
    assert second.due_at == at("2026-03-03 11:00")


@pytest.mark.django_db
def test_the_ladder_climbs_station_county_city_and_the_owner_stays(county: County) -> None:
    clock = start(county)
    assert swept("2026-03-02 14:00").taken == 0  # a mark is passed only after its moment
    assert swept("2026-03-02 14:01").warned == 1
    assert swept("2026-03-02 17:30").warned == 1
    assert swept("2026-03-02 19:01").late == 1
    assert swept("2026-03-02 19:02").taken == 0
    assert swept("2026-03-03 00:01").late == 1
    assert swept("2026-03-03 05:01").late == 1
    assert swept("2026-05-01 00:00").taken == 0
    units = list(Escalation.objects.filter(kind="late").order_by("level").values_list("unit_id", "staff_ids"))
    people = [[county.staff["head"]], [county.staff["boss"]], [county.staff["chief"]]]
    assert units == list(zip([county.station, county.county, county.city], people, strict=True))
    clock.refresh_from_db()
    assert (clock.owner_id, clock.verdict, clock.next_at) == (county.staff["zhang"], Verdict.LATE, None)
    assert [step.verb for step in selectors.steps(M)] == ["clock_late"] * 3 + ["clock_warned"] * 2


@pytest.mark.django_db
def test_after_a_stopped_server_all_levels_are_told_once_and_old_warnings_not(county: County) -> None:
    start(county)
    done = swept("2026-03-20 00:00")
    assert (done.warned, done.late) == (0, 3)
    assert told() == [("late", 1), ("late", 2), ("late", 3)]
    assert Fact.objects.filter(name="ClockLate").count() == 3


@pytest.mark.django_db
def test_of_several_warnings_passed_at_once_the_last_is_told(county: County) -> None:
    start(county)
    assert swept("2026-03-02 18:00").warned == 1
    assert told() == [("warn", 2)]
    assert swept("2026-03-02 18:01").taken == 0


@pytest.mark.django_db
def test_unassigned_work_escalates_and_warns_the_station(county: County) -> None:
    new = NewClock(M, "accept", "接单", county.station, None, promise=Limit(1, Measure.HOURS))
    services.start_clocks(clocks=[new], by=SYSTEM, at=MORNING)
    assert swept("2026-03-02 09:31").warned == 1
    assert Escalation.objects.get().staff_ids == [county.staff["head"]]
    assert swept("2026-03-02 10:01").late == 1


@pytest.mark.django_db
def test_rows_that_cant_be_told_dont_starve_the_others(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        start(county, matter=f"tests.thing:{number}", when=MORNING + timedelta(minutes=number))
    real = sweeping._note

    def fail(mark: sweeping._Told, *args: object) -> None:
        if mark.clock.matter < "tests.thing:4":
            raise RuntimeError("no unit")
        real(mark, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_note", fail)
    assert swept("2026-03-20 00:00", limit=2).failed == 2
    assert swept("2026-03-20 00:01", limit=2).failed == 2
    assert swept("2026-03-20 00:02", limit=2).late == 6  # the last two have their turn although four fail for ever
    broken = Clock.objects.filter(failures__gt=0).order_by("id")
    assert [(row.failures, row.failure) for row in broken] == [(1, "RuntimeError")] * 4
    monkeypatch.setattr(sweeping, "_note", real)
    assert swept("2026-03-20 01:00").late == 12
    assert not Clock.objects.filter(failures__gt=0).exists()


@pytest.mark.django_db
def test_a_sweep_killed_half_way_leaves_nothing_and_is_done_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(county)
    start(county, matter="tests.thing:2")
    real, calls = sweeping._note, []

    def killed(*args: object) -> None:
        calls.append(1)
        if len(calls) == 4:
            raise SystemExit("kill")
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_note", killed)
    with pytest.raises(SystemExit), transaction.atomic():
        swept("2026-03-20 00:00")
    assert told() == []
    assert Fact.objects.count() == 0
    monkeypatch.setattr(sweeping, "_note", real)
    assert swept("2026-03-20 00:05").late == 6
    assert swept("2026-03-20 00:06").taken == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_sweep_and_tell_everything_once(county: County) -> None:
    for number in range(20):
        start(county, matter=f"tests.thing:{number}")
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
    start(county)
    start(county, matter="tests.thing:2")
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
    assert swept("2026-03-20 00:00").late == 3  # the other one; this one's owner is at work on it
    go.set()
    person.join(10)
    assert swept("2026-03-20 00:00").late == 3


@pytest.mark.django_db
def test_stopping_in_time_and_late(county: County) -> None:
    start(county)
    assert services.stop_clocks(matter=M, names=["reply"], by=SYSTEM, at=at("2026-03-02 19:00")) == {"reply": "met"}
    start(county)
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-02 19:01")) == {"reply": "late"}
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-02 19:02")) == {}
    assert swept("2026-03-20 00:00").taken == 0


@pytest.mark.django_db
def test_a_published_holiday_notice_moves_provisional_deadlines(county: County) -> None:
    year = org.calendar().known_until.year
    new = by_policy(county)
    (clock,) = services.start_clocks(clocks=[new], by=SYSTEM, at=at(f"{year}-12-29 09:00"))
    assert clock.provisional
    assert "推定" in selectors.clock_cards(M, at(f"{year}-12-30 09:00"))[0].why[-1]
    off = {date(year + 1, 1, day): "元旦" for day in (1, 2, 3, 4)}
    publish_year(year=year + 1, off=off, make_ups=(), source="国办发明电", by=SYSTEM, at=at(f"{year}-12-30 09:00"))
    assert services.settle_provisional(by=SYSTEM, at=at(f"{year}-12-30 10:00")) == 1
    clock.refresh_from_db()
    assert not clock.provisional


@pytest.mark.django_db
def test_the_bell_counts_late_soon_and_escalated(county: County) -> None:
    start(county)
    start(county, hours=100, matter="tests.thing:2")
    swept("2026-03-04 12:00")
    assert selectors.bell(county.zhang, at("2026-03-04 12:00")) == selectors.Bell(late=1, soon=1, escalated=0)
    assert selectors.bell(county.head, at("2026-03-04 12:00")).escalated == 1
    assert (
        selectors.bell(county.actor("other", "station", units=(county.other_station,)), at("2026-03-04 12:00")).total
        == 0
    )
