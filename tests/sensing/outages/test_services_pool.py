"""The pool while it lives: merging, promised ends, writing back, a network that changes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as clocks
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.kit.models import Fact
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow, FeederRow, SectionRow
from longzhong.sensing.outages import jobs, selectors, services
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import Kind, State
from tests.sensing.outages.make import MACHINE, NOW, Place, at, refused, texts

pytestmark = pytest.mark.django_db


TEN, NOON, SIX = at("03-02 10:00"), at("03-02 12:00"), at("03-02 18:00")


def merged(keeper: Outage, other: Outage, **more: object) -> Outage:
    step = {"outage_id": keeper.pk, "other_id": other.pk, "reason": "同一检修窗口", "by": MACHINE, "at": TEN}
    return services.absorb(**{**step, **more})  # type: ignore[arg-type]


def test_two_plans_of_a_line_become_one(place: Place) -> None:
    keeper = place.plan("03-10 08:00", "03-10 18:00", sections="S3", by=place.who("dept"))
    other = place.plan("03-12 08:00", "03-12 12:00", sections="S4")
    assert [one.id for one in selectors.absorbable(keeper)] == [other.pk]
    kept = merged(keeper, other, by=place.who("dept"))
    assert (kept.state, kept.areas, kept.accounts) == (State.ANNOUNCED, 2, 3)
    assert {one.name for one in selectors.devices_of_outage(keeper.pk)} == {"10kV隆中一线 3号杆", "10kV隆中一线 支线"}
    other.refresh_from_db()
    assert (other.state, other.merged_into_id, other.closed_at) == (State.MERGED, keeper.pk, TEN)
    assert selectors.standing(other.pk) == selectors.standing(keeper.pk), (
        "what was told under its label leads to the keeper"
    )
    assert selectors.known_at([place.net.areas["A2"]], at("03-09 09:00"))[place.net.areas["A2"]][0].id == keeper.pk
    assert f"接收 {other.number}" in texts(keeper)[0]
    assert f"并入 {keeper.number}" in texts(other)[0]
    assert "同一检修窗口" in texts(other)[0]
    verbs = [fact.body["verb"] for fact in Fact.objects.order_by("-id")[:2]]
    assert verbs == ["absorb", "merge"]


def test_plans_merge_only_while_the_new_customers_can_be_told(place: Place) -> None:
    keeper, other = (
        place.plan("03-04 08:00", sections="S3", ends="03-04 18:00"),
        place.plan("03-12 08:00", "03-12 12:00", areas="A2"),
    )
    refused("notice_too_short", lambda: merged(keeper, other))
    same = place.plan("03-05 08:00", "03-05 12:00", areas="A1")
    assert merged(keeper, same).areas == 1, "they know that day already"


def test_two_reports_of_one_fault_become_one(place: Place) -> None:
    wide = place.fault(feeders="F1", when=TEN)
    first = place.fault(areas="A1", when=NOW, apart=True, expected_end_at=NOON)
    services.restore(
        outage_id=wide.pk, area_ids=[place.net.areas["A2"], place.net.areas["A1"]], by=MACHINE, at=at("03-02 10:30")
    )
    kept = merged(wide, first, at=at("03-02 11:00"))
    assert (kept.state, kept.started_at, kept.expected_end_at) == (State.PARTLY, NOW, NOON)
    assert selectors.areas_of_outage(wide.pk, still_out=True) == tuple(sorted(place.areas("A1", "A3"))), (
        "one says: still off"
    )
    held = Scope.objects.filter(holds=True).values_list("kind", "outage_id")
    assert set(held) == {("feeder", wide.pk), ("area", wide.pk)}
    known = selectors.known_at([place.net.areas["A1"]], at("03-02 11:00"))[place.net.areas["A1"]]
    assert [card.id for card in known] == [wide.pk]


@pytest.mark.parametrize("case", ["itself", "kinds", "stages", "unconfirmed", "gone", "reason", "strange", "desk"])
def test_what_cant_be_merged(place: Place, case: str) -> None:
    plan, fault = place.plan("03-10 08:00", "03-10 18:00", areas="A1"), place.fault(areas="A2")
    said, other = place.fault(areas="A3", confirmed=False), place.plan("03-12 08:00", "03-12 18:00", areas="A1")
    soon = place.plan(
        "03-11 08:00", "03-11 18:00", areas="A1", kind=Kind.TEMPORARY, reason_code="urgent_defect", exemption=""
    )
    if case == "gone":
        services.cancel(outage_id=other.pk, reason="下雨", by=MACHINE, at=NOW)
    tries: dict[str, tuple[str, Callable[[], object]]] = {
        "itself": ("merge_unlike", lambda: merged(plan, plan)),
        "kinds": ("merge_unlike", lambda: merged(plan, soon)),
        "stages": ("merge_unlike", lambda: merged(plan, fault)),
        "unconfirmed": ("merge_unlike", lambda: merged(said, fault)),
        "gone": ("wrong_state", lambda: merged(plan, other)),
        "reason": ("reason_missing", lambda: merged(plan, other, reason=" ")),
        "strange": ("not_found", lambda: merged(plan, other, by=place.who("station", "420606"))),
        "desk": ("not_allowed", lambda: merged(plan, other, by=place.who("desk"))),
    }
    refused(*tries[case])


def delay_clocks(outage: Outage) -> list[tuple[str, str]]:
    rows = Clock.objects.filter(matter=selectors.label(outage.pk), name="delay_notice").order_by("id")
    return [(row.state, row.verdict) for row in rows]


def test_a_promised_end_that_passes_untold_is_an_alarm(place: Place) -> None:
    outage = place.fault(feeders="F1", expected_end_at=NOON)
    clock = Clock.objects.get(matter=selectors.label(outage.pk))
    assert (clock.name, clock.due_at, clock.unit_id) == ("delay_notice", NOON, outage.unit_id)
    clocks.sweep(by=MACHINE, at=NOON + timedelta(minutes=1))
    assert Escalation.objects.filter(clock=clock, kind="late").count() == 1
    assert Fact.objects.filter(name="ClockLate").count() == 1
    later = {"outage_id": outage.pk, "expected_end_at": at("03-02 14:00"), "reason": "缺备件"}
    services.change_expected(**later, by=MACHINE, at=at("03-02 12:05"))
    assert delay_clocks(outage) == [("stopped", "late"), ("running", "open")]
    services.restore(outage_id=outage.pk, by=MACHINE, at=at("03-02 13:50"))
    assert delay_clocks(outage) == [("stopped", "late"), ("stopped", "met")]


def test_a_delay_told_in_time_is_no_alarm_and_one_told_late_is_counted(place: Place) -> None:
    outage = place.fault(feeders="F1", expected_end_at=NOON)
    change = {"outage_id": outage.pk, "reason": "缺备件", "by": MACHINE}
    services.change_expected(**change, expected_end_at=at("03-02 13:00"), at=at("03-02 11:30"))
    assert delay_clocks(outage) == [("stopped", "met"), ("running", "open")]
    late = services.change_expected(**change, expected_end_at=at("03-02 14:00"), at=at("03-02 12:31"))
    assert (late.delays, late.late_notices) == (2, 1)
    assert "延迟公告晚于规定时间" in texts(late)[0]
    assert "延迟公告晚于规定时间" not in texts(late)[1]


def test_the_crew_is_asked_once_shortly_before_each_promised_end(place: Place) -> None:
    outage = place.fault(feeders="F1", expected_end_at=NOON)
    place.fault(areas="A3", apart=True)
    ask = {"outage_id": outage.pk, "by": MACHINE}
    assert selectors.ends_to_ask(at("03-02 11:29")) == []
    assert not services.ask_end(**ask, at=at("03-02 11:29"))
    assert selectors.ends_to_ask(at("03-02 11:30")) == [outage.pk]
    assert [services.ask_end(**ask, at=at("03-02 11:30")) for _ in range(2)] == [True, False]
    assert selectors.ends_to_ask(at("03-02 11:45")) == []
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["end_near", "report"]
    services.change_expected(outage_id=outage.pk, expected_end_at=SIX, reason="改期", by=MACHINE, at=at("03-02 11:50"))
    assert selectors.ends_to_ask(at("03-02 17:45")) == [outage.pk]
    services.restore(outage_id=outage.pk, by=MACHINE, at=at("03-02 17:46"))
    assert not services.ask_end(**ask, at=at("03-02 17:50"))


def test_reports_and_plans_have_no_promised_end_to_watch(place: Place) -> None:
    said = place.fault(areas="A1", confirmed=False, expected_end_at=NOON)
    plan = place.plan("03-02 08:00", "03-02 18:00", areas="A2")
    assert delay_clocks(said) == delay_clocks(plan) == []
    services.confirm(outage_id=said.pk, by=MACHINE, at=TEN)
    services.start(outage_id=plan.pk, by=MACHINE, at=TEN)
    assert delay_clocks(said) == delay_clocks(plan) == [("running", "open")]
    services.withdraw(outage_id=said.pk, reason="误报", by=MACHINE, at=TEN)
    assert delay_clocks(said) == [("stopped", "met")]


def test_meters_say_that_it_is_back_and_somebody_writes_it_down_in_time(place: Place) -> None:
    outage = place.fault(feeders="F1")
    seen = {"outage_id": outage.pk, "by": MACHINE}
    for minute in (0, 3):
        services.power_seen(**seen, at=TEN + timedelta(minutes=minute))
    clock = Clock.objects.get(name="write_back")
    assert clock.due_at == TEN + timedelta(minutes=10)
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["power_seen", "report"]
    services.restore(outage_id=outage.pk, restored_at=TEN, by=MACHINE, at=at("03-02 10:09"))
    clock.refresh_from_db()
    assert (clock.state, clock.verdict) == ("stopped", "met")
    assert "才回填" not in texts(outage)[0]
    refused("wrong_state", lambda: services.power_seen(**seen, at=NOON))


def test_people_dont_speak_for_meters_and_what_is_written_late_says_so(place: Place) -> None:
    outage = place.fault(feeders="F1")
    refused("not_allowed", lambda: services.power_seen(outage_id=outage.pk, by=place.who("crew"), at=TEN))
    services.restore(outage_id=outage.pk, restored_at=TEN, by=MACHINE, at=at("03-02 10:11"))
    assert "送电 11 分钟后才回填" in texts(outage)[0]


def test_a_live_outage_follows_the_network_and_tells_it_once(place: Place) -> None:
    plan = place.plan("03-10 08:00", "03-10 18:00", sections="S3")
    fault = place.fault(sections="S4")
    network.keep_areas(rows=[AreaRow("A9", "新台区", 200, section_code="S3", grid_code="G1")], by=MACHINE, at=TEN)
    network.keep_feeders(rows=[FeederRow("F2", "10kV檀溪线", "H1")], by=MACHINE, at=TEN)
    network.keep_sections(rows=[SectionRow("K1", "出线段", "F2")], by=MACHINE, at=TEN)
    network.keep_areas(rows=[AreaRow("A2", "隆中二台区", 200, section_code="K1")], by=MACHINE, at=TEN)
    assert selectors.live_with_devices() == [plan.pk, fault.pk]
    done = [services.recheck_impact(outage_id=one.pk, by=MACHINE, at=NOON) for one in (plan, fault) for _ in range(2)]
    assert done == [True, False, True, False]
    plan.refresh_from_db()
    fault.refresh_from_db()
    assert (plan.areas, plan.accounts) == (2, 2)
    assert "新增 1 个台区，移出 0 个台区" in texts(plan)[0]
    row = Affected.objects.get(outage=fault)
    assert (row.restored_at, fault.state) == (NOON, State.RUNNING), "supplied from elsewhere; a person ends the outage"
    assert services.restore(outage_id=fault.pk, by=MACHINE, at=NOON).state == State.RESTORED
    assert not services.recheck_impact(outage_id=fault.pk, by=MACHINE, at=SIX)


def test_new_customers_and_another_station_are_noticed_and_a_plan_loses_areas(place: Place) -> None:
    plan = place.plan("03-10 08:00", "03-10 18:00", sections="S3 S4")
    row = AccountRow(code="4200000000009", name="诸葛均", area_code="A1", town="檀溪街道", priority="sensitive")
    customers.keep_accounts(rows=[row], by=MACHINE, at=TEN)
    network.assign_area_grid(
        area_id=place.net.areas["A1"], grid_id=place.net.city.grids["G2"], from_on=date(2026, 3, 2), by=MACHINE, at=TEN
    )
    network.keep_areas(rows=[AreaRow("A2", "隆中二台区", 200, section_code="S1")], by=MACHINE, at=TEN)
    jobs.recheck_impacts()
    plan.refresh_from_db()
    assert (plan.areas, plan.accounts, plan.households, plan.sensitive) == (1, 3, 3, 1)
    assert Affected.objects.get(outage=plan).unit_id == place.unit("42060202")
    assert "原 3 户；新增 0 个台区，移出 1 个台区" in texts(plan)[0]


def test_the_jobs_do_it_by_themselves(place: Place) -> None:
    outage = place.fault(areas="A1", when=at("03-02 08:00"), expected_end_at=at("03-02 09:20"))
    for _ in range(2):
        jobs.ask_ends()
        jobs.recheck_impacts()
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["end_near", "report"]
